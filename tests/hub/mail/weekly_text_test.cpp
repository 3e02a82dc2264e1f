#include "hub/mail/weekly_text.h"

#include <rapidcheck.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "compliance/layout.h"
#include "hub/mail/html.h"
#include "hub/mail/lines.h"
#include "hub/mail/words.h"

namespace gokajo::tests {

using namespace hub;
using compliance::DayCount, compliance::Language;
using platform::Time;

namespace {

// At a time of day in Japan.
Time jst(const char* day, int hour) { return *platform::parse_time(day) + std::chrono::hours{hour - 9}; }

struct Golden {
  std::string subject, text;
};

Golden golden(const char* name) {
  std::ifstream file(std::string(GOKAJO_SOURCE_DIR "/tests/hub/mail/golden/") + name + ".txt");
  Golden found;
  std::getline(file, found.subject);
  std::ostringstream rest;
  rest << file.rdbuf();
  found.text = rest.str();
  REQUIRE_FALSE(found.text.empty());
  return found;
}

Weekly company() {
  Weekly week;
  week.company = "山田工務店";
  week.owner = "山田";
  week.person = "田中";
  week.counted_at = jst("2026-11-24", 10);
  week.next = jst("2026-11-30", 10);
  week.stated = 20;
  week.registered = 20;
  int number = 0;
  for (const char* rule : {"updates", "antivirus", "passwords", "sharing", "threats"}) week.rules.push_back({rule, ++number, 20, 0, 0, 0});
  return week;
}

Todo updates_late(std::int64_t days) {
  return {{"PC-03 経理"}, "updates", "updates.security-installed", "missing-late", {{"days", DayCount{days}}}, {"windows"}, 20};
}

Todo antivirus_expired() { return {{"PC-11 受付"}, "antivirus", "antivirus.active", "expired", {}, {"windows"}, 10}; }

Weekly fine_week() {
  auto week = company();
  week.readers = Readers{18, 18};
  week.solved = {{"PC-07 設計", "updates"}};
  week.answered_at = jst("2026-04-10", 15);
  return week;
}

Weekly action_week() {
  auto week = company();
  week.readers = Readers{16, 18};
  week.fail = 2;
  week.todos = {antivirus_expired(), updates_late(41)};
  week.silent = {{"PC-17 現場ノート", jst("2026-11-12", 17), 5}};
  for (auto& rule : week.rules) rule.pass = 19, rule.silent = 1;
  week.rules[0].pass = week.rules[1].pass = 18;
  week.rules[0].fail = week.rules[1].fail = 1;
  week.newly = {"PC-11 受付"};
  week.solved = {{"PC-07 設計", "updates"}};
  return week;
}

Weekly first_week() {
  auto week = company();
  week.first = First{"4182", "田中", jst("2026-12-31", 12)};
  week.fail = 20;
  std::vector<std::string> all = {"PC-01"};
  while (all.size() < 20) all.push_back("PC-" + std::to_string(all.size() + 1));
  week.todos = {antivirus_expired(), updates_late(41), {all, "passwords", "passwords.length", "short", {}, {"windows"}, {}}};
  week.questions = {"nas", "copier", "cloud", "passwords", "mfa"};
  week.question_minutes = 10;
  return week;
}

Weekly late_week() {
  auto week = company();
  week.counted_at = jst("2026-11-25", 11);
  week.fail = 1;
  week.todos = {updates_late(42)};
  week.outage = Outage{jst("2026-11-19", 18),
                       jst("2026-11-25", 9),
                       jst("2026-11-25", 11),
                       57,
                       0,
                       std::vector<MissedChange>{{"PC-11 受付", "antivirus", jst("2026-11-21", 9), jst("2026-11-21", 15)}},
                       {"PC-17 現場ノート"},
                       jst("2026-11-27", 9),
                       true};
  return week;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

void check_form(const MailText& mail) {
  CHECK_MESSAGE(compliance::columns_of(mail.subject) <= kSubjectColumns, mail.subject);
  CHECK(mail.subject.find('\n') == std::string::npos);
  for (const auto& line : lines_of(mail.text)) CHECK_MESSAGE(compliance::columns_of(line) <= kLineColumns, line);
  CHECK_MESSAGE(mail.text.find('|') == std::string::npos, mail.text);
  CHECK_MESSAGE(mail.text.find('{') == std::string::npos, mail.text);
  CHECK_MESSAGE(mail.subject.find('{') == std::string::npos, mail.subject);
  for (const char* word : {"認定", "取得"}) CHECK(mail.text.find(word) == std::string::npos);
}

}  // namespace

TEST_CASE("the four mails of people.md, to the character") {
  const std::pair<const char*, Weekly> weeks[] = {
      {"fine", fine_week()}, {"action", action_week()}, {"first", first_week()}, {"late", late_week()}};
  for (const auto& [name, week] : weeks) {
    CAPTURE(name);
    const auto mail = weekly_text(week, Language::ja);
    CHECK(mail.subject == golden(name).subject);
    CHECK(mail.text == golden(name).text);
  }
}

TEST_CASE("the check number of the newest record file stands in each mail, which dates it") {
  for (auto week : {fine_week(), action_week(), late_week(), first_week()}) {
    CHECK(weekly_text(week, Language::ja).text.find("照合番号") == std::string::npos);
    week.record = RecordFile{3, "3a7f9c0211de", jst("2026-11-20", 9)};
    const auto mail = weekly_text(week, Language::ja);
    CAPTURE(mail.text);
    CHECK(mail.text.ends_with("\n■点検の記録ファイル（第3号）\n照合番号 3a7f 9c02 11de（11月20日作成）\n"));
    const auto english = weekly_text(week, Language::en);
    CAPTURE(english.text);
    CHECK(english.text.find("\n3a7f 9c02 11de\n") != std::string::npos);
    check_form(mail);
    check_form(english);
    CHECK(mail_html(mail, Language::ja).find("3a7f 9c02 11de") != std::string::npos);
  }
}

TEST_CASE("a rule that does not apply to a PC is not told as met") {
  auto week = action_week();
  const auto sharing = std::find_if(week.rules.begin(), week.rules.end(), [](const RuleCount& rule) { return rule.rule == "sharing"; });
  REQUIRE(sharing != week.rules.end());
  *sharing = {"sharing", 4, 18, 1, 1, 0};
  sharing->not_applicable = 2;  // of those 18
  for (const auto language : {Language::ja, Language::en}) {
    const auto mail = weekly_text(week, language);
    CAPTURE(mail.text);
    CHECK(mail.text.find(language == Language::ja ? " 16／1／3／0台" : " 16/1/3/0") != std::string::npos);
    CHECK(mail.text.find(language == Language::ja ? "対象外" : "not applicable") != std::string::npos);
    check_form(mail);
  }
}

TEST_CASE("the late mail counts nothing that is not known") {
  auto week = late_week();
  week.outage->reports.reset();
  week.outage->changes.reset();
  const auto text = weekly_text(week, Language::ja).text;
  CHECK(text.find("各PCに保管した結果は、") != std::string::npos);
  CHECK(text.find("件です") == std::string::npos);
  CHECK(text.find("ありませんでした") == std::string::npos);
  CHECK(text.find("お知らせ\nできませんでした") != std::string::npos);
}

TEST_CASE("a PC that is silent for a month is asked after: was it disposed of, and what to do") {
  auto week = action_week();
  week.silent = {{"PC-17 現場ノート", week.counted_at - platform::Days{30} + std::chrono::minutes{1}, {}}};
  CHECK(weekly_text(week, Language::ja).text.find("廃棄") == std::string::npos);
  week.silent.front().last_contact -= std::chrono::minutes{1};
  const auto mail = weekly_text(week, Language::ja);
  CHECK(mail.text.find("3 PC-17 現場ノート\n　10月25日の連絡が最後です。\n　廃棄しましたか。→廃棄したPCは、\n"
                       "　田中さんに登録を外してもらって\n　ください。使っていないだけなら、\n"
                       "　「休ませる」にしてもらってください。\n") != std::string::npos);
  check_form(mail);
  check_form(weekly_text(week, Language::en));
}

TEST_CASE("fine is said only when nothing at all is open") {
  CHECK(all_fine(fine_week()));
  const auto not_fine = [](auto change) {
    auto week = fine_week();
    change(week);
    CHECK_FALSE(all_fine(week));
    for (const auto language : {Language::ja, Language::en}) {
      const auto mail = weekly_text(week, language);
      CHECK(mail.subject.find("見つかりません") == std::string::npos);
      CHECK(mail.subject.find("Nothing to fix") == std::string::npos);
      check_form(mail);
    }
  };
  not_fine([](Weekly& week) { week.stated.reset(); });
  not_fine([](Weekly& week) { week.stated = 21; });
  not_fine([](Weekly& week) { week.stated = 19; });
  not_fine([](Weekly& week) { week.registered = 0, week.stated = 0; });
  not_fine([](Weekly& week) { week.fail = 1; });
  not_fine([](Weekly& week) { week.other = 1; });
  not_fine([](Weekly& week) { week.questions = {"nas"}; });
  not_fine([](Weekly& week) { week.catching_up = {"PC-03"}; });
  not_fine([](Weekly& week) { week.resting = {{"PC-05", week.counted_at}}; });
  not_fine([](Weekly& week) { week.silent = {{"PC-17", week.counted_at, {}}}; });
}

TEST_CASE("lines and subjects stay short whatever things are called, and nothing from outside begins a line of its own") {
  const bool holds = rc::check([] {
    const auto name = [](const char* what) {
      auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("Aあ|\n\r{}i漢 .=<")));
      // Whole characters only: what reaches a mail was read as UTF-8.
      text = platform::printable_utf8(text);
      return *rc::gen::element(std::string(what), text, std::string(200, 'W'),
                               std::string("とても長い名前の株式会社とても長い名前の株式会社とても長い"),
                               std::string("a\r\nBcc: x@example.com"));
    };
    auto week = *rc::gen::element(fine_week(), action_week(), first_week(), late_week());
    week.company = name("山田工務店");
    week.confirmation = *rc::gen::element("", "4182");
    week.link = *rc::gen::element("", "https://hub.example.jp/gokajo/12345678/a");
    week.owner = name("山田");
    week.person = name("田中");
    week.registered = *rc::gen::inRange(1, 100000);
    week.stated = *rc::gen::element(20, 99999);
    week.fail = *rc::gen::inRange(0, 100000);
    week.other = *rc::gen::element(0, 12345);
    for (auto& rule : week.rules) rule.other = *rc::gen::element(0, 12345);
    for (auto& todo : week.todos)
      for (auto& label : todo.labels) label = name("PC-03 経理");
    for (auto& pc : week.silent) pc.label = name("PC-17 現場ノート"), pc.last_contact -= *rc::gen::element(0, 1) * platform::Days{40};
    if (*rc::gen::element(0, 1) == 1) week.catching_up.assign(4, name("PC-03 経理"));
    if (*rc::gen::element(0, 1) == 1) week.resting.assign(5, {name("PC-05 予備"), week.counted_at});
    for (auto& label : week.newly) label = name("PC-11");
    if (week.outage)
      for (auto& label : week.outage->missing) label = name("PC-17");
    for (const auto language : {Language::ja, Language::en}) {
      for (const auto detail : {Detail::labels, Detail::counts}) {
        const auto mail = weekly_text(week, language, detail);
        RC_ASSERT(compliance::columns_of(mail.subject) <= kSubjectColumns);
        RC_ASSERT(mail.subject.find_first_of("\r\n") == std::string::npos);
        for (const auto& line : lines_of(mail.text)) {
          RC_ASSERT(compliance::columns_of(line) <= kLineColumns);
          RC_ASSERT(line.find('\r') == std::string::npos);
          RC_ASSERT(!line.starts_with("Bcc"));
        }
      }
    }
  });
  CHECK(holds);
}

TEST_CASE("a link that verified stands in a line of its own, in text and HTML; the first mail promises none and has none") {
  const std::string url = "https://hub.example.jp/gokajo/12345678/a";
  REQUIRE(url.size() == 40);
  for (auto week : {fine_week(), action_week(), late_week(), first_week()}) {
    const bool first = week.first.has_value();
    CHECK(weekly_text(week, Language::ja).text.find("http") == std::string::npos);
    week.link = url;
    for (const auto language : {Language::ja, Language::en}) {
      const auto mail = weekly_text(week, language);
      check_form(mail);
      CHECK((mail.text.find("\n" + url + "\n") != std::string::npos) != first);
      const auto html = mail_html(mail, language);
      CHECK((html.find("<a href=\"" + url + "\"") != std::string::npos) != first);
    }
  }
}

TEST_CASE(
    "what was read of public feeds and is old is told with its age and why, and proposals that wait; nothing where there is nothing") {
  for (auto week : {fine_week(), action_week()}) {
    CHECK(weekly_text(week, Language::ja).text.find("公開の注意喚起") == std::string::npos);
    week.proposals = 1;
    for (const char* why : {"timed_out", "too_large", "denied", "malformed", "unsupported", "failed", "", "no such kind"}) {
      CAPTURE(why);
      week.old_news = OldNews{6, 123, why};
      for (const auto language : {Language::ja, Language::en}) check_form(weekly_text(week, language));
      week.old_news->days.reset();
      check_form(weekly_text(week, Language::ja));
    }
    week.old_news = OldNews{2, 9, "timed_out"};
    const auto text = weekly_text(week, Language::ja).text;
    CHECK_MESSAGE(text.find("■公開の注意喚起が9日前のまま\nです（2か所）。\n理由：相手が時間内に答えませんでした。\n") != std::string::npos,
                  text);
    CHECK_MESSAGE(text.find("■お知らせの案が1件あります。ページの\n「お知らせ」でお確かめください。\n") != std::string::npos, text);
    CHECK(text.find("急ぎませんが、") != std::string::npos);
  }
  // Whoever is asked to look at a proposal has something to do.
  auto week = fine_week();
  CHECK(weekly_text(week, Language::ja).text.find("今日していただくことは") != std::string::npos);
  week.proposals = 1;
  CHECK(weekly_text(week, Language::ja).text.find("今日していただくことは") == std::string::npos);
}

TEST_CASE(
    "a day of SECURITY ACTION is told at the end of every mail but the first, and no mail says that there is nothing to do beside one that "
    "went by") {
  using Of = DeclaringReminderOf;
  const std::pair<DeclaringReminder, const char*> told[] = {
      {{Of::review, "2026-12-24", false}, "\n年に一度の見直しの日は12月24日です。\n"},
      {{Of::review, "2026-11-20", true}, "見直しの日（11月20日）"},
      {{Of::gbizid, "2026-12-24", false}, "\nGビズIDの控えた期限は12月24日です。\n"},
      {{Of::gbizid, "2026-11-20", true}, "期限（11月20日）"},
      {{Of::policy, "2026-11-20", true}, "公開していると"},
  };
  for (const auto& [reminder, sentence] : told) {
    CAPTURE(reminder.day);
    for (auto week : {fine_week(), action_week(), late_week(), first_week()}) {
      const bool first = week.first.has_value();
      CHECK(weekly_text(week, Language::ja).text.find("SECURITY ACTION") == std::string::npos);
      week.declaring = {reminder};
      const auto mail = weekly_text(week, Language::ja);
      check_form(mail);
      check_form(weekly_text(week, Language::en));
      CHECK((mail.text.find("\n■SECURITY ACTION（自己宣言）\n") != std::string::npos) != first);
      CHECK_MESSAGE((mail.text.find(sentence) != std::string::npos) != first, mail.text);
      if (reminder.over) CHECK(mail.text.find("今日していただくことは") == std::string::npos);
    }
    auto week = fine_week();
    week.declaring = {reminder};
    CHECK((weekly_text(week, Language::ja).text.find("今日していただくことは") != std::string::npos) != reminder.over);
  }
}

TEST_CASE("in English the four mails keep their form, and with counts alone no PC is named") {
  for (const auto& week : {fine_week(), action_week(), first_week(), late_week()}) {
    check_form(weekly_text(week, Language::en));
    const auto counted = weekly_text(week, Language::ja, Detail::counts);
    check_form(counted);
    CHECK(counted.text.find("PC-") == std::string::npos);
  }
}

TEST_CASE("every sentence has both languages with the same placeholders, and every check's failure has its advice") {
  const auto& words = mail_words();
  REQUIRE(words.sentences.size() > 50);
  const auto placeholders = [](const std::string& text) {
    std::multiset<std::string> found;
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1))
      found.insert(text.substr(at, text.find('}', at) - at));
    return found;
  };
  for (const auto& [key, text] : words.sentences) {
    CAPTURE(key);
    CHECK(placeholders(text.ja) == placeholders(text.en));
    CHECK_FALSE(text.ja.empty());
    CHECK_FALSE(text.en.empty());
  }
  for (const auto& [check, situations] : words.advice)
    for (const auto& [situation, systems] : situations) CHECK_MESSAGE(systems.contains("any"), check << " " << situation);
}

TEST_CASE("the HTML part says what the text says, and what came from outside is only text in it") {
  auto week = action_week();
  week.company = "<script>alert(1)</script>";
  week.todos.front().labels = {"<b>PC</b>"};
  for (const auto language : {Language::ja, Language::en}) {
    const auto html = mail_html(weekly_text(week, language), language);
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("<b>") == std::string::npos);
    CHECK(html.find("&lt;script&gt;") != std::string::npos);
    for (const char* never : {"http", "src=", "href=", "{{"}) CHECK_MESSAGE(html.find(never) == std::string::npos, never);
  }
  const auto mail = weekly_text(action_week(), Language::ja);
  auto html = mail_html(mail, Language::ja);
  for (std::size_t at = 0; (at = html.find("<wbr>")) != std::string::npos;) html.erase(at, std::string("<wbr>").size());
  for (const auto& block : mail.blocks) {
    auto sentence = without_marks(block.sentence);
    if (const auto arrow = sentence.find("→"); arrow != std::string::npos) sentence.insert(arrow + std::string("→").size(), "\u2060");
    CHECK(html.find(sentence.starts_with("■") && block.kind == MailBlock::Kind::heading ? sentence.substr(std::string("■").size())
                                                                                        : sentence) != std::string::npos);
    for (const auto& cell : block.cells) CHECK(html.find(">" + cell + "</td>") != std::string::npos);
  }
  // For looking at: GOKAJO_MAILS names a folder.
  if (const char* folder = std::getenv("GOKAJO_MAILS")) {
    for (const auto& [name, one] :
         {std::pair{"fine", fine_week()}, {"action", action_week()}, {"first", first_week()}, {"late", late_week()}}) {
      const auto text = weekly_text(one, Language::ja);
      std::ofstream(std::string(folder) + "/" + name + ".html") << mail_html(text, Language::ja);
      const auto english = weekly_text(one, Language::en);
      std::ofstream(std::string(folder) + "/" + name + ".en.txt") << english.subject << "\n" << english.text;
    }
  }
}

}  // namespace gokajo::tests
