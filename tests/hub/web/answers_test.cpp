#include "hub/answers.h"

#include "hub/review.h"
#include "hub/web/choosing.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

constexpr const char* kAsks = "sharing.other-services";  // in nfs-office: a folder for the whole network

Verdict verdict_of(Desk& desk, const Pc& pc, const std::string& check) {
  const auto findings = desk.pages.store->findings("yamada", pc.id());
  REQUIRE(findings);
  for (const auto& one : *findings)
    if (one.check == check) return one.verdict;
  FAIL(check);
  return Verdict::unknown;
}

// The value of the hidden field that names the question about that thing.
std::string question_about(const std::string& page, const std::string& thing) {
  const auto at = page.find("「" + thing + "」はこれでよいですか。");
  REQUIRE_MESSAGE(at != std::string::npos, thing);
  return hidden(page.substr(at), "question");
}

std::vector<KeptDeclaration> declarations(Desk& desk) { return *desk.pages.store->declarations("yamada"); }

}  // namespace

TEST_CASE("a company's question is answered, answered again and withdrawn, and its PCs are judged by it") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "PC-01", "office-plain");
  REQUIRE(verdict_of(desk, pc, "passwords.length") == Verdict::ask);
  const auto page = desk.browser.get("/c/yamada/answers");
  REQUIRE(page.status == 200);
  // What each answer means stands there before one is given.
  for (const char* sentence : {"NAS（共有のハードディスク）", "まだ答えがありません", "自己申告による「適合」として数えます",
                               "自己申告による「要対応」になります", "「要確認」のままです", "助言の質問です"})
    CHECK_MESSAGE(shows(page, sentence), sentence);
  CHECK(desk.browser.post("/c/yamada/answers", {{"question", "passwords"}, {"answer", "yes"}}).status == 303);
  REQUIRE(declarations(desk).size() == 1);
  const auto kept = declarations(desk).front();
  CHECK(kept.device.empty());
  CHECK(kept.declaration.who == "田中");
  CHECK(kept.declaration.answered_at == at(0));
  CHECK(platform::format_time(kept.declaration.valid_until).substr(0, 10) == "2027-11-26");
  CHECK(verdict_of(desk, pc, "passwords.length") == Verdict::pass);
  const auto after = desk.browser.get("/c/yamada/answers");
  for (const char* sentence : {"自己申告</span>", "2026年11月26日", "2027年11月26日", "答え直す"})
    CHECK_MESSAGE(shows(after, sentence), sentence);

  CHECK(desk.browser.post("/c/yamada/answers", {{"question", "passwords"}, {"answer", "no"}}).status == 303);
  CHECK(verdict_of(desk, pc, "passwords.length") == Verdict::fail);
  CHECK(desk.deeds().front().before == "yes");
  CHECK(desk.deeds().front().after == "no");
  CHECK(desk.browser.post("/c/yamada/answers/withdraw", {{"question", "passwords"}}).status == 303);
  CHECK(verdict_of(desk, pc, "passwords.length") == Verdict::ask);
  CHECK(declarations(desk).front().withdrawn);
  CHECK(desk.did("answer.withdraw"));
}

TEST_CASE("a page's answer leaves the very rows that the command leaves") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "PC-01", "office-plain");
  CHECK(desk.browser.post("/c/yamada/answers", {{"question", "passwords"}, {"answer", "yes"}}).status == 303);
  const auto by_page = declarations(desk);
  const auto moved = *desk.pages.store->generation("yamada");
  auto& store = *desk.pages.office.store;
  REQUIRE(store.begin());
  CompanyBook book(store);
  CHECK(*answer_for_company(store, book, "yamada", "passwords", "yes", "田中", at(0)) == Answered::taken);
  REQUIRE(store.commit());
  const auto by_command = declarations(desk);
  REQUIRE(by_command.size() == by_page.size());
  CHECK(platform::to_form(by_command.front().declaration) == platform::to_form(by_page.front().declaration));
  // PCs are told anew each time.
  CHECK(*desk.pages.store->generation("yamada") > moved);
}

TEST_CASE("PCs that ask the same are answered for at once, and none that does not") {
  Desk desk;
  const Pc one, two, plain;
  desk.add(one, "PC-01", "nfs-office");
  desk.add(two, "PC-02", "nfs-office");
  desk.add(plain, "PC-03", "office-plain");
  for (const auto* pc : {&one, &two}) REQUIRE(verdict_of(desk, *pc, kAsks) == Verdict::ask);
  const auto before_plain = verdict_of(desk, plain, kAsks);
  const auto page = desk.browser.get("/c/yamada/answers");
  const auto question = question_about(page.body, "/srv/zumen");
  CHECK(shows(page, box_of(one.id())));
  CHECK(shows(page, box_of(two.id())));
  CHECK_FALSE(shows(page, box_of(plain.id())));
  const std::string target = "/c/yamada/answers/pcs";
  CHECK(refuses(desk.refused(target, {{"question", question}, {"answer", "yes"}}), "PCを1台以上選んでください"));
  const auto unanswered = desk.refused(target, {{"question", question}, {box_of(two.id()), "on"}});
  CHECK(refuses(unanswered, "「答え」を1つ選んでください"));
  // What was ticked stays ticked, and what was not does not.
  CHECK(shows(unanswered, "-" + box_of(two.id()) + "\" checked"));
  CHECK_FALSE(shows(unanswered, "-" + box_of(one.id()) + "\" checked"));
  CHECK(refuses(desk.refused(target, {{"question", question}, {"answer", "perhaps"}, {box_of(one.id()), "on"}}), "「答え」を1つ"));
  CHECK(refuses(desk.refused(target, {{"question", question}, {"answer", "yes"}, {box_of(one.id()), "on"}, {box_of(plain.id()), "on"}}),
                "いまはこの質問がないPC"));
  CHECK(refuses(desk.refused(target, {{"question", "0000"}, {"answer", "yes"}, {box_of(one.id()), "on"}}), "その質問は、いまはありません"));

  CHECK(desk.browser.post(target, {{"question", question}, {"answer", "yes"}, {box_of(one.id()), "on"}, {box_of(two.id()), "on"}}).status ==
        303);
  for (const auto* pc : {&one, &two}) CHECK(verdict_of(desk, *pc, kAsks) == Verdict::pass);
  CHECK(verdict_of(desk, plain, kAsks) == before_plain);
  CHECK(declarations(desk).size() == 2);
  const auto answered = desk.browser.get("/c/yamada/answers");
  CHECK(shows(answered, "問題ありません（確かめました）"));
  // It can be changed and taken back for one of them.
  CHECK(desk.browser.post(target, {{"question", question}, {"answer", "no"}, {box_of(one.id()), "on"}}).status == 303);
  CHECK(verdict_of(desk, one, kAsks) == Verdict::fail);
  CHECK(verdict_of(desk, two, kAsks) == Verdict::pass);
  CHECK(desk.browser.post(target + "/withdraw", {{"question", question}, {box_of(two.id()), "on"}}).status == 303);
  CHECK(verdict_of(desk, two, kAsks) == Verdict::ask);
  CHECK(refuses(desk.refused(target + "/withdraw", {{"question", question}, {box_of(two.id()), "on"}}), "取り下げる答えがありません"));
}

TEST_CASE("an answer that has ended is shown as such, and asked for again") {
  Desk desk;
  CHECK(desk.browser.post("/c/yamada/answers", {{"question", "nas"}, {"answer", "yes"}}).status == 303);
  CHECK_FALSE(shows(desk.browser.get("/c/yamada/answers"), "期限切れです"));
  // It counts until the end of its last day.
  const platform::Time last_day = *platform::parse_time("2027-11-26T23:59:59Z");
  CHECK_FALSE(has_ended(declarations(desk).front(), last_day));
  CHECK(has_ended(declarations(desk).front(), last_day + std::chrono::seconds{1}));
  auto kept = declarations(desk).front();
  kept.declaration.valid_until = at(-3 * 86400);
  desk.pages.write([&](Store& s) { return s.put_declaration("yamada", kept); });
  const auto page = desk.browser.get("/c/yamada/answers");
  CHECK(shows(page, "期限切れです。もう一度お答えください。"));
  CHECK_FALSE(shows(page, "id=\"nas-yes\" value=\"yes\" checked"));
}

TEST_CASE("questions that are not there, choices that are none and answers that are gone are refused") {
  Desk desk;
  CHECK(refuses(desk.refused("/c/yamada/answers", {{"question", "nas"}}), "「答え」を1つ選んでください"));
  CHECK(refuses(desk.refused("/c/yamada/answers", {{"question", "nas"}, {"answer", kHostile}}), "「答え」を1つ選んでください"));
  CHECK(refuses(desk.refused("/c/yamada/answers", {{"question", kHostile}, {"answer", "yes"}}), "その質問は、いまはありません"));
  CHECK(refuses(desk.refused("/c/yamada/answers/withdraw", {{"question", "nas"}}), "取り下げる答えがありません"));
}

TEST_CASE("names of things and PCs cannot leave their place on the page") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "<img src=x onerror=alert(1)>", "nfs-office");
  KeptDeclaration kept{pc.id(), {kAsks, kHostile, "yes", kHostile, at(0), at(86400)}, std::nullopt};
  desk.pages.write([&](Store& s) { return s.put_declaration("yamada", kept); });
  const auto page = desk.browser.get("/c/yamada/answers");
  CHECK(page.status == 200);
  for (const char* harm : {"<script", "<img", "<b>", "\xE2\x80\xAE"}) CHECK_FALSE(shows(page, harm));
  // The thing's own name travels in no form.
  const auto question = hidden(page.body.substr(page.body.find("&lt;script&gt;")), "question");
  CHECK(question.size() == 24);
  CHECK(desk.browser.post("/c/yamada/answers/pcs", {{"question", question}, {"answer", "no"}, {box_of(pc.id()), "on"}}).status == 303);
}

TEST_CASE("who only looks sees answers and no forms") {
  Desk desk(Role::viewer);
  const Pc pc;
  desk.add(pc, "PC-01", "nfs-office");
  const auto page = desk.browser.get("/c/yamada/answers");
  CHECK(page.status == 200);
  CHECK(shows(page, "/srv/zumen"));
  CHECK_FALSE(shows(page, "action=\"/c/yamada/answers"));
}

}  // namespace gokajo::tests
