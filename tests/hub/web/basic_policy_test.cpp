#include "hub/declaring/published_page.h"
#include "hub/export/pdf.h"
#include "hub/web/layout.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

constexpr const char* kPage = "/c/yamada/basic-policy";
constexpr const char* kPublish = "/c/yamada/basic-policy/published";
const std::map<std::string, std::string> kTold = {
    {"signer", "代表取締役 山田太郎"}, {"contact", "総務"}, {"since", "2026-11-01"}, {"customers", "on"}, {"backup", "on"}};

std::map<std::string, std::string> with(const std::string& name, const std::string& value) {
  auto fields = kTold;
  fields[name] = value;
  return fields;
}

}  // namespace

TEST_CASE("five questions make a draft, to be read on the page and taken as three files") {
  Desk desk;
  const auto before = desk.browser.get(kPage);
  REQUIRE(before.status == 200);
  CHECK_FALSE(shows(before, "id=\"draft\""));
  CHECK(shows(before, "value=\"2026-11-26\""));  // today, in the company
  for (const char* file : {".txt", ".html", ".pdf"}) CHECK(desk.browser.get(std::string(kPage) + file).status == 303);
  CHECK(desk.browser.post(kPage, kTold).status == 303);
  const auto after = desk.browser.get(kPage);
  for (const char* part : {"お客様の情報を仕事に使っています", "大切なデータは別の場所に控えを取り", "制定日　2026年11月1日",
                           "代表取締役 山田太郎", "田中が2026年11月26日に答えました。"})
    CHECK_MESSAGE(shows(after, part), part);
  CHECK(shows(after, "name=\"customers\" checked"));
  CHECK_FALSE(shows(after, "name=\"staff\" checked"));
  const auto text = desk.browser.get(std::string(kPage) + ".txt");
  CHECK((text.status == 200 && text.headers.at("content-type") == "text/plain; charset=utf-8"));
  CHECK(shows(text, "情報セキュリティ基本方針\n"));
  CHECK(text.headers.at("content-disposition").find("attachment") == 0);
  const auto html = desk.browser.get(std::string(kPage) + ".html");
  CHECK((html.status == 200 && shows(html, "<h1>情報セキュリティ基本方針</h1>")));
  CHECK(html.headers.at("content-disposition").find("attachment") == 0);
  const auto pdf = desk.browser.get(std::string(kPage) + ".pdf");
  CHECK(pdf.status == (can_write_pdf() ? 200 : 501));
  CHECK(desk.did("declaring.paper"));
  const auto told = desk.browser.get("/c/yamada/record");
  for (const char* part : {"基本方針に答えた", "だれの名前で出しますか", "データの控えを取る"}) CHECK_MESSAGE(shows(told, part), part);
}

TEST_CASE("what is missing or too long is refused in plain words, and what was typed stays") {
  Desk desk;
  CHECK(refuses(desk.refused(kPage, with("signer", "")), "だれの名前で出すかを入れてください"));
  CHECK(refuses(desk.refused(kPage, with("signer", std::string(101, 'a'))), "だれの名前で出すかを入れてください"));
  CHECK(refuses(desk.refused(kPage, with("contact", std::string(101, 'a'))), "100文字まで"));
  const auto day = desk.refused(kPage, with("since", "きのう"));
  CHECK(refuses(day, "決めた日を入れてください"));
  CHECK(shows(day, "value=\"代表取締役 山田太郎\""));
  auto fields = kTold;
  fields.erase("customers");
  CHECK(refuses(desk.refused(kPage, fields), "1つ以上選んでください"));
  CHECK(desk.browser.post(kPage, with("signer", kHostile)).status == 303);
  for (const char* path : {kPage, "/c/yamada/basic-policy.html"}) CHECK_FALSE(shows(desk.browser.get(path), "<script>"));
}

TEST_CASE("an address is noted where it is one of a public page, and a look is waited for; no other is kept") {
  Desk desk;
  for (const char* address : {"http://www.example.jp/", "https://192.168.0.1/", "https://fileserver/x", "https://localhost/"}) {
    CAPTURE(address);
    const auto refused = desk.refused(kPublish, {{"address", address}});
    CHECK(refuses(refused, "社外から開けるページ"));
    CHECK(shows(refused, std::string("value=\"") + address));
  }
  CHECK(refuses(desk.refused(kPublish, {{"look", "again"}}), "社外から開けるページ"));
  CHECK(desk.browser.post(kPublish, {{"address", "https://www.example.jp/policy.html"}}).status == 303);
  CHECK(shows(desk.browser.get(kPage), "これから確かめます"));
  CHECK(shows(desk.browser.get(kPage), "value=\"again\""));
  desk.pages.write([&](Store& store) {
    return keep_look(store, *store.company("yamada"), "https://www.example.jp/policy.html", std::nullopt, Published::there,
                     desk.browser.now);
  });
  const auto page = desk.browser.get(kPage);
  CHECK(shows(page, "2026年11月26日に確かめました。下書きの文がすべてありました。"));
  CHECK_FALSE(shows(page, "これから確かめます"));
  CHECK(shows(desk.browser.get("/c/yamada/declaring"), "公開した基本方針を、2026年11月26日に社外のページで確かめました。"));
  CHECK(desk.browser.post(kPublish, {{"look", "again"}}).status == 303);
  CHECK(shows(desk.browser.get(kPage), "これから確かめます"));
}

TEST_CASE("who only looks reads the draft and changes nothing; the page is in English, too") {
  Desk desk;
  CHECK(desk.browser.post(kPage, kTold).status == 303);
  desk.browser.sign_in(desk.pages.add_person("鈴木", "yamada", Role::viewer));
  const auto page = desk.browser.get(kPage);
  CHECK(shows(page, "代表取締役 山田太郎"));
  CHECK_FALSE(shows(page, "name=\"signer\""));
  desk.browser.language = "en";
  CHECK(shows(desk.browser.get(kPage), "Take it as plain text"));
}

}  // namespace gokajo::tests
