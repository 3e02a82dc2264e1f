#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

std::size_t rows_on(const HttpReply& page) {
  std::size_t rows = 0;
  for (auto at = page.body.find("<tr><td>"); at != std::string::npos; at = page.body.find("<tr><td>", at + 1)) ++rows;
  return rows;
}

// The address behind 「前の記録」 or 「新しい記録」; empty: there is none.
std::string leads_to(const HttpReply& page, const std::string& words) {
  const auto end = page.body.find(words);
  if (end == std::string::npos) return {};
  const auto at = page.body.rfind("href=\"", end) + 6;
  auto address = page.body.substr(at, page.body.find('"', at) - at);
  for (auto mark = address.find("&amp;"); mark != std::string::npos; mark = address.find("&amp;")) address.replace(mark, 5, "&");
  return address;
}

}  // namespace

TEST_CASE("the record is read in pages, the newest first, and none is left out or told twice") {
  Desk desk;
  for (int i = 0; i < 250; ++i)
    desk.pages.write([&](Store& s) {
      return s.add_deed({"yamada", at(i), i % 2 == 0 ? "田中" : "佐藤", "sheet.name", "no " + std::to_string(i), "", ""});
    });
  auto page = desk.browser.get("/c/yamada/record");
  CHECK(rows_on(page) == 100);
  CHECK(shows(page, "no 249<"));
  CHECK_FALSE(shows(page, "no 149<"));
  CHECK(leads_to(page, "新しい記録").empty());
  page = desk.browser.get(leads_to(page, "前の記録"));
  CHECK(rows_on(page) == 100);
  CHECK(shows(page, "no 149<"));
  page = desk.browser.get(leads_to(page, "前の記録"));
  CHECK(rows_on(page) == 50);
  CHECK(leads_to(page, "前の記録").empty());
  CHECK_FALSE(leads_to(page, "新しい記録").empty());
}

TEST_CASE("the record is filtered by who and what, and the filter goes along from page to page") {
  Desk desk;
  for (int i = 0; i < 120; ++i) {
    desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(i), "佐藤&花子", "sheet.name", "a", "", ""}); });
    desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(i), "田中", "sheet.devices", "b", "1", "2"}); });
  }
  // The choice that stands for a name.
  const auto all = desk.browser.get("/c/yamada/record").body;
  const auto end = all.find("\">佐藤&amp;花子</option>");
  REQUIRE(end != std::string::npos);
  const auto begin = all.rfind('"', end - 1) + 1;
  auto page = desk.browser.get("/c/yamada/record?who=" + all.substr(begin, end - begin));
  CHECK(rows_on(page) == 100);
  CHECK_FALSE(shows(page, "<td>田中</td>"));
  CHECK(shows(page, "selected>佐藤&amp;花子</option>"));
  page = desk.browser.get(leads_to(page, "前の記録"));
  CHECK(rows_on(page) == 20);
  page = desk.browser.get("/c/yamada/record?what=sheet.devices");
  CHECK_FALSE(shows(page, "<td>佐藤&amp;花子</td>"));
  CHECK(shows(desk.browser.get("/c/yamada/record?what=nothing"), "あてはまる記録はありません"));
  for (const char* odd : {"?page=99999999", "?page=-1", "?page=x", "?who=%3Cscript%3E&what=%22", "?page="})
    CHECK(desk.browser.get(std::string("/c/yamada/record") + odd).status == 200);
}

TEST_CASE("the record says in words what was answered and set, and stands deeds of another version") {
  Desk desk;
  CHECK(desk.browser.post("/c/yamada/answers", {{"question", "nas"}, {"answer", "none"}}).status == 303);
  desk.pages.write([&](Store& s) {
    return s.add_deed({"yamada", at(1), kHostile, "threshold.set", "updates.security-installed max_days", "14", "30 " + kHostile});
  });
  desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(2), "x", "of.another-version", "<b>", "", ""}); });
  desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(3), "田中", "pc.rest", "2026-11-301", "", "2026-12-31 まで"}); });
  const auto page = desk.browser.get("/c/yamada/record");
  REQUIRE(page.status == 200);
  CHECK(shows(page, "2026年12月31日 まで</td>"));
  CHECK(shows(page, "<td>2026-11-301</td>"));  // a number, not a day
  for (const char* text : {"質問に答えた", "NAS（共有のハードディスク）のフォルダーは", "NASはありません", "弱点の修正を入れるまでの日数",
                           "of.another-version"})
    CHECK_MESSAGE(shows(page, text), text);
  for (const char* harm : {"<script", "<b>", "\xE2\x80\xAE"}) CHECK_FALSE(shows(page, harm));
}

TEST_CASE("the record of one company tells nothing of another, nor of the hub") {
  Desk desk;
  desk.pages.office.add_company("sato");
  desk.pages.write([&](Store& s) { return s.add_deed({"sato", at(0), "鈴木", "sheet.name", "よその会社", "", ""}); });
  desk.pages.write([&](Store& s) { return s.add_deed({"", at(0), "高橋", "hub.mail", "mail", "", ""}); });
  const auto page = desk.browser.get("/c/yamada/record");
  for (const char* foreign : {"鈴木", "よその会社", "高橋"}) CHECK_FALSE(shows(page, foreign));
}

TEST_CASE("what was done to the hub itself is told to whoever runs it, and nothing of a company") {
  Desk desk(Role::administrator, true);
  desk.pages.write([&](Store& s) { return s.add_deed({"", at(0), "高橋", "hub.mail", "mail", "", "smtp.example.jp"}); });
  desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(0), "鈴木", "sheet.name", "x", "", ""}); });
  const auto page = desk.browser.get("/hub/record");
  REQUIRE(page.status == 200);
  for (const char* text : {"高橋", "メールサーバーの設定を変えた", "サインインした", "action=\"/hub/record\""})
    CHECK_MESSAGE(shows(page, text), text);
  CHECK_FALSE(shows(page, "鈴木"));
}

}  // namespace gokajo::tests
