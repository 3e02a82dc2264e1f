#include "hub/page.h"

#include <algorithm>

#include "hub/chores.h"
#include "hub/owner_confirmation.h"
#include "hub/silence.h"
#include "tests/hub/office.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Language;

namespace {

HttpRequest get(const std::string& target, const std::string& cookie = "") {
  HttpRequest request{"GET", target, {}, "", "192.0.2.9"};
  if (!cookie.empty()) request.headers["cookie"] = cookie;
  return request;
}

std::string key_of(Office& office, const std::string& tenant) {
  REQUIRE(office.store->begin());
  auto key = add_page_key(*office.store, office.pepper, tenant, at(0));
  REQUIRE(key);
  REQUIRE(office.store->commit());
  return *key;
}

}  // namespace

TEST_CASE("the page opens with a key, once and in time, and shows one company only") {
  Office office;
  office.add_company("sato");
  const auto key = key_of(office, "yamada");
  const auto open = [&](const HttpRequest& request, int when = 1) { return page_reply(*office.store, office.pepper, request, at(when)); };
  CHECK(open(get("/page")).status == 401);
  CHECK(open(get("/open?key=" + std::string(32, 'A'))).status == 401);
  CHECK(open(get("/open?key=")).status == 401);
  CHECK(open(get("/open?key=" + key), 601).status == 401);
  const auto opened = open(get("/open?key=" + key));
  REQUIRE(opened.status == 303);
  CHECK(open(get("/open?key=" + key)).status == 401);
  const auto& cookie = opened.headers.at("set-cookie");
  for (const char* attribute : {"__Host-gokajo-page=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"})
    CHECK(cookie.find(attribute) != std::string::npos);
  const auto session = "other=1; " + cookie.substr(0, cookie.find(';'));
  const auto page = open(get("/page", session));
  REQUIRE(page.status == 200);
  CHECK(page.body.find("yamada") != std::string::npos);
  CHECK(page.body.find("sato") == std::string::npos);
  CHECK(page.headers.at("content-security-policy").find("default-src 'none'") == 0);
  CHECK(page.body.find("<script") == std::string::npos);
  CHECK(open(get("/page", session), 12 * 3600 + 2).status == 401);
  // The key itself is no session, and a session no key.
  CHECK(open(get("/page", "__Host-gokajo-page=" + key)).status == 401);
}

TEST_CASE("what PCs and people wrote is shown as text, whatever it is") {
  Office office;
  Company company = *office.store->company("yamada");
  company.name = "<script>alert(1)</script>";
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_company(company));
  REQUIRE(office.store->commit());
  const Pc pc;
  const auto reply = office.send(pc.enrolment(office.code(), "<img src=x onerror=alert(2)>\" '&{{title}}{{{title}}}"));
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  office.receipt(pc.report({1, 1}, at(0), content_of_pc("eset", at(0))));
  for (const auto language : {Language::ja, Language::en}) {
    const auto page = render_page(*office.store, "yamada", language, at(10));
    REQUIRE(page);
    CHECK(page->find("<script") == std::string::npos);
    CHECK(page->find("<img") == std::string::npos);
    CHECK(page->find("&lt;img") != std::string::npos);
    CHECK(page->find("{{title}}") != std::string::npos);  // no template of theirs is run
  }
}

TEST_CASE("a silent PC counts as silent and as nothing else") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(0), content_of_pc("falcon-on", at(0))), at(0));
  const auto row = [&](int day) {
    const auto page = render_page(*office.store, "yamada", Language::en, at(86400 * day));
    REQUIRE(page);
    const auto from = page->find("<tbody>");
    const auto line = page->substr(from, page->find("</tr>", from) - from);
    return line.substr(line.find("<td>"));
  };
  CHECK(row(1) == "<td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td>");
  CHECK(row(8) == "<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td>");
}

TEST_CASE("a PC at rest is shown with its day, counts for nothing but rest, and a failure of one in use all the same is seen") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(0), content_of_pc("falcon-on", at(0))), at(0));
  const auto rest_from = [&](int seconds) {
    auto device = office.device(pc);
    device.resting_since = at(seconds);
    device.resting_until = end_of_rest(std::chrono::sys_days{std::chrono::year{2026} / 12 / 31}, {});
    REQUIRE(office.store->begin());
    REQUIRE(office.store->put_device(device));
    REQUIRE(office.store->commit());
  };
  const auto shown = [&](int day) {
    const auto page = render_page(*office.store, "yamada", Language::en, at(86400 * day));
    REQUIRE(page);
    return *page;
  };
  const auto row = [](const std::string& page, const char* rule) {
    const auto from = page.find(rule, page.find("<tbody>"));
    REQUIRE(from != std::string::npos);
    const auto line = page.substr(from, page.find("</tr>", from) - from);
    return line.substr(line.find("<td>"));
  };
  rest_from(60);
  for (const int day : {1, 20}) {
    CHECK(shown(day).find("At rest until 31 December 2026") != std::string::npos);
    CHECK(row(shown(day), "Antivirus") == "<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td>");
  }
  CHECK(shown(1).find("PCs are at rest") != std::string::npos);
  // The rest is over: it is silent now.
  CHECK(row(shown(40), "Antivirus") == "<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td>");
  // It passes, and fails, while it should rest.
  office.receipt(pc.report({1, 2}, at(3600), content_of_pc("falcon-on", at(3600))), at(3600));
  CHECK(row(shown(1), "Antivirus") == "<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td>");
  CHECK(shown(1).find("please end its rest") != std::string::npos);
  office.receipt(pc.report({1, 3}, at(7200), content_of_pc("eset", at(7200))), at(7200));
  CHECK(row(shown(1), "Antivirus") == "<td>0</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td>");
}

TEST_CASE("until the number of the owner's mail was typed in, the page says that nobody knows whether it arrives") {
  Office office;
  auto company = *office.store->company("yamada");
  const auto page = [&] {
    REQUIRE(office.store->begin());
    REQUIRE(office.store->put_company(company));
    REQUIRE(office.store->commit());
    return *render_page(*office.store, "yamada", Language::ja, at(0));
  };
  company.owner_mail = "yamada@example.jp";
  CHECK(page().find("社長に届いたか未確認です。") != std::string::npos);
  CHECK(page().find(confirmation_of(company)) == std::string::npos);  // only the mail has it
  company.confirmed = at(0);
  CHECK(page().find("未確認") == std::string::npos);
}

TEST_CASE("business days leave out weekends and the company's closed days, and silence needs a week besides") {
  Company company;
  company.closed_days = {"2026-12-01"};
  const auto day = [](const char* text) { return *platform::parse_time(text) + std::chrono::hours{3}; };
  const auto business_days = [&](const Company& of, platform::Time from, platform::Time to) {
    const auto calendar = calendar_of(of);
    return business_days_between(platform::local_day(from, calendar.offset_minutes), platform::local_day(to, calendar.offset_minutes),
                                 calendar);
  };
  CHECK(business_days(company, day("2026-11-26"), day("2026-11-27")) == 1);  // Thursday to Friday
  CHECK(business_days(company, day("2026-11-27"), day("2026-11-29")) == 0);
  CHECK(business_days(company, day("2026-11-26"), day("2026-12-03")) == 4);
  CHECK(business_days(company, day("2026-12-03"), day("2026-11-26")) == 0);
  const auto silent_on = [&](const char* text) { return is_silent(day("2026-11-26"), day(text), calendar_of(company)); };
  CHECK_FALSE(silent_on("2026-12-02"));
  CHECK_FALSE(silent_on("2026-12-03"));  // a week, but four business days
  CHECK(silent_on("2026-12-04"));
  // Late in the evening of UTC it is the next day in Japan.
  CHECK(business_days(company, *platform::parse_time("2026-11-26T14:00:00Z"), *platform::parse_time("2026-11-26T16:00:00Z")) == 1);
}

TEST_CASE("with the days reports go, verdicts are judged anew, and each step is small") {
  Office office;
  std::vector<Pc> pcs(45);
  for (const auto& pc : pcs) {
    office.enrol(pc);
    office.receipt(pc.report({1, 1}, at(0), content_of_pc("falcon-on", at(0))), at(0));
  }
  office.receipt(pcs[0].report({1, 2}, at(1), content_of_pc("falcon-on", at(1))), at(1));
  Chores chores(*office.store);
  const auto all_steps = [&](platform::Time now) {
    int steps = 0;
    for (;; ++steps) {
      const auto more = chores.step(now);
      REQUIRE_MESSAGE(more, (more ? "" : more.error().detail));
      if (!*more) return steps;
      REQUIRE(steps < 100);
    }
  };
  CHECK(all_steps(at(60)) == 2);  // 45 devices, 20 at once
  CHECK(all_steps(at(61)) == 0);
  CHECK(office.verdict(pcs[44], "updates") == compliance::Verdict::pass);
  CHECK(office.store->report("yamada", pcs[0].id(), {1, 1}));
  all_steps(at(86400 * 89));
  CHECK(office.verdict(pcs[44], "updates") != compliance::Verdict::pass);
  CHECK(office.store->report("yamada", pcs[0].id(), {1, 1}));
  all_steps(at(86400 * 91));
  CHECK_FALSE(office.store->report("yamada", pcs[0].id(), {1, 1}));
  CHECK(office.store->report("yamada", pcs[0].id(), {1, 2}));  // what is said of it rests on that one
  CHECK_FALSE(office.store->changes("yamada", at(0))->empty());
  all_steps(at(86400 * 397 + 1));
  const auto left = office.store->changes("yamada", at(0));
  CHECK(std::all_of(left->begin(), left->end(), [](const Change& change) { return change.at > at(0); }));
}

TEST_CASE("the language is the first of ja and en that is asked for") {
  CHECK(language_of("") == Language::ja);
  CHECK(language_of("ja,en-US;q=0.7") == Language::ja);
  CHECK(language_of("en-US,en;q=0.9,ja;q=0.8") == Language::en);
  CHECK(language_of("fr") == Language::ja);
}

}  // namespace gokajo::tests
