// What docs/asvs.md asks of the pages and no other test shows.
#include <algorithm>
#include <stdexcept>

#include "hub/web/layout.h"
#include "hub/web/password.h"
#include "hub/web/route.h"
#include "hub/web/sealed.h"
#include "hub/web/totp.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;
using namespace std::chrono_literals;

namespace {

constexpr const char* kPassword = "kaki no ki no shita";

struct Scene {
  Pages pages;
  std::vector<std::string> log;
  Browser browser{pages};

  Scene() {
    pages.web.note_to([this](const std::string& line) { log.push_back(line); });
  }
  Person tanaka() {
    auto person = pages.add_person("tanaka", "yamada", Role::administrator);
    person.password = hash_password(kPassword);
    pages.write([&](Store& s) { return s.put_person(person); });
    return person;
  }
  HttpReply sign_in(Browser& one, const std::string& password = kPassword, const std::string& mail = "tanaka@example.jp") {
    one.get("/sign-in");
    return one.post("/sign-in", {{"mail", mail}, {"password", password}});
  }
  bool logged(const std::string& part) const {
    return std::any_of(log.begin(), log.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; });
  }
};

// Turns the second step on; its secret.
std::string with_second_step(Scene& scene, Browser& browser) {
  const auto sealed = hidden(browser.get("/me/totp").body, "sealed");
  const auto secret = unseal_text(scene.pages.office.pepper, "new totp", sealed)->substr(std::string("tanaka\n").size());
  REQUIRE(
      browser.post("/me/totp", {{"sealed", sealed}, {"code", totp_at({secret}, totp_step(browser.now))}, {"password", kPassword}}).status ==
      303);
  browser.get("/me");
  return secret;
}

bool opens(Pages& pages, const std::map<std::string, std::string>& cookies) {
  Browser one{pages};
  one.cookies = cookies;
  return one.get("/me").status == 200;
}

}  // namespace

TEST_CASE("each sign-in has a cookie of its own making, and ends the one this browser had") {
  Scene scene;
  scene.tanaka();
  Browser& browser = scene.browser;
  // A cookie that somebody laid into the browser before becomes nobody's sign-in.
  browser.cookies["__Host-gokajo"] = std::string(32, 'A');
  REQUIRE(scene.sign_in(browser).status == 303);
  CHECK(browser.cookies["__Host-gokajo"] != std::string(32, 'A'));
  CHECK_FALSE(opens(scene.pages, {{"__Host-gokajo", std::string(32, 'A')}}));
  const auto before = browser.cookies;
  browser.get("/me");
  REQUIRE(browser.post("/sign-in", {{"mail", "tanaka@example.jp"}, {"password", kPassword}}).status == 303);
  CHECK(browser.cookies["__Host-gokajo"] != before.at("__Host-gokajo"));
  CHECK_FALSE(opens(scene.pages, before));
  CHECK(opens(scene.pages, browser.cookies));
}

TEST_CASE("who shows again who they are gets another cookie; the one before, and everybody else's, open nothing") {
  Scene scene;
  const auto tanaka = scene.tanaka();
  Browser& browser = scene.browser;
  REQUIRE(scene.sign_in(browser).status == 303);
  browser.get("/me");
  const auto changes = [&](const std::function<void()>& change) {
    Browser other{scene.pages};
    other.now = browser.now;
    other.sign_in(tanaka);
    const auto before = browser.cookies;
    browser.get("/me");
    change();
    CHECK(browser.cookies["__Host-gokajo"] != before.at("__Host-gokajo"));
    CHECK_FALSE(opens(scene.pages, before));
    CHECK_FALSE(opens(scene.pages, other.cookies));
    CHECK(opens(scene.pages, browser.cookies));
  };
  changes(
      [&] { REQUIRE(browser.post("/me/password", {{"password", kPassword}, {"new_password", "ume no hana no shita"}}).status == 303); });
  changes(
      [&] { REQUIRE(browser.post("/me/password", {{"password", "ume no hana no shita"}, {"new_password", kPassword}}).status == 303); });
  changes([&] { with_second_step(scene, browser); });
}

TEST_CASE("the second step ends by password and digits, and is not exchanged by a password alone") {
  Scene scene;
  scene.tanaka();
  Browser& browser = scene.browser;
  scene.sign_in(browser);
  const auto secret = with_second_step(scene, browser);
  const auto kept = scene.pages.store->person("tanaka")->totp;
  // Another secret, made by this hub for this person before.
  const auto sealed = seal_text(scene.pages.office.pepper, "new totp", "tanaka\n" + std::string(20, 'x'));
  const auto code = totp_at({std::string(20, 'x')}, totp_step(browser.now));
  CHECK(browser.post("/me/totp", {{"sealed", sealed}, {"code", code}, {"password", kPassword}}).headers.at("location") == "/me");
  CHECK(browser.get("/me/totp").headers.at("location") == "/me");
  CHECK(scene.pages.store->person("tanaka")->totp == kept);
  browser.get("/me");
  browser.now = at(60);
  const auto digits = totp_at({secret}, totp_step(browser.now));
  CHECK(browser.post("/me/totp/off", {{"password", kPassword}}).status == 422);
  CHECK(browser.post("/me/totp/off", {{"password", kPassword}, {"code", "000000"}}).status == 422);
  CHECK(browser.post("/me/totp/off", {{"password", "wrong"}, {"code", digits}}).status == 422);
  CHECK(scene.pages.store->person("tanaka")->totp == kept);
  CHECK(browser.post("/me/totp/off", {{"password", kPassword}, {"code", digits}}).status == 303);
  CHECK(scene.pages.store->person("tanaka")->totp.empty());
  for (const char* event : {" second-step-on person=tanaka@example.jp", " sign-in-refused by=code-again person=tanaka@example.jp",
                            " sign-in-refused by=password-again person=tanaka@example.jp", " second-step-off person=tanaka@example.jp"})
    CHECK_MESSAGE(scene.logged(event), event);
}

TEST_CASE("an app that knows SHA-1 only is found out by its first digits, and let in by its next") {
  for (const auto hash : {TotpHash::sha1, TotpHash::sha256}) {
    Scene scene;
    scene.tanaka();
    Browser& browser = scene.browser;
    scene.sign_in(browser);
    const auto page = browser.get("/me/totp");
    const auto sealed = hidden(page.body, "sealed");
    const auto secret = unseal_text(scene.pages.office.pepper, "new totp", sealed)->substr(std::string("tanaka\n").size());
    const auto digits = [&](TotpHash by, std::int64_t when) { return totp_at({secret, by}, totp_step(at(when))); };
    REQUIRE(browser.post("/me/totp", {{"sealed", sealed}, {"code", digits(hash, 0)}, {"password", kPassword}}).status == 303);
    const auto enters = [&](TotpHash by, std::int64_t when) {
      Browser one{scene.pages};
      one.now = at(when);
      const auto half = hidden(scene.sign_in(one).body, "half");
      return one.post("/sign-in/code", {{"half", half}, {"code", digits(by, when)}}).status == 303;
    };
    CHECK(enters(hash, 300));
    CHECK_FALSE(enters(hash == TotpHash::sha1 ? TotpHash::sha256 : TotpHash::sha1, 600));
    CHECK(enters(hash, 900));
  }
}

// Three of a million digits are right at a time: at one try a minute somebody who has the password would be in within a year.
TEST_CASE("digits of the second step can be tried ten times, then once an hour, from wherever") {
  Scene scene;
  scene.tanaka();
  scene.sign_in(scene.browser);
  const auto secret = with_second_step(scene, scene.browser);
  const auto tried = [&](int from, std::int64_t when, const std::string& code) {
    Browser one{scene.pages};
    one.address = "198.51.100." + std::to_string(from);
    one.now = at(when);
    const auto half = hidden(scene.sign_in(one).body, "half");
    return one.post("/sign-in/code", {{"half", half}, {"code", code}}).status;
  };
  const auto right_at = [&](std::int64_t when) { return totp_at({secret}, totp_step(at(when))); };
  for (int i = 0; i < 10; ++i) CHECK(tried(i, 60, "wrong") == 401);
  CHECK(tried(99, 60, right_at(60)) == 429);
  CHECK(tried(99, 60 + 3599, right_at(60 + 3599)) == 429);
  CHECK(tried(99, 60 + 3600, right_at(60 + 3600)) == 303);
  CHECK(scene.logged(" too-many-tries by=code person=tanaka@example.jp"));
}

TEST_CASE("one address of IPv6 after another of the same network gives no more tries") {
  Scene scene;
  scene.tanaka();
  Browser& browser = scene.browser;
  for (int i = 0; i < 10; ++i) {
    browser.address = "2001:db8:0:1::" + std::to_string(i + 1);
    CHECK(scene.sign_in(browser, "wrong", "a" + std::to_string(i) + "@example.jp").status == 401);
  }
  browser.address = "2001:db8:0:1::ffff";
  CHECK(scene.sign_in(browser).status == 429);
  browser.address = "2001:db8:0:2::1";
  CHECK(scene.sign_in(browser).status == 303);
}

TEST_CASE("the security log tells who got in and who did not, with the time and from where, and nothing that was typed") {
  Scene scene;
  const auto tanaka = scene.tanaka();
  Browser& browser = scene.browser;
  scene.sign_in(browser, "a wrong password");
  scene.sign_in(browser, "another wrong one", "typed in the wrong field");
  scene.sign_in(browser);
  CHECK(scene.log ==
        std::vector<std::string>{"security 2026-11-26T01:00:00Z sign-in-refused by=password person=tanaka@example.jp address=192.0.2.9",
                                 "security 2026-11-26T01:00:00Z sign-in-refused by=password address=192.0.2.9",
                                 "security 2026-11-26T01:00:00Z signed-in by=password person=tanaka@example.jp address=192.0.2.9"});
  browser.get("/me");
  browser.get("/c/sato/people");
  browser.post("/me/name", {{"name", "x"}, {"token", "made up"}});
  browser.post("/me/password", {{"password", kPassword}, {"new_password", "ume no hana no shita"}});
  browser.get("/me");
  browser.post("/sign-out", {});
  browser.get("/sign-in");
  browser.post("/enter", {{"key", "made up"}});
  browser.sign_in(tanaka);
  for (const char* event : {" page-refused by=/c/{company}/people person=tanaka@example.jp", " form-refused by=/me/name",
                            " password-changed person=tanaka@example.jp", " signed-out person=tanaka@example.jp",
                            " sign-in-refused by=link address=", " signed-in by=link person=tanaka@example.jp"})
    CHECK_MESSAGE(scene.logged(event), event);
  for (const char* secret : {"a wrong password", "another wrong one", "wrong_field", "wrong field", kPassword, "ume no hana", "made up"})
    CHECK_MESSAGE(!scene.logged(secret), secret);
}

TEST_CASE("nobody fills the security log, nor writes a line of his own into it") {
  Scene scene;
  Browser& browser = scene.browser;
  browser.address = "192.0.2.9\nsecurity 2026 signed-in by=password";
  browser.get("/sign-in");
  for (int i = 0; i < 500; ++i) browser.post("/sign-out", {{"token", "made up"}});
  CHECK(scene.log.size() == 100);
  browser.now = at(1);
  browser.post("/sign-out", {{"token", "made up"}});
  REQUIRE(scene.log.size() == 101);
  CHECK(scene.log.back().find(" left_out=400") != std::string::npos);
  for (const auto& line : scene.log) {
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.find(" signed-in") == std::string::npos);
  }
}

TEST_CASE("what goes wrong inside is told to whoever runs the hub, and to the visitor that it does") {
  Scene scene;
  Browser& browser = scene.browser;
  browser.sign_in(scene.tanaka());
  scene.pages.office.place.run("ALTER TABLE memberships RENAME TO gone", "ALTER TABLE gokajo.memberships RENAME TO gone");
  const auto page = browser.get("/c/yamada");
  // The tests after this one have the same database.
  scene.pages.office.place.run("ALTER TABLE gone RENAME TO memberships", "ALTER TABLE gokajo.gone RENAME TO memberships");
  CHECK(page.status == 503);
  for (const char* inside : {"memberships", "SELECT", "sqlite", "hub.db"}) CHECK(page.body.find(inside) == std::string::npos);
  CHECK(scene.logged("trouble 2026-11-26T01:00:00Z"));
  CHECK(scene.logged("memberships"));
}

TEST_CASE("a page that throws is a page that says so and a line of the log; nothing was changed, and the hub goes on") {
  Scene scene;
  Browser& browser = scene.browser;
  browser.sign_in(scene.tanaka());
  const auto before = scene.pages.office.fingerprint();
  scene.pages.of_hub = []() -> std::vector<StartupFinding> { throw std::out_of_range("map::at of the inside"); };
  for (int i = 0; i < 3; ++i) {
    const auto page = browser.get("/c/yamada");
    CHECK(page.status == 500);
    CHECK(page.body.find("プログラムの不具合") != std::string::npos);
    CHECK(page.body.find("map::at") == std::string::npos);
    CHECK(page.headers.at("content-security-policy").find("default-src 'none'") != std::string::npos);
  }
  CHECK(scene.logged("trouble 2026-11-26T01:00:00Z a fault of this program"));
  CHECK(scene.logged("map::at of the inside"));
  CHECK(scene.pages.office.fingerprint() == before);
  // No transaction is left open behind it: other pages open, and forms are taken.
  CHECK(browser.get("/c/yamada/devices").status == 200);
  CHECK(browser.post("/c/yamada/comment", {{"comment", "来週うかがいます"}}).status == 303);
  scene.pages.of_hub = [] { return std::vector<StartupFinding>(); };
  CHECK(browser.get("/c/yamada").body.find("来週うかがいます") != std::string::npos);
}

TEST_CASE("whether an address is known cannot be seen by a mail that cannot be sent, nor by a store that cannot write") {
  Scene scene;
  scene.tanaka();
  scene.pages.send_fails = platform::Error{platform::ErrorKind::failed, "no queue"};
  scene.browser.get("/sign-in");
  const auto known = scene.browser.post("/sign-in/mail", {{"mail", "tanaka@example.jp"}});
  const auto unknown = scene.browser.post("/sign-in/mail", {{"mail", "nobody@example.jp"}});
  CHECK(known.status == 200);
  CHECK(known.status == unknown.status);
  CHECK(known.body == unknown.body);
  CHECK(scene.logged("link by mail: no queue"));
  scene.pages.send_fails.reset();
  const auto& place = scene.pages.office.place;
  place.run("ALTER TABLE person_keys RENAME TO gone", "ALTER TABLE gokajo.person_keys RENAME TO gone");
  const auto full = scene.browser.post("/sign-in/mail", {{"mail", "tanaka@example.jp"}});
  place.run("ALTER TABLE gone RENAME TO person_keys", "ALTER TABLE gokajo.gone RENAME TO person_keys");
  CHECK(full.status == 200);
  CHECK(full.body == unknown.body);
  CHECK(scene.pages.letters.empty());
}

TEST_CASE("what another version kept, and names that read like keys of ours, are shown as they are") {
  Scene scene;
  auto person = scene.tanaka();
  scene.browser.sign_in(person);
  scene.pages.write([](Store& s) { return s.add_deed({"yamada", at(0), "田中", "later.deed", "PC-05", "later.before", "later.after"}); });
  const auto record = scene.browser.get("/c/yamada/record");
  CHECK(record.status == 200);
  for (const char* part : {"later.deed", "later.before", "later.after"}) CHECK(record.body.find(part) != std::string::npos);
  CHECK(page_word("nothing.of.ours", compliance::Language::ja) == "nothing.of.ours");
  auto company = *scene.pages.office.store->company("yamada");
  company.name = "companies.title";
  scene.pages.write([&](Store& s) { return s.put_company(company); });
  const auto page = scene.browser.get("/c/yamada");
  CHECK(page.body.find("<h1>companies.title</h1>") != std::string::npos);
  CHECK(page.body.find("会社の一覧</h1>") == std::string::npos);
}

// RFC 6266: a name in quotes that needs no encoding.
TEST_CASE("files that are handed out have names of the program's own, whatever a company, a PC or an address is called") {
  Scene scene;
  Pc pc;
  scene.pages.office.enrol(pc);
  scene.pages.write([&](Store& s) -> platform::Status {
    auto company = *s.company("yamada");
    company.name = "x\"; filename=\"y.exe\r\nSet-Cookie: a=b 見積";
    if (auto put = s.put_company(company); !put) return put;
    auto device = *s.device_by_id(pc.id());
    device.label = "..\\..\"; filename*=UTF-8''z.exe";
    return s.put_device(device);
  });
  scene.browser.sign_in(scene.pages.add_person("tana\"ka", "yamada", Role::administrator, true));
  const std::string wanted = "attachment; filename=\"gokajo-";
  int files = 0;
  for (const auto& route : routes()) {
    auto path = std::string(route.path);
    if (path.find("export") == std::string::npos) continue;
    if (const auto named = path.find("{company}"); named != std::string::npos) path.replace(named, 9, "yamada");
    if (const auto named = path.find("{device}"); named != std::string::npos) path.replace(named, 8, pc.id());
    INFO(path);
    const auto reply = route.method == "GET" ? scene.browser.get(path + "?filename=evil.exe&name=evil.exe")
                                             : scene.browser.post(path, {{"filename", "evil.exe"}, {"mail", "tana\"ka@example.jp"}});
    if (!reply.headers.contains("content-disposition")) continue;
    const auto& said = reply.headers.at("content-disposition");
    INFO(said);
    CHECK(said.starts_with(wanted));
    CHECK(said.ends_with("\""));
    const auto name = said.substr(wanted.size(), said.size() - wanted.size() - 1);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos);
    CHECK(name.find("evil") == std::string::npos);
    ++files;
  }
  CHECK(files >= 4);  // three tables and a PC at least, where nothing but CSV and JSON can be written
}

TEST_CASE("every page says what it is, and what a browser may load, run and frame") {
  Scene scene;
  scene.pages.add_person("keeper", "yamada", Role::administrator);
  scene.browser.sign_in(scene.pages.add_person("tanaka", "yamada", Role::administrator, true));
  for (const auto& route : routes()) {
    if (route.method != "GET" || route.path == "/style.css") continue;
    auto path = std::string(route.path);
    if (const auto named = path.find("{company}"); named != std::string::npos) path.replace(named, 9, "yamada");
    const auto page = scene.browser.get(path);
    if (page.headers.contains("location") || page.headers.contains("content-disposition")) continue;
    INFO(path);
    REQUIRE(page.headers.contains("content-type"));
    if (!page.headers.at("content-type").starts_with("text/html")) continue;
    CHECK(page.headers.at("content-type") == "text/html; charset=utf-8");
    for (const char* directive :
         {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"})
      CHECK(page.headers.at("content-security-policy").find(directive) != std::string::npos);
    CHECK(page.headers.at("content-security-policy").find("unsafe") == std::string::npos);
    CHECK(page.headers.at("referrer-policy") == "same-origin");
    CHECK_FALSE(page.headers.contains("access-control-allow-origin"));
    for (const auto& [name, value] : scene.browser.cookies) CHECK(page.body.find(value) == std::string::npos);
    // Nothing of a page comes from another host, and every page has the way out.
    for (const char* outside :
         {"src=\"http", "src=\"//", "<link rel=\"stylesheet\" href=\"http", "<script", "<iframe", "<object", " style=\"", " onclick"})
      CHECK_MESSAGE(page.body.find(outside) == std::string::npos, outside);
    if (page.status == 200 && route.need != Need::nobody) CHECK(page.body.find("action=\"/sign-out\"") != std::string::npos);
  }
}

TEST_CASE("a visitor's cookie, too, is of this host and this connection alone, and out of a script's reach") {
  Pages pages;
  const auto reply = pages.web.handle({"GET", "/sign-in", {}, "", "192.0.2.9"}, at(0));
  const auto& cookie = reply.headers.at("set-cookie");
  CHECK(cookie.starts_with("__Host-gokajo-visitor="));
  CHECK(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"));
  CHECK(pages.web.handle({"GET", "/sign-in", {}, "", "192.0.2.9"}, at(0)).headers.at("set-cookie") != cookie);
}

TEST_CASE("a form changes what it is for, whatever other fields are sent with it") {
  Scene scene;
  const auto before = scene.tanaka();
  scene.pages.office.add_company("sato");
  Browser& browser = scene.browser;
  browser.sign_in(before);
  REQUIRE(browser
              .post("/me/name", {{"name", "田中"},
                                 {"mail", "other@example.jp"},
                                 {"runs_hub", "1"},
                                 {"password", "ume no hana no shita"},
                                 {"totp", ""},
                                 {"id", "keeper"},
                                 {"person", "keeper"},
                                 {"role", "owner"},
                                 {"company", "sato"}})
              .status == 303);
  const auto after = *scene.pages.store->person("tanaka");
  CHECK(after.name == "田中");
  CHECK(after.mail == before.mail);
  CHECK(after.password == before.password);
  CHECK_FALSE(after.runs_hub);
  CHECK(scene.pages.store->memberships_of("tanaka")->size() == 1);
  // The company is the path's, whatever the form names.
  REQUIRE(browser
              .post("/c/yamada/people/invite", {{"company", "sato"},
                                                {"tenant", "sato"},
                                                {"runs_hub", "1"},
                                                {"name", "鈴木"},
                                                {"mail", "suzuki@example.jp"},
                                                {"role", "viewer"}})
              .status == 303);
  CHECK(scene.pages.store->members("sato")->empty());
  CHECK_FALSE(scene.pages.store->person_by_mail("suzuki@example.jp")->runs_hub);
}

// A link lets in as its person, into all companies of theirs: a manager of one who saw it would be in the others.
TEST_CASE("an invitation's link is shown to who runs the hub alone") {
  Scene scene;
  scene.pages.web.call_hub("https://hub.example.jp:8443", {});
  scene.pages.office.add_company("sato");
  scene.pages.add_person("adviser", "sato", Role::adviser);
  scene.browser.sign_in(scene.tanaka());
  const auto before = scene.pages.office.fingerprint();
  for (const char* mail : {"adviser@example.jp", "new@example.jp"}) {
    const auto page = scene.browser.post("/c/yamada/people/invite", {{"name", "x"}, {"mail", mail}, {"role", "viewer"}});
    CHECK(page.status == 422);
    CHECK(page.body.find("key=") == std::string::npos);
  }
  CHECK(scene.pages.office.fingerprint() == before);
}

TEST_CASE("what stands in the address of a form is no part of it") {
  Scene scene;
  scene.browser.sign_in(scene.tanaka());
  CHECK(scene.browser.post("/me/name?name=another", {}).status == 422);
  CHECK(scene.browser.post("/me/name?name=another", {{"name", "田中"}}).status == 303);
  CHECK(scene.pages.store->person("tanaka")->name == "田中");
  // Nor does a token there make it this hub's own.
  CHECK(scene.browser.post("/me/name?token=" + scene.browser.token, {{"name", "x"}, {"token", ""}}).status == 403);
}

TEST_CASE("a member of another company is nobody here: no role changed, nobody removed by an id alone") {
  Scene scene;
  scene.pages.office.add_company("sato");
  scene.pages.add_person("stranger", "sato", Role::owner);
  scene.browser.sign_in(scene.tanaka());
  const auto before = scene.pages.office.fingerprint();
  CHECK(scene.browser.post("/c/yamada/people/role", {{"person", "stranger"}, {"role", "viewer"}}).status == 422);
  CHECK(scene.browser.post("/c/yamada/people/remove", {{"person", "stranger"}}).status == 422);
  CHECK(scene.pages.office.fingerprint() == before);
  CHECK(scene.browser.get("/c/yamada/people").body.find("stranger@example.jp") == std::string::npos);
}

TEST_CASE("links in mails lead to this hub, whatever name a request calls it by") {
  Scene scene;
  scene.pages.add_person("sato", "yamada", Role::owner);
  Browser& browser = scene.browser;
  browser.headers = {{"host", "evil.example"}, {"x-forwarded-host", "evil.example"}};
  browser.get("/sign-in");
  CHECK(browser.post("/sign-in/mail", {{"mail", "sato@example.jp"}}).status == 200);
  REQUIRE(scene.pages.letters.size() == 1);
  CHECK(scene.pages.letters.front().link.starts_with("https://hub.example.jp:8443/enter?key="));
}

}  // namespace gokajo::tests
