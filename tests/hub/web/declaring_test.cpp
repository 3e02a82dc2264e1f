#include "hub/declaring/to_do.h"
#include "hub/web/layout.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

constexpr const char* kPage = "/c/yamada/declaring";

std::string step_of(const HttpReply& page, const std::string& id) {
  const auto begin = page.body.find("<section id=\"step-" + id + "\"");
  REQUIRE_MESSAGE(begin != std::string::npos, id);
  return page.body.substr(begin, page.body.find("</section>", begin) - begin);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

DeclaringFacts said(Desk& desk) {
  DeclaringFacts facts;
  set_said(*desk.pages.store->declarations("yamada"), desk.browser.now, facts);
  return facts;
}

void put_sheet(Desk& desk, std::int64_t star, const std::string& id, const std::string& review_on = "") {
  desk.pages.write([&](Store& store) {
    auto sheet = *store.sheet("yamada");
    sheet.star = star;
    sheet.declaration = id;
    sheet.review_on = review_on;
    return store.put_sheet(sheet);
  });
}

}  // namespace

TEST_CASE("the way to a star begins with the GビズID, and a person says with a name and a day what no PC shows") {
  Desk desk;
  const auto before = desk.browser.get(kPage);
  REQUIRE(before.status == 200);
  for (const char* sentence : {"一つ星まで：することは3つあります。", "次にすること：<a href=\"#step-gbizid\">", "自分で宣言する",
                               "2026年11月時点", "審査をするものではありません", "いま申し込めるとわかっている募集はありません。"})
    CHECK_MESSAGE(shows(before, sentence), sentence);
  CHECK(holds(step_of(before, "gbizid"), "次はこれです"));
  CHECK_FALSE(holds(step_of(before, "rules"), "次はこれです"));
  CHECK(holds(step_of(before, "questions"), "25問のうち0問"));
  CHECK(desk.browser.post(kPage, {{"step", "gbizid"}, {"said", "done"}, {"until", "2028-10-31"}}).status == 303);
  const auto after = desk.browser.get(kPage);
  const auto first = step_of(after, "gbizid");
  for (const char* sentence : {"済み", "自己申告", "田中", "2026年11月26日", "2028年10月31日"})
    CHECK_MESSAGE(holds(first, sentence), sentence);
  CHECK(holds(step_of(after, "rules"), "次はこれです"));
  CHECK(shows(after, "3つのうち1つ"));
  CHECK(desk.did("declaring.said"));
  CHECK(shows(desk.browser.get("/c/yamada/record"), "★の宣言の手順を記録した"));
  CHECK(shows(desk.browser.get("/c/yamada/record"), "GビズID（プライムかメンバー）を用意します"));
  // Without a day it is asked again in a year.
  CHECK(desk.browser.post(kPage, {{"step", "rules"}, {"said", "done"}}).status == 303);
  CHECK(said(desk).counting.at(DeclaringStep::rules).until == *platform::parse_time("2027-11-26"));
  CHECK(shows(desk.browser.get(kPage), "一つ星を宣言する用意ができています。"));
  CHECK(desk.browser.post(kPage, {{"step", "gbizid"}, {"said", "open"}}).status == 303);
  CHECK_FALSE(said(desk).counting.contains(DeclaringStep::gbizid));
}

TEST_CASE("what the company sheet holds ticks its steps by itself, with the number and what it shows") {
  Desk desk;
  put_sheet(desk, 1, "51234567890");
  auto page = desk.browser.get(kPage);
  CHECK(holds(step_of(page, "star_one"), "51234567890"));
  CHECK(holds(step_of(page, "star_one"), "番号が実在するかは確かめていません"));
  CHECK(holds(step_of(page, "gbizid"), "5で始まる自己宣言ID"));
  CHECK(shows(page, "一つ星を宣言した控えがあります。"));
  put_sheet(desk, 1, "41234567890");
  page = desk.browser.get(kPage);
  CHECK(holds(step_of(page, "star_one"), "2026年3月までの形"));
  CHECK(holds(step_of(page, "gbizid"), "まだ"));
  put_sheet(desk, 1, "");
  CHECK(holds(step_of(desk.browser.get(kPage), "star_one"), "自己宣言IDがまだないので"));
}

TEST_CASE("a step that no person says, a day that cannot be and any other word change nothing and say so") {
  Desk desk;
  CHECK(refuses(desk.refused(kPage, {{"step", "star_one"}, {"said", "done"}}), "その手順は記録できません"));
  CHECK(refuses(desk.refused(kPage, {{"step", kHostile}, {"said", "done"}}), "その手順は記録できません"));
  CHECK(refuses(desk.refused(kPage, {{"step", "policy"}, {"said", "maybe"}}), "その手順は記録できません"));
  for (const char* until : {"2026-11-25", "2026-13-01", "2099-01-01", "tomorrow"}) {
    CAPTURE(until);
    const auto refused = desk.refused(kPage, {{"step", "gbizid"}, {"said", "done"}, {"until", until}});
    CHECK(refuses(refused, "今日から5年以内"));
  }
  const auto hostile = desk.refused(kPage, {{"step", "gbizid"}, {"said", "done"}, {"until", kHostile}});
  CHECK_FALSE(shows(hostile, "<script>"));
}

TEST_CASE("who only looks sees the steps and cannot say anything; the page is found from others, in both languages") {
  Desk desk(Role::viewer);
  const auto page = desk.browser.get(kPage);
  CHECK(page.status == 200);
  CHECK_FALSE(shows(page, "name=\"said\""));
  CHECK_FALSE(shows(page, "/sheet#"));
  CHECK(shows(desk.browser.get("/c/yamada"), "href=\"/c/yamada/declaring\""));
  Desk keeper;
  CHECK(shows(keeper.browser.get("/c/yamada/sheet"), "href=\"/c/yamada/declaring\""));
  desk.browser.language = "en";
  const auto english = desk.browser.get(kPage);
  CHECK(shows(english, "To one star: 3 things to do."));
  CHECK_FALSE(shows(english, "まだ"));
}

TEST_CASE("an end that went by is told on the company's page and here, and the step is open again") {
  Desk desk;
  CHECK(desk.browser.post(kPage, {{"step", "gbizid"}, {"said", "done"}, {"until", "2026-12-20"}}).status == 303);
  CHECK(shows(desk.browser.get(kPage), "GビズIDの控えた期限は2026年12月20日です。"));
  CHECK(shows(desk.browser.get("/c/yamada"), "期限の近い日か過ぎた日があります"));
  desk.browser.now = at(86400 * 27);
  desk.browser.sign_in(desk.pages.add_person("鈴木", "yamada", Role::owner));
  const auto page = desk.browser.get(kPage);
  CHECK(shows(page, "GビズIDの控えた期限（2026年12月20日）を過ぎました。"));
  CHECK(holds(step_of(page, "gbizid"), "期限を過ぎたので、済みとしていません"));
}

}  // namespace gokajo::tests
