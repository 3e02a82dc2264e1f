#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/history.h"
#include "hub/export/pdf.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

constexpr const char* kPage = "/c/yamada/diagnosis";
constexpr const char* kForm = "/c/yamada/diagnosis/answers";

// As a browser would: what the form holds that it was shown, with some answers given.
HttpReply save(Desk& desk, std::map<std::string, std::string> fields) {
  const auto form = desk.browser.get(kForm);
  REQUIRE(form.status == 200);
  fields.emplace("seen", hidden(form.body, "seen"));
  return desk.browser.post(kForm, fields);
}

PersonAnswers people(Desk& desk) { return person_answers(diagnosis_sheet(), *desk.pages.store->declarations("yamada"), desk.browser.now); }

std::string part_of(const std::string& page, const std::string& from, const std::string& to) {
  const auto begin = page.find(from);
  REQUIRE_MESSAGE(begin != std::string::npos, from);
  return page.substr(begin, page.find(to, begin) - begin);
}

}  // namespace

TEST_CASE("the 25 questions are answered in one form, and the page says what they are worth and why") {
  Desk desk;  // without PCs: everything is up to people
  const auto before = desk.browser.get(kPage);
  REQUIRE(before.status == 200);
  for (const char* sentence : {"まだ答えのない質問が", "最大＋", "会社の答えがない25問に答えます", "PCからは見えません。",
                               "https://www.ipa.go.jp/", "第三者による証明ではありません", "第4.0版"})
    CHECK_MESSAGE(shows(before, sentence), sentence);
  // The name of who is signed in is on every page, and no answer.
  CHECK(part_of(before.body, "<section id=\"q-7\"", "</section>").find("まだ答えがありません") != std::string::npos);

  const auto form = desk.browser.get(kForm);
  for (int number = 1; number <= 25; ++number)
    for (const char* level : {"done", "partly", "not_done", "unsure"})
      CHECK(shows(form, "id=\"a" + std::to_string(number) + "-" + level + "\""));
  CHECK(shows(form, "まだ答えのない質問が25問あります。"));
  CHECK(shows(form, "href=\"#q-1\""));
  CHECK_FALSE(shows(form, "<details><summary><h3>"));
  // Nothing is ticked before somebody answered, nor is there anything to take back or to confirm.
  CHECK_FALSE(shows(form, " checked"));
  CHECK_FALSE(shows(form, "-none\""));
  CHECK_FALSE(shows(form, "name=\"renew\""));

  CHECK(save(desk, {{"a7", "done"}, {"a8", "partly"}, {"a15", "unsure"}}).status == 303);
  CHECK(people(desk).counting.size() == 3);
  CHECK(people(desk).counting.at(7).who == "田中");
  const auto after = desk.browser.get(kPage);
  const auto seventh = part_of(after.body, "<section id=\"q-7\"", "</section>");
  for (const char* sentence : {"実施している", "4点", "自己申告", "田中", "2026年11月26日", "2027年11月26日"})
    CHECK_MESSAGE(seventh.find(sentence) != std::string::npos, sentence);
  CHECK(part_of(after.body, "<section id=\"q-15\"", "</section>").find("-1点") != std::string::npos);
  CHECK(shows(after, "立ち入り：「わからない」と答えています"));
  // Today's points stand among those of earlier days.
  CHECK(shows(after, "3 / 25"));
  CHECK(desk.did("diagnosis.answer"));
  CHECK(desk.did("diagnosis.result"));
  const auto told = desk.browser.get("/c/yamada/record");
  CHECK(shows(told, "自社診断の質問に答えた"));
  CHECK(shows(told, "7 宛先まちがい"));
  CHECK(shows(told, "一部実施している"));

  const auto answered = desk.browser.get(kForm);
  CHECK(shows(answered, "id=\"a7-done\" value=\"done\" checked"));
  CHECK(shows(answered, "id=\"a7-none\""));
  CHECK_FALSE(shows(answered, "id=\"a9-none\""));
}

TEST_CASE("the answers can be taken away on paper by whoever sees the page, in both languages") {
  Desk desk(Role::viewer);
  for (const char* language : {"ja", "en"}) {
    desk.browser.language = language;
    CHECK(shows(desk.browser.get(kPage), "href=\"/c/yamada/diagnosis.pdf\"") == can_write_pdf());
    const auto paper = desk.browser.get("/c/yamada/diagnosis.pdf");
    if (!can_write_pdf()) {
      CHECK(paper.status == 501);
      continue;
    }
    CHECK(paper.status == 200);
    CHECK(paper.headers.at("content-type") == "application/pdf");
    CHECK(paper.headers.at("content-disposition") == "attachment; filename=\"gokajo-yamada-diagnosis-2026-11-26.pdf\"");
    CHECK(paper.body.starts_with("%PDF-"));
  }
}

TEST_CASE("what has an answer lies folded with it, and a touch leads to the first question that has none") {
  Desk desk;
  CHECK(save(desk, {{"a1", "done"}, {"a2", "unsure"}, {"a4", "partly"}}).status == 303);
  const auto form = desk.browser.get(kForm);
  CHECK(shows(form, "まだ答えのない質問が22問あります。"));
  CHECK(shows(form, "href=\"#q-3\""));
  const auto folded = [](const HttpReply& page, int number) {
    return part_of(page.body, "<section id=\"q-" + std::to_string(number) + "\"", "</section>").find("<details><summary><h3>") !=
           std::string::npos;
  };
  for (int number = 1; number <= 25; ++number) CHECK(folded(form, number) == (number == 1 || number == 2 || number == 4));
  CHECK(part_of(form.body, "<section id=\"q-4\"", "</summary>").find("一部実施している") != std::string::npos);
  std::map<std::string, std::string> all;
  for (int number = 1; number <= 25; ++number) all["a" + std::to_string(number)] = "done";
  CHECK(save(desk, all).status == 303);
  const auto whole = desk.browser.get(kForm);
  CHECK(shows(whole, "すべての質問に答えがあります。"));
  CHECK_FALSE(shows(whole, "まだ答えのない質問"));
}

TEST_CASE("what the form leaves as it was stays the answer of whoever gave it; ticked, it becomes today's") {
  Desk desk;
  CHECK(save(desk, {{"a7", "done"}, {"a8", "partly"}}).status == 303);
  desk.browser.now = at(86400 * 30);
  desk.browser.sign_in(desk.pages.add_person("鈴木", "yamada", Role::owner));
  CHECK(save(desk, {{"a7", "done"}, {"a8", "done"}, {"a12", "done"}}).status == 303);
  CHECK(people(desk).counting.at(7).who == "田中");
  CHECK(people(desk).counting.at(8).who == "鈴木");
  CHECK(save(desk, {{"a7", "done"}, {"a8", "done"}, {"a12", "none"}, {"renew", "on"}}).status == 303);
  CHECK(people(desk).counting.at(7).who == "鈴木");
  CHECK(people(desk).counting.at(7).answered_at == desk.browser.now);
  CHECK_FALSE(people(desk).counting.contains(12));
}

TEST_CASE("an answer that has ended is shown, is ticked nowhere, and no saving revives it") {
  Desk desk;
  CHECK(save(desk, {{"a7", "done"}}).status == 303);
  desk.browser.now = at(86400 * 370);
  desk.browser.sign_in(desk.pages.add_person("鈴木", "yamada", Role::owner));
  const auto form = desk.browser.get(kForm);
  const auto seventh = part_of(form.body, "<section id=\"q-7\"", "</section>");
  CHECK(seventh.find("期限切れのため数えません") != std::string::npos);
  CHECK(seventh.find(" checked") == std::string::npos);
  CHECK(save(desk, {{"renew", "on"}, {"a8", "done"}}).status == 303);
  CHECK_FALSE(people(desk).counting.contains(7));
  CHECK(part_of(desk.browser.get(kPage).body, "<section id=\"q-7\"", "</section>").find("0点") != std::string::npos);
}

TEST_CASE("what is no answer, and a form that somebody else overtook, change nothing and say so") {
  Desk desk;
  CHECK(save(desk, {{"a7", "done"}}).status == 303);
  const auto seen = hidden(desk.browser.get(kForm).body, "seen");
  CHECK(refuses(desk.refused(kForm, {{"seen", seen}, {"a7", "perfect"}}), "「答え」を1つ選んでください"));
  CHECK(save(desk, {{"a7", "partly"}}).status == 303);
  const auto overtaken = desk.refused(kForm, {{"seen", seen}, {"a7", "not_done"}});
  CHECK(refuses(overtaken, "ほかの人が答えを変えました"));
  // What was typed is not lost, and can be saved upon what is so now.
  CHECK(shows(overtaken, "id=\"a7-not_done\" value=\"not_done\" checked"));
  CHECK(desk.browser.post(kForm, {{"seen", hidden(overtaken.body, "seen")}, {"a7", "not_done"}}).status == 303);
  CHECK(people(desk).counting.at(7).level == Level::not_done);
  // Fields that are no question are nobody's.
  CHECK(save(desk, {{"a26", "done"}, {"a0", "done"}}).status == 303);
  CHECK(people(desk).counting.size() == 1);
}

TEST_CASE("who only looks sees the result, and no way to change it") {
  Desk desk(Role::viewer);
  const auto page = desk.browser.get(kPage);
  CHECK(page.status == 200);
  CHECK_FALSE(shows(page, "/diagnosis/answers"));
  CHECK(desk.browser.get(kForm).status == 404);
}

TEST_CASE("PCs that show otherwise stand beside the answer, by name, whatever they are called") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "PC-01 " + std::string("<b>受付</b>"), "office-plain");
  // office-plain lacks antivirus: a workstation without any fails (people.md section 4).
  CHECK(save(desk, {{"a2", "done"}}).status == 303);
  const auto second = part_of(desk.browser.get(kPage).body, "<section id=\"q-2\"", "</section>");
  for (const char* sentence :
       {"答えとPCが示すことに違いがあります", "自己申告よりも、PCが示すことを優先しました", "要対応1台", "&lt;b&gt;受付"})
    CHECK_MESSAGE(second.find(sentence) != std::string::npos, sentence);
  CHECK(second.find("<b>受付") == std::string::npos);
  // Two that do not agree are not settled.
  CHECK(part_of(desk.browser.get(kForm).body, "<section id=\"q-2\"", "</section>").find("<details><summary><h3>") == std::string::npos);
}

TEST_CASE("the pages are in English, too") {
  Desk desk;
  desk.browser.language = "en";
  for (const char* path : {kPage, kForm}) {
    const auto page = desk.browser.get(path);
    CHECK(page.status == 200);
    CHECK(shows(page, "PCs"));
    CHECK_FALSE(shows(page, "実施して"));
  }
}

}  // namespace gokajo::tests
