#include "hub/web/web.h"

#include "hub/web/password.h"
#include "hub/web/sealed.h"
#include "hub/web/totp.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;
using namespace std::chrono_literals;

namespace {

bool shows(const HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

Person with_password(Pages& pages, const std::string& name, const std::string& password, Role role = Role::administrator) {
  auto person = pages.add_person(name, "yamada", role);
  person.password = hash_password(password);
  pages.write([&](Store& s) { return s.put_person(person); });
  return person;
}

HttpReply try_password(Browser& browser, const std::string& mail, const std::string& password, const std::string& to = "") {
  browser.get("/sign-in");
  return browser.post("/sign-in", {{"mail", mail}, {"password", password}, {"to", to}});
}

std::string key_of(const std::string& link) { return link.substr(link.find("key=") + 4); }

}  // namespace

TEST_CASE("the first person sets the hub up by a link, once, and is signed in") {
  Pages pages;
  std::string link;
  pages.write([&](Store& s) -> platform::Status {
    link = *make_set_up_link(s, pages.office.pepper, "", at(0));
    return platform::Done{};
  });
  Browser browser{pages};
  browser.get("/sign-in");
  CHECK(browser.get("/set-up?key=" + std::string(32, 'A')).status == 404);
  const auto page = browser.get(link);
  REQUIRE(page.status == 200);
  std::map<std::string, std::string> fields{{"key", key_of(link)}, {"name", "田中"}, {"mail", "Tanaka@Example.JP"}, {"password", "short"}};
  const auto refused = browser.post("/set-up", fields);
  CHECK(refused.status == 422);
  CHECK(shows(refused, "パスワードが短すぎます"));
  CHECK(shows(refused, "value=\"田中\""));  // nothing has to be typed again
  CHECK_FALSE(shows(refused, "short"));
  CHECK_FALSE(*pages.store->has_people());
  fields["password"] = "柿の木の下で会いましょう";
  const auto done = browser.post("/set-up", fields);
  REQUIRE(done.status == 303);
  for (const char* attribute : {"__Host-gokajo=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"})
    CHECK(done.headers.at("set-cookie").find(attribute) != std::string::npos);
  CHECK(browser.get("/c/yamada").status == 200);
  const auto person = pages.store->person_by_mail("tanaka@example.jp");
  REQUIRE(person);
  CHECK(person->runs_hub);
  CHECK(pages.store->memberships_of(person->id)->front().role == Role::administrator);
  // The link is used up, and no other makes a second first person.
  Browser thief{pages};
  CHECK(thief.get(link).status == 404);
  fields["mail"] = "thief@example.jp";
  thief.get("/sign-in");
  CHECK(thief.post("/set-up", fields).status == 404);
}

TEST_CASE("an empty hub gets its first company with its first person") {
  const Pepper pepper(std::string(Pepper::kBytes, 'p'));
  // A hub without any company: its own store.
  const Place place;
  auto store = place.store();
  Web web(WebParts{*store, pepper, nullptr, "https://hub.example.jp:8443", {}, {}});
  std::string link;
  REQUIRE(store->begin());
  link = *make_set_up_link(*store, pepper, "", at(0));
  REQUIRE(store->commit());
  const auto ask = web.handle({"GET", link, {}, "", "192.0.2.9"}, at(1));
  REQUIRE(ask.status == 200);
  CHECK(shows(ask, "company_name"));
  const auto cookie = ask.headers.at("set-cookie");
  HttpRequest request{"POST", "/set-up", {{"cookie", cookie.substr(0, cookie.find(';'))}}, "", "192.0.2.9"};
  request.body =
      "token=" + hidden(ask.body, "token") + "&key=" + key_of(link) +
      "&name=Tanaka&mail=tanaka%40example.jp&password=kaki+no+ki+no+shita&company_name=%E4%BD%90%E8%97%A4%E5%B7%A5%E5%8B%99%E5%BA%97";
  CHECK(web.handle(request, at(2)).status == 303);
  REQUIRE(store->companies()->size() == 1);
  CHECK(store->companies()->front().name == "佐藤工務店");
}

TEST_CASE("a password signs in, and leads to the page that was asked for, never to another host") {
  Pages pages;
  with_password(pages, "tanaka", "kaki no ki no shita");
  Browser browser{pages};
  const auto asked = browser.get("/c/yamada/people");
  CHECK(asked.status == 401);
  CHECK(hidden(asked.body, "to") == "/c/yamada/people");
  CHECK(try_password(browser, "tanaka@example.jp", "kaki no ki no shito").status == 401);
  CHECK(browser.get("/me").status == 401);
  const auto done = try_password(browser, " TANAKA@example.jp ", "kaki no ki no shita", "/c/yamada/people");
  REQUIRE(done.status == 303);
  CHECK(done.headers.at("location") == "/c/yamada/people");
  CHECK(browser.get("/c/yamada/people").status == 200);
  for (const char* away : {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/a b"}) {
    Browser other{pages};
    CHECK(try_password(other, "tanaka@example.jp", "kaki no ki no shita", away).headers.at("location") == "/");
  }
}

TEST_CASE("a password is compared as it was typed, blanks and capitals included, for as long as its person keeps it") {
  Pages pages;
  with_password(pages, "tanaka", " kaki no ki no shita ");
  Browser browser{pages};
  CHECK(try_password(browser, "tanaka@example.jp", "kaki no ki no shita").status == 401);
  CHECK(try_password(browser, "tanaka@example.jp", " Kaki no ki no shita ").status == 401);
  CHECK(try_password(browser, "tanaka@example.jp", " kaki no ki no shita ").status == 303);
  browser.now = at(3LL * 365 * 86400);
  CHECK(browser.get("/me").status == 401);
  CHECK(try_password(browser, "tanaka@example.jp", " kaki no ki no shita ").status == 303);
}

TEST_CASE("a wrong password and an unknown address are answered alike, and soon not at all") {
  Pages pages;
  with_password(pages, "tanaka", "kaki no ki no shita");
  pages.add_person("sato", "yamada", Role::viewer);  // has none
  Browser browser{pages};
  std::string wrong;
  for (const char* mail : {"tanaka@example.jp", "nobody@example.jp", "sato@example.jp"}) {
    Browser one{pages};
    one.address = "192.0.2.77";
    auto reply = try_password(one, mail, "what nobody knows");
    CHECK(reply.status == 401);
    for (std::size_t found = 0; (found = reply.body.find(mail)) != std::string::npos;)
      reply.body.replace(found, std::string(mail).size(), "MAIL");
    const auto token = hidden(reply.body, "token");
    for (std::size_t found = 0; (found = reply.body.find(token)) != std::string::npos;) reply.body.replace(found, token.size(), "TOKEN");
    if (wrong.empty()) wrong = reply.body;
    CHECK(reply.body == wrong);
  }
  // Of one address of mail: five tries from one place. That keeps nobody else out.
  for (int i = 0; i < 5; ++i) CHECK(try_password(browser, "tanaka@example.jp", "wrong wrong wrong").status == 401);
  CHECK(try_password(browser, "tanaka@example.jp", "kaki no ki no shita").status == 429);
  Browser elsewhere{pages};
  elsewhere.address = "198.51.100.200";
  CHECK(try_password(elsewhere, "tanaka@example.jp", "kaki no ki no shita").status == 303);
  browser.now = at(61);
  CHECK(try_password(browser, "tanaka@example.jp", "kaki no ki no shita").status == 303);
  // Thirty from everywhere.
  for (int i = 0; i < 30; ++i) {
    Browser one{pages};
    one.address = "198.51.100." + std::to_string(i);
    one.now = at(61);
    (void)try_password(one, "tanaka@example.jp", "wrong wrong wrong");
  }
  Browser late{pages};
  late.address = "198.51.100.201";
  late.now = at(61);
  CHECK(try_password(late, "tanaka@example.jp", "kaki no ki no shita").status == 429);
  late.now = at(600);
  CHECK(try_password(late, "tanaka@example.jp", "kaki no ki no shita").status == 303);
  // Of one PC: ten, whatever the address of mail.
  Browser guesser{pages};
  guesser.address = "203.0.113.5";
  guesser.now = at(600);
  for (int i = 0; i < 10; ++i) CHECK(try_password(guesser, "a" + std::to_string(i) + "@example.jp", "wrong").status == 401);
  CHECK(try_password(guesser, "a99@example.jp", "wrong").status == 429);
}

TEST_CASE("a link comes by mail to who is known, and signs in once, after a press of its button") {
  Pages pages;
  pages.add_person("sato", "yamada", Role::owner);
  Browser browser{pages};
  browser.get("/sign-in");
  const auto known = browser.post("/sign-in/mail", {{"mail", "Sato@example.jp"}});
  const auto unknown = browser.post("/sign-in/mail", {{"mail", "nobody@example.jp"}});
  CHECK(known.status == 200);
  CHECK(known.body == unknown.body);
  REQUIRE(pages.letters.size() == 1);
  CHECK(pages.letters.front().to.mail == "sato@example.jp");
  const auto& link = pages.letters.front().link;
  REQUIRE(link.starts_with("https://hub.example.jp:8443/enter?key="));
  const auto path = link.substr(std::string("https://hub.example.jp:8443").size());
  // A program that looks at mails opens it as often as it likes.
  for (int i = 0; i < 3; ++i) CHECK(Browser{pages}.get(path).status == 200);
  const auto page = browser.get(path);
  REQUIRE(browser.post("/enter", {{"key", hidden(page.body, "key")}}).status == 303);
  CHECK(browser.get("/c/yamada").status == 200);
  CHECK(browser.get(path).status == 404);
  // Not after a quarter of an hour, and not again and again.
  Browser late{pages};
  late.address = "192.0.2.10";
  late.get("/sign-in");
  late.now = at(300);
  late.post("/sign-in/mail", {{"mail", "sato@example.jp"}});
  REQUIRE(pages.letters.size() == 2);
  late.now = at(300 + 15 * 60);
  CHECK(late.get("/enter?key=" + key_of(pages.letters.back().link)).status == 404);
  for (int i = 0; i < 3; ++i) late.post("/sign-in/mail", {{"mail", "sato@example.jp"}});
  CHECK(late.post("/sign-in/mail", {{"mail", "sato@example.jp"}}).status == 429);
}

TEST_CASE("the second step is asked for behind a password and behind a link, and each code is good once") {
  Pages pages;
  with_password(pages, "tanaka", "kaki no ki no shita");
  Browser browser{pages};
  try_password(browser, "tanaka@example.jp", "kaki no ki no shita");
  const auto begin = browser.get("/me/totp");
  const auto sealed = hidden(begin.body, "sealed");
  const auto opened = unseal_text(pages.office.pepper, "new totp", sealed);
  REQUIRE(opened);
  const auto secret = opened->substr(std::string("tanaka\n").size());
  CHECK(shows(begin, base32(secret)));
  const auto code_at = [&](platform::Time time) { return totp_at({secret}, totp_step(time)); };
  CHECK(browser.post("/me/totp", {{"sealed", sealed}, {"code", code_at(browser.now)}, {"password", "wrong"}}).status == 422);
  CHECK(browser.post("/me/totp", {{"sealed", sealed}, {"code", "000000"}, {"password", "kaki no ki no shita"}}).status == 422);
  REQUIRE(browser.post("/me/totp", {{"sealed", sealed}, {"code", code_at(browser.now)}, {"password", "kaki no ki no shita"}}).status ==
          303);
  CHECK(pages.store->person("tanaka")->totp.find(secret) == std::string::npos);

  Browser other{pages};
  other.address = "192.0.2.20";
  other.now = at(60);
  const auto half = try_password(other, "tanaka@example.jp", "kaki no ki no shita", "/c/yamada/people");
  REQUIRE(half.status == 200);
  CHECK(other.get("/me").status == 401);
  const auto carried = hidden(half.body, "half");
  CHECK(other.post("/sign-in/code", {{"half", carried}, {"code", code_at(at(0))}}).status == 401);  // long over
  const auto in = other.post("/sign-in/code", {{"half", carried}, {"code", code_at(at(60))}});
  REQUIRE(in.status == 303);
  CHECK(in.headers.at("location") == "/c/yamada/people");
  CHECK(other.get("/me").status == 200);
  Browser replay{pages};
  replay.now = at(61);
  replay.get("/sign-in");
  CHECK(replay.post("/sign-in/code", {{"half", carried}, {"code", code_at(at(60))}}).status == 401);
  // Five minutes, and nothing made up.
  replay.now = at(60 + 301);
  CHECK(replay.post("/sign-in/code", {{"half", carried}, {"code", code_at(replay.now)}}).headers.at("location") == "/sign-in");
  for (const auto& forged : {std::string{}, std::string("AAAA"), carried.substr(1), sealed})
    CHECK(replay.post("/sign-in/code", {{"half", forged}, {"code", code_at(replay.now)}}).headers.at("location") == "/sign-in");
  // A link in a mail does not go around it.
  const auto person = *pages.store->person("tanaka");
  std::string link;
  pages.write([&](Store& s) -> platform::Status {
    link = *make_sign_in_link(s, pages.office.pepper, "", person, replay.now + 60s);
    return platform::Done{};
  });
  replay.get(link);
  const auto asked = replay.post("/enter", {{"key", key_of(link)}});
  CHECK(asked.status == 200);
  CHECK_FALSE(hidden(asked.body, "half").empty());
}

TEST_CASE("a sign-in ends when it is not used, when it is old, and when its person says so") {
  Pages pages;
  const auto person = pages.add_person("tanaka", "yamada", Role::viewer);
  Browser browser{pages};
  browser.sign_in(person);
  for (int hour = 1; hour < 12; ++hour) {
    browser.now = at(hour * 3600);
    CHECK(browser.get("/c/yamada").status == 200);
  }
  browser.now = at(12 * 3600);
  CHECK(browser.get("/c/yamada").status == 401);
  browser.sign_in(person);
  browser.now = at(14 * 3600);
  CHECK(browser.get("/c/yamada").status == 401);
  browser.sign_in(person);
  const auto cookies = browser.cookies;
  REQUIRE(browser.post("/sign-out", {}).status == 303);
  browser.cookies = cookies;  // kept by somebody
  CHECK(browser.get("/c/yamada").status == 401);
  // Others by a button.
  Browser one{pages}, two{pages};
  one.sign_in(person);
  two.sign_in(person);
  CHECK(one.post("/me/sign-ins/end", {{"which", "others"}}).status == 303);
  CHECK(one.get("/me").status == 200);
  CHECK(two.get("/me").status == 401);
}

TEST_CASE("one sign-in of several is ended by who shows again who they are, and nobody else's") {
  Pages pages;
  const auto tanaka = with_password(pages, "tanaka", "kaki no ki no shita");
  const auto sato = pages.add_person("sato", "yamada", Role::viewer);
  Browser one{pages}, two{pages}, three{pages}, other{pages};
  for (auto* browser : {&one, &two, &three}) browser->sign_in(tanaka);
  other.sign_in(sato);
  // The buttons of a page, in its order; its own sign-in has none.
  const auto buttons = [](const std::string& page) {
    std::vector<std::string> keys;
    const std::string start = "name=\"which\" value=\"";
    for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at + 1)) {
      const auto from = at + start.size();
      keys.push_back(page.substr(from, page.find('"', from) - from));
    }
    std::erase(keys, "others");
    return keys;
  };
  const auto of_one = buttons(one.get("/me").body), of_two = buttons(two.get("/me").body);
  REQUIRE(of_one.size() == 2);
  REQUIRE(of_two.size() == 2);
  for (const auto& key : of_one) CHECK_FALSE(pages.store->sign_in(key));  // not what it is kept by
  // The one that both see is the third.
  const auto third = std::find(of_two.begin(), of_two.end(), of_one[0]) != of_two.end() ? of_one[0] : of_one[1];
  const auto end = [&](Browser& browser, const std::string& which, const std::string& password) {
    browser.get("/me");
    return browser.post("/me/sign-ins/end", {{"which", which}, {"password", password}}).status;
  };
  CHECK(end(one, third, "") == 422);
  CHECK(end(one, third, "ame ni mo makezu") == 422);
  CHECK(three.get("/me").status == 200);
  CHECK(end(other, third, "") == 303);  // fresh, but not theirs
  CHECK(three.get("/me").status == 200);
  CHECK(end(one, third, "kaki no ki no shita") == 303);
  CHECK(three.get("/me").status == 401);
  CHECK(two.get("/me").status == 200);
  CHECK(one.get("/me").status == 200);
  CHECK(other.get("/me").status == 200);
  CHECK(end(one, "others", "") == 422);
  CHECK(end(one, "others", "kaki no ki no shita") == 303);
  CHECK(two.get("/me").status == 401);
  // Who has no password shows it by a link that was opened just now.
  Browser late{pages};
  late.sign_in(sato);
  other.now = late.now = at(16 * 60);
  CHECK(end(other, "others", "") == 422);
  CHECK(late.get("/me").status == 200);
}

TEST_CASE("signing out empties what the browser kept, and a page that stays open leaves when its sign-in has ended") {
  Pages pages;
  Browser browser{pages};
  browser.sign_in(pages.add_person("tanaka", "yamada", Role::administrator));
  browser.now = at(3600);
  for (const char* path : {"/me", "/c/yamada", "/c/yamada/devices", "/c/yamada/record"})
    CHECK(browser.get(path).headers.at("refresh") == std::to_string(11 * 3600 + 1) + "; url=/sign-in");
  CHECK_FALSE(browser.get("/c/yamada/export/results.csv").headers.contains("refresh"));
  Browser stranger{pages};
  CHECK_FALSE(stranger.get("/sign-in").headers.contains("refresh"));  // nothing to leave
  browser.get("/me");
  const auto out = browser.post("/sign-out", {});
  CHECK(out.headers.at("clear-site-data") == "\"cache\", \"storage\"");
}

TEST_CASE("a password kept at another cost is kept as now once its person signs in with it") {
  Pages pages;
  auto person = pages.add_person("tanaka", "yamada", Role::administrator);
  // "kaki no ki no shita" by libsodium's crypto_pwhash_str() with one pass over 8 MiB.
  const std::string old = "$argon2id$v=19$m=8192,t=1,p=1$MXGbP3bvUWz/Bh+sUUBUCw$2b9mMXCT/OK6uy4hDJ2j4M1WVU58eOKcd7YIZXz6cDc";
  person.password = old;
  pages.write([&](Store& s) { return s.put_person(person); });
  Browser browser{pages};
  CHECK(try_password(browser, "tanaka@example.jp", "ame ni mo makezu").status == 401);
  CHECK(pages.store->person("tanaka")->password == old);
  CHECK(try_password(browser, "tanaka@example.jp", "kaki no ki no shita").status == 303);
  const auto kept = pages.store->person("tanaka")->password;
  CHECK(kept.starts_with("$argon2id$v=19$m=65536,t=2,"));
  CHECK(is_password(kept, "kaki no ki no shita"));
  CHECK_FALSE(needs_new_hash(kept));
}

TEST_CASE("a new password puts everybody else out, and needs the old one or a fresh link") {
  Pages pages;
  const auto tanaka = with_password(pages, "tanaka", "kaki no ki no shita");
  const auto sato = pages.add_person("sato", "yamada", Role::viewer);
  Browser mine{pages}, thief{pages};
  mine.sign_in(tanaka);
  thief.sign_in(tanaka);
  CHECK(thief.post("/me/password", {{"password", "wrong"}, {"new_password", "my own words now"}}).status == 422);
  CHECK(mine.post("/me/password", {{"password", "kaki no ki no shita"}, {"new_password", "tanaka2026"}}).status == 422);
  REQUIRE(mine.post("/me/password", {{"password", "kaki no ki no shita"}, {"new_password", "ume no hana no shita"}}).status == 303);
  CHECK(mine.get("/me").status == 200);
  CHECK(thief.get("/me").status == 401);
  Browser first{pages};
  first.sign_in(sato);
  first.now = at(16 * 60);
  CHECK(first.post("/me/password", {{"new_password", "sakura no ki no shita"}}).status == 422);
  first.sign_in(sato);
  CHECK(first.post("/me/password", {{"new_password", "sakura no ki no shita"}}).status == 303);
}

TEST_CASE("people are invited, get another role, and leave; what was done is recorded") {
  Pages pages;
  const auto tanaka = pages.add_person("tanaka", "yamada", Role::administrator);
  Browser manager{pages};
  manager.sign_in(tanaka);
  CHECK(manager.post("/c/yamada/people/remove", {{"person", "tanaka"}}).status == 422);  // nobody would be left
  CHECK(manager.post("/c/yamada/people/role", {{"person", "tanaka"}, {"role", "viewer"}}).status == 422);
  CHECK(manager.post("/c/yamada/people/invite", {{"name", "鈴木"}, {"mail", "no address"}, {"role", "viewer"}}).status == 422);
  CHECK(manager.post("/c/yamada/people/invite", {{"name", "鈴木"}, {"mail", "suzuki@example.jp"}, {"role", "king"}}).status == 422);
  REQUIRE(manager.post("/c/yamada/people/invite", {{"name", "鈴木"}, {"mail", "Suzuki@example.jp"}, {"role", "viewer"}}).status == 303);
  CHECK(manager.post("/c/yamada/people/invite", {{"name", "鈴木"}, {"mail", "suzuki@example.jp"}, {"role", "viewer"}}).status == 422);
  REQUIRE(pages.letters.size() == 1);
  CHECK(pages.letters.front().invited);
  CHECK(pages.letters.front().company == "yamada 工務店");
  Browser guest{pages};
  guest.now = at(71 * 3600);
  const auto link = "/enter?key=" + key_of(pages.letters.front().link);
  guest.get(link);
  REQUIRE(guest.post("/enter", {{"key", key_of(link)}}).status == 303);
  guest.get("/me");
  CHECK(guest.get("/c/yamada").status == 200);
  CHECK(guest.get("/c/yamada/people").status == 404);
  manager.now = guest.now;
  manager.sign_in(tanaka);
  const auto id = pages.store->person_by_mail("suzuki@example.jp")->id;
  REQUIRE(manager.post("/c/yamada/people/role", {{"person", id}, {"role", "owner"}}).status == 303);
  CHECK(guest.get("/c/yamada/people").status == 200);
  // One press asks, and takes nobody out.
  const auto asks = manager.post("/c/yamada/people/remove", {{"person", id}});
  REQUIRE(asks.status == 200);
  CHECK(shows(asks, "この人を外しますか"));
  CHECK(shows(asks, "suzuki@example.jp"));
  CHECK(hidden(asks.body, "person") == id);
  CHECK_FALSE(shows(asks, "これはあなた自身です"));
  CHECK(guest.get("/c/yamada/people").status == 200);
  REQUIRE(manager.post("/c/yamada/people/remove", {{"person", id}, {"sure", "yes"}}).status == 303);
  CHECK(guest.get("/c/yamada").status == 401);
  CHECK(pages.store->person(id).error().kind == platform::ErrorKind::not_found);
  const auto record = manager.get("/c/yamada/record");
  for (const char* deed : {"人を加えた", "役割を変えた", "人を外した", "鈴木", "閲覧者", "経営者"}) CHECK(shows(record, deed));
}

TEST_CASE("whoever leaves one company keeps the others, but signs in anew") {
  Pages pages;
  pages.office.add_company("sato");
  const auto tanaka = pages.add_person("tanaka", "yamada", Role::administrator);
  const auto adviser = pages.add_person("adviser", "yamada", Role::adviser);
  pages.write([&](Store& s) { return s.put_membership({"sato", "adviser", Role::adviser, at(0)}); });
  Browser theirs{pages}, manager{pages};
  theirs.sign_in(adviser);
  CHECK(shows(theirs.get("/"), "/c/sato"));
  manager.sign_in(tanaka);
  REQUIRE(manager.post("/c/yamada/people/remove", {{"person", "adviser"}, {"sure", "yes"}}).status == 303);
  CHECK(theirs.get("/c/sato").status == 401);
  theirs.sign_in(adviser);
  CHECK(theirs.get("/c/yamada").status == 404);
  CHECK(theirs.get("/c/sato").status == 200);
}

TEST_CASE("what people wrote is shown as text, whatever it is, and no page runs or loads anything") {
  Pages pages;
  const auto tanaka = pages.add_person("tanaka", "yamada", Role::administrator, true);
  Browser browser{pages};
  browser.sign_in(tanaka);
  for (const std::string hostile :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{{token}}}{{#t}}frame.menu{{/t}}", "'; DROP TABLE persons; --",
        "\xE2\x80\xAE"
        "evil",
        "</title><svg/onload=alert(1)>", "&lt;b&gt;"}) {
    REQUIRE(browser.post("/me/name", {{"name", hostile}}).status == 303);
    REQUIRE(browser.post("/companies/new", {{"company_name", hostile}}).status == 303);
    for (const char* path : {"/", "/me", "/c/yamada/people", "/c/yamada/record", "/me/totp"}) {
      const auto page = browser.get(path);
      REQUIRE(page.status == 200);
      CHECK(page.body.find("<script") == std::string::npos);
      CHECK(page.body.find("<img src=x") == std::string::npos);
      CHECK(page.body.find("<svg/") == std::string::npos);
      CHECK(page.body.find("\xE2\x80\xAE") == std::string::npos);
      CHECK(page.headers.at("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    }
    CHECK(shows(browser.get("/me"), hostile == "&lt;b&gt;" ? "&amp;lt;b&amp;gt;" : ""));
  }
  CHECK(shows(browser.get("/c/yamada/people"), "&amp;lt;b&amp;gt;"));
}

TEST_CASE("without a way to send mail the invitation is handed over by hand") {
  Pages pages;
  pages.web.call_hub("https://hub.example.jp:8443", {});
  Browser manager{pages};
  manager.sign_in(pages.add_person("tanaka", "yamada", Role::administrator, true));
  const auto page = manager.post("/c/yamada/people/invite", {{"name", "鈴木"}, {"mail", "suzuki@example.jp"}, {"role", "viewer"}});
  CHECK(page.status == 200);
  CHECK(shows(page, "https://hub.example.jp:8443/enter?key="));
  CHECK(pages.store->members("yamada")->size() == 2);
}

TEST_CASE("pages speak the language their person chose, else that of the browser") {
  Pages pages;
  Browser browser{pages};
  browser.language = "en-US,en;q=0.9";
  CHECK(shows(browser.get("/sign-in"), "<html lang=\"en\">"));
  browser.sign_in(pages.add_person("tanaka", "yamada", Role::viewer));
  CHECK(shows(browser.get("/me"), "Your settings"));
  REQUIRE(browser.post("/me/name", {{"name", "Tanaka"}, {"language", "ja"}}).status == 303);
  CHECK(shows(browser.get("/me"), "あなたの設定"));
}

}  // namespace gokajo::tests
