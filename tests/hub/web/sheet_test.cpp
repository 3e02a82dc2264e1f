#include "compliance/collected.h"
#include "hub/company_change.h"
#include "hub/declaration_id.h"
#include "hub/owner_confirmation.h"
#include "hub/rejudging.h"
#include "protocol/schedule.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

const std::map<std::string, std::string> kCompany{{"company_name", "山田工務店"},
                                                  {"devices", "２０"},
                                                  {"responsible", "山田花子"},
                                                  {"staff_told", "on"},
                                                  {"person_in_charge", "田中"},
                                                  {"closed_days", "2026-12-29〜2027-01-03\r\n2027/8/13"},
                                                  {"schedule", "weekly mon 10:00"},
                                                  {"pack", "6kajo"},
                                                  {"inventory", "on"}};

std::map<std::string, std::string> with(std::map<std::string, std::string> fields, const std::string& name, const std::string& value) {
  fields[name] = value;
  return fields;
}

std::map<std::string, std::string> without(std::map<std::string, std::string> fields, const std::string& name) {
  fields.erase(name);
  return fields;
}

}  // namespace

TEST_CASE("the company sheet keeps what is typed, as people type it, and tells the record what changed") {
  Desk desk;
  CHECK(desk.browser.post("/c/yamada/sheet", kCompany).status == 303);
  const auto company = desk.company();
  CHECK(company.name == "山田工務店");
  CHECK(company.stated_devices == 20);
  CHECK(company.responsible == "山田花子");
  CHECK(company.staff_told == at(0));
  CHECK(company.person_in_charge == "田中");
  CHECK(company.closed_days ==
        std::vector<std::string>{"2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03", "2027-08-13"});
  CHECK(company.schedule == "weekly mon 10:00");
  CHECK(company.pack == "6kajo");
  for (const char* what : {"sheet.name", "sheet.devices", "sheet.responsible", "sheet.staff_told", "sheet.person_in_charge",
                           "sheet.closed_days", "sheet.schedule", "sheet.pack"})
    CHECK_MESSAGE(desk.did(what), what);
  CHECK_FALSE(desk.did("sheet.inventory"));
  const auto page = desk.browser.get("/c/yamada/sheet");
  for (const char* text :
       {"value=\"山田工務店\"", "value=\"20\"", "〜2027年1月3日\n2027年8月13日</textarea>", "知らせた日: 2026年11月26日"})
    CHECK_MESSAGE(shows(page, text), text);
  // Told once is told: the day stays, until it is taken back.
  desk.browser.now = at(600);
  CHECK(desk.browser.post("/c/yamada/sheet", kCompany).status == 303);
  CHECK(desk.company().staff_told == at(0));
  CHECK(desk.browser.post("/c/yamada/sheet", without(without(kCompany, "staff_told"), "inventory")).status == 303);
  CHECK_FALSE(desk.company().staff_told);
  CHECK_FALSE(compliance::wants_inventory(desk.company().policy));
  CHECK(desk.did("sheet.inventory"));
}

TEST_CASE("rejudging: after another pack, an exception or an answer the pages say how many of many PCs are left") {
  const std::pair<const char*, std::map<std::string, std::string>> changes[] = {
      {"/c/yamada/sheet", kCompany},
      {"/c/yamada/exceptions",
       {{"check", "sharing.other-services"}, {"about", ""}, {"reason", "図面の共有"}, {"owner", "田中"}, {"until", "2026-12-31"}}},
      {"/c/yamada/thresholds",
       {{"check", "updates.security-installed"},
        {"name", "max_days"},
        {"value", "30"},
        {"reason", "確認に時間がかかる"},
        {"until", "2027-03-31"}}},
      {"/c/yamada/answers", {{"question", "passwords"}, {"answer", "yes"}}}};
  for (const auto& [page, fields] : changes) {
    CAPTURE(page);
    for (const std::int64_t pcs : {kJudgedAtOnce, kJudgedAtOnce + 2}) {
      CAPTURE(pcs);
      Desk desk;
      desk.browser.now = day(2);
      Scene scene{*desk.pages.office.store};
      for (std::int64_t i = 0; i < pcs; ++i) scene.add("PC-" + std::to_string(i), day(1));
      REQUIRE(desk.browser.post(page, fields).status == 303);
      const bool some_left = pcs > kJudgedAtOnce;
      const auto shown = [&] {
        const auto sheet = shows(desk.browser.get("/c/yamada/sheet"), "いま、PCを判定し直しています（残り2台）");
        CHECK(shows(desk.browser.get("/c/yamada"), "いま、PCを判定し直しています（残り2台）") == sheet);
        return sheet;
      };
      CHECK(shown() == some_left);
      Rejudgings rejudgings(*desk.pages.office.store, nullptr, 1);
      CHECK(*rejudgings.step(day(2)) == some_left);
      CHECK_FALSE(shown());
    }
  }
  // What is judged by stays as it is.
  Desk desk;
  Scene scene{*desk.pages.office.store};
  for (int i = 0; i < 42; ++i) scene.add("PC-" + std::to_string(i), day(1));
  REQUIRE(desk.browser.post("/c/yamada/sheet", with(kCompany, "pack", "5kajo")).status == 303);
  CHECK_FALSE(*rejudgings_of(*desk.pages.store).rejudging("yamada"));
}

TEST_CASE("each field of the company sheet that cannot be so is named, and everything typed stays") {
  Desk desk;
  const struct {
    const char* field;
    std::string value;
    const char* sentence;
  } refusals[] = {{"company_name", "", "会社名を入力してください"},
                  {"company_name", std::string(101, 'x'), "会社名を入力してください"},
                  {"devices", "たくさん", "「申告台数」は、0から1000000まで"},
                  {"devices", "1000001", "「申告台数」は、0から1000000まで"},
                  {"responsible", std::string(201, 'x'), "「責任者」は1行"},
                  {"responsible", "", "「従業員に知らせました」の前に、「責任者」を"},
                  {"responsible", "a\nb", "「責任者」は1行"},
                  {"person_in_charge", std::string(201, 'x'), "「担当者」は1行"},
                  {"closed_days", "2026-12-29\n年末", "「休業日」に日付でない行"},
                  {"closed_days", "2026-02-30", "「休業日」に日付でない行"},
                  {"closed_days", "2027-01-03〜2026-12-29", "「休業日」に日付でない行"},
                  {"closed_days", "2026-01-01〜2029-01-01", "「休業日」に日付でない行"},
                  {"schedule", "hourly", "「点検の予定」を一覧から"},
                  {"pack", "7kajo", "「ルール集」を選べません"}};
  for (const auto& [field, value, sentence] : refusals) {
    INFO(field, " ", value);
    auto typed = with(with(kCompany, "person_in_charge", "佐藤 <b>"), field, value);
    const auto reply = desk.refused("/c/yamada/sheet", typed);
    CHECK(refuses(reply, sentence));
    if (std::string(field) != "person_in_charge") CHECK(shows(reply, "value=\"佐藤 &lt;b&gt;\""));
    CHECK(shows(reply, "id=\"staff_told\" name=\"staff_told\" checked"));
  }
}

TEST_CASE("every schedule that the sheet offers is one that PCs understand") {
  Desk desk;
  const auto page = desk.browser.get("/c/yamada/sheet").body;
  const auto from = page.find("<select id=\"schedule\""), end = page.find("</select>", from);
  int offered = 0;
  for (auto at = page.find("value=\"", from); at < end; at = page.find("value=\"", at + 1), ++offered) {
    const auto value = page.substr(at + 7, page.find('"', at + 7) - at - 7);
    CHECK_MESSAGE(protocol::read_schedule(value), value);
  }
  CHECK(offered >= 9);
}

TEST_CASE("another address of the owner's is not confirmed, and its number is typed in on the sheet") {
  Desk desk;
  CHECK(shows(desk.browser.get("/c/yamada/sheet"), "経営者のメールアドレスがまだありません"));
  CHECK(refuses(desk.refused("/c/yamada/sheet/confirm", {{"number", "1234"}}), "「確認番号」の前に"));
  CHECK(desk.browser.post("/c/yamada/sheet/owner", {{"owner_name", "山田"}, {"owner_mail", "yamada@example.jp"}, {"mail_detail", ""}})
            .status == 303);
  CHECK(shows(desk.browser.get("/c/yamada/sheet"), "経営者に届いたか未確認です"));
  const auto number = confirmation_of(desk.company());
  for (const char* none : {"", "12", "abcd", "12345"})
    CHECK(refuses(desk.refused("/c/yamada/sheet/confirm", {{"number", none}}), "4けたの数字です"));
  // A wrong one is counted, so that is no refusal that leaves nothing.
  const auto wrong = number == "0000" ? "0001" : "0000";
  for (int i = 0; i < kWrongNumbers; ++i) {
    const auto reply = desk.browser.post("/c/yamada/sheet/confirm", {{"number", wrong}});
    REQUIRE(reply.status == 303);
    CHECK(shows(desk.browser.get(reply.headers.at("location")), "「確認番号」が違います"));
  }
  const auto shut = desk.browser.post("/c/yamada/sheet/confirm", {{"number", number}});
  CHECK(shows(desk.browser.get(shut.headers.at("location")), "違う「確認番号」が続きました"));
  CHECK_FALSE(desk.company().confirmed);
  desk.browser.now = at(3700);
  desk.browser.get("/c/yamada/sheet");
  CHECK(desk.browser.post("/c/yamada/sheet/confirm", {{"number", number}}).status == 303);
  CHECK(desk.company().confirmed == at(3700));
  CHECK(desk.did("sheet.confirmed"));
  // The name alone changes nothing of it; another address does.
  CHECK(desk.browser.post("/c/yamada/sheet/owner", {{"owner_name", "山田太郎"}, {"owner_mail", "yamada@example.jp"}}).status == 303);
  CHECK(desk.company().confirmed);
  CHECK(desk.browser.post("/c/yamada/sheet/owner", {{"owner_name", "山田太郎"}, {"owner_mail", "taro@example.jp"}}).status == 303);
  CHECK_FALSE(desk.company().confirmed);
}

TEST_CASE("an owner's address that is none is refused, and so is a detail that is not offered") {
  Desk desk;
  for (const char* wrong : {"yamada", "yamada@", "a@b\nBcc: c@d", "山田@example.jp"}) {
    const auto reply = desk.refused("/c/yamada/sheet/owner", {{"owner_name", "山田 \"x\""}, {"owner_mail", wrong}});
    CHECK_MESSAGE(refuses(reply, "「経営者のメールアドレス」の形"), wrong);
    CHECK(shows(reply, "value=\"山田 &quot;x&quot;\""));
  }
  CHECK(refuses(desk.refused("/c/yamada/sheet/owner", {{"owner_name", "山田"}, {"mail_detail", "all"}}), "細かさ」を一覧から"));
}

// shared/people.md, section 2 (mail.detail = "counts" takes labels out of the weekly mail).
TEST_CASE("how much the weekly mail tells is kept for the company") {
  Desk desk;
  CHECK(desk.browser.post("/c/yamada/sheet/owner", {{"owner_name", ""}, {"owner_mail", ""}, {"mail_detail", "counts"}}).status == 303);
  CHECK(desk.pages.store->sheet("yamada")->mail_detail == "counts");
  CHECK(desk.did("sheet.mail_detail"));
}

// As declaring companies and advisers show it; IPA publishes no description. 11 digits, from April 2026 beginning with 5, before with 4.
TEST_CASE("a declaration ID is known by its form, whatever width its digits have") {
  CHECK(form_of_declaration(tidy_declaration("５１２３４５６７８９０")) == DeclarationForm::since_april_2026);
  CHECK(form_of_declaration(tidy_declaration("4123-4567-890")) == DeclarationForm::until_march_2026);
  CHECK(tidy_declaration(" 5 123－456ー7890 ") == "51234567890");
  for (const char* wrong : {"", "5123456789", "512345678901", "61234567890", "5123456789a", "5123456789O"})
    CHECK(form_of_declaration(tidy_declaration(wrong)) == DeclarationForm::none);
}

TEST_CASE("the declaration is noted, its review a year later where no day is given") {
  Desk desk;
  const std::string target = "/c/yamada/sheet/declaration";
  CHECK(desk.browser.post(target, {{"star", "1"}, {"declaration", "5123-4567-890"}, {"declared_on", "2026-11-20"}}).status == 303);
  auto sheet = *desk.pages.store->sheet("yamada");
  CHECK(sheet.declaration == "51234567890");
  CHECK(sheet.star == 1);
  CHECK(sheet.declared_on == "2026-11-20");
  CHECK(sheet.review_on == "2027-11-20");
  CHECK(desk.did("sheet.star"));
  auto page = desk.browser.get("/c/yamada/sheet");
  CHECK(shows(page, "2026年4月からの形です"));
  CHECK(shows(page, "2027年11月20日"));
  CHECK_FALSE(shows(page, "見直しの日を過ぎました"));
  CHECK(desk.browser.post(target, {{"star", "2"}, {"declared_on", "2024-02-29"}}).status == 303);
  CHECK(desk.pages.store->sheet("yamada")->review_on == "2025-02-28");
  page = desk.browser.get("/c/yamada/sheet");
  CHECK(shows(page, "見直しの日を過ぎました"));
  const struct {
    std::map<std::string, std::string> fields;
    const char* sentence;
  } refusals[] = {{{{"star", "1"}, {"declaration", "123"}}, "「自己宣言ID」は11桁"},
                  {{{"star", "0"}, {"declaration", "51234567890"}}, "「宣言した星」を"},
                  {{{"star", "3"}}, "「宣言した星」を"},
                  {{{"star", "1"}, {"declared_on", "昨日"}}, "「宣言日」を日付で"},
                  {{{"star", "1"}, {"declared_on", "2026-11-27"}}, "「宣言日」がまだ来ていない"},
                  {{{"star", "1"}, {"declared_on", "2026-11-20"}, {"review_on", "2025-01-01"}}, "「次の見直しの日」を"},
                  {{{"star", "1"}, {"review_on", "x"}}, "「次の見直しの日」を"}};
  for (const auto& [fields, sentence] : refusals) {
    INFO(sentence);
    CHECK(refuses(desk.refused(target, fields), sentence));
  }
  CHECK(shows(desk.refused(target, {{"star", "1"}, {"declaration", "123"}}), "value=\"123\""));
}

TEST_CASE("days are taken as people write them") {
  for (const char* typed : {"2026-12-29", "2026/12/29", "2026年12月29日", "２０２６－１２－２９", " 2026-12-29 "})
    CHECK(day_in(typed) == "2026-12-29");
  CHECK(day_in("2027/8/3") == "2027-08-03");
  for (const char* wrong : {"", "12-29", "2026-13-01", "2026-12-32", "2026-12-29-1", "26-12-29", "2026-12", "明日"})
    CHECK(day_in(wrong).empty());
  CHECK(closed_days_in("")->empty());
  CHECK(closed_days_in("2026-12-29\n2026-12-29\n\n")->size() == 1);
  const std::vector<std::string> days = {"2026-12-31", "2027-01-01", "2027-08-13"};
  CHECK(closed_days_lines(days, compliance::Language::ja) == "2026年12月31日〜2027年1月1日\n2027年8月13日");
  CHECK(closed_days_lines(days, compliance::Language::en) == "2026-12-31〜2027-01-01\n2027-08-13");
  for (const auto language : {compliance::Language::ja, compliance::Language::en})
    CHECK(closed_days_in(closed_days_lines(days, language)) == days);
  CHECK(closed_days_lines({}, compliance::Language::ja).empty());
}

TEST_CASE("the notice to the employees says what is collected, as the program has it, and whom to ask") {
  Desk desk;
  auto page = desk.browser.get("/c/yamada/sheet/notice");
  CHECK(page.status == 200);
  CHECK(shows(page, "まだ決まっていません"));
  CHECK(desk.browser.post("/c/yamada/sheet", with(kCompany, "responsible", "山田 <花子>")).status == 303);
  page = desk.browser.get("/c/yamada/sheet/notice");
  CHECK(shows(page, "山田 &lt;花子&gt;"));
  const auto& all = compliance::built_in_collected();
  const auto says = [&](const std::string& text) { return shows(page, kainjow::mustache::html_escape(text)); };
  for (const auto& text : all.never) CHECK_MESSAGE(says(text.ja), text.ja);
  for (const auto& topic : all.topics)
    for (const auto& group : topic.groups) CHECK_MESSAGE(says(group.what.ja), group.what.ja);
  for (const char* sentence : {"出勤や残業の記録にも、人の評価にも使いません", "次の点検まで", "関わります（ユーザー名など）"})
    CHECK(says(sentence));
  // Without the inventory it is not said to be collected.
  const auto inventory = std::find_if(all.topics.begin(), all.topics.end(), [](const auto& topic) { return topic.id == "inventory"; });
  REQUIRE(inventory != all.topics.end());
  CHECK(desk.browser.post("/c/yamada/sheet", without(kCompany, "inventory")).status == 303);
  page = desk.browser.get("/c/yamada/sheet/notice");
  CHECK(shows(page, "台帳（PCの機種と、入っているソフトの一覧）は集めません"));
  CHECK_FALSE(says(inventory->groups.front().what.ja));
  desk.browser.language = "en";
  CHECK(shows(desk.browser.get("/c/yamada/sheet/notice"), "What is not looked at"));
}

}  // namespace gokajo::tests
