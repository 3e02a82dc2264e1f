#include "hub/declaring/basic_policy.h"

#include <rapidcheck.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

#include "hub/declaring/published_page.h"
#include "hub/export/pdf.h"
#include "hub/export/policy_pdf.h"

namespace gokajo::tests {

using namespace hub;

namespace {

const PolicyTold kTold{
    "代表取締役 山田太郎", "総務 03-0000-0000", "2026-11-27", {PolicyInfo::customers, PolicyInfo::staff}, {PolicyPromise::backup}};

PolicyPaper paper(const std::string& company = "山田工務店") { return policy_paper(company, "田中", kTold); }

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

int found_in(const std::string& page) { return find_policy(paper(), page).sentences; }

}  // namespace

TEST_CASE("a draft says what was told, and no more") {
  const auto text = policy_text(paper());
  for (const char* part : {"情報セキュリティ基本方針\n", "山田工務店は、お客様の情報、働く人の情報を仕事に使っています。",
                           "田中を情報セキュリティの責任者とし", "控えを取り", "制定日　2026年11月27日\n", "代表取締役 山田太郎\n",
                           "お問い合わせ先　総務 03-0000-0000\n"})
    CHECK_MESSAGE(holds(text, part), part);
  // Neither promised nor told of.
  for (const char* part : {"取引先から", "外に頼むとき", "事故"}) CHECK_MESSAGE(!holds(text, part), part);
  CHECK(holds(policy_text(policy_paper("山田工務店", "", kTold)), "経営者が情報セキュリティに責任を持ち"));
  auto told = kTold;
  told.contact.clear();
  CHECK_FALSE(holds(policy_text(policy_paper("山田工務店", "田中", told)), "お問い合わせ先"));
  for (const char* word : {"認定", "取得", "認証"}) CHECK_FALSE(holds(text, word));
}

TEST_CASE("each promise adds its part and the yearly review stands behind them all") {
  auto told = kTold;
  told.promises.clear();
  const auto without = policy_paper("山田工務店", "田中", told).parts.size();
  for (const auto promise :
       {PolicyPromise::backup, PolicyPromise::training, PolicyPromise::outsourcing, PolicyPromise::incident, PolicyPromise::law}) {
    told.promises.insert(promise);
    const auto parts = policy_paper("山田工務店", "田中", told).parts;
    CHECK(parts.size() == without + told.promises.size());
    CHECK(parts.back().heading == "見直し");
  }
}

TEST_CASE("it is whole with who signs it, a day and something to keep") {
  CHECK(kTold.is_whole());
  for (const auto part : {0, 1, 2}) {
    auto told = kTold;
    if (part == 0) told.signer.clear();
    if (part == 1) told.since.clear();
    if (part == 2) told.infos.clear();
    CHECK_FALSE(told.is_whole());
  }
}

TEST_CASE("the page of its own holds every sentence, asks nothing of others, and what was typed in is only text in it") {
  const auto html = policy_html(policy_paper("<script>alert(1)</script>", "\"><b>", kTold));
  for (const char* never : {"<script", "<b>", "src=", "href=", "http"}) CHECK_MESSAGE(!holds(html, never), never);
  const auto own = paper();
  const auto found = find_policy(own, policy_html(own));
  CHECK(found.named);
  CHECK(found.sentences == found.of);
  CHECK(found.of >= 8);
}

TEST_CASE("a page is read as people read it") {
  const std::pair<const char*, const char*> pages[] = {
      {"<p>あ い\n　う</p>", "あいう"},
      {"<!-- あ -->い", "い"},
      {"<style>p { color: red }</style>あ<script>if (a < b) {}</script>い", "あい"},
      {"<SCRIPT>あ</SCRIPT >い", "い"},
      {"<script>あ", ""},
      {"&#12354;&#x3042;&amp;&nbsp;&lt;b&gt;", "ああ&<b>"},
      {"a&unknown;b&;c&#xD800;", "a&unknown;b&;c&#xD800;"},
      {"<p title=\"x", ""},
      {"\x82\xa0", ""},  // Shift_JIS
  };
  for (const auto& [page, text] : pages) {
    CAPTURE(page);
    CHECK(visible_text(page) == text);
  }
}

TEST_CASE("the draft is found whatever spaces and markup stand in it, and a sentence that is gone or changed is missed") {
  const auto own = paper();
  auto page = "<html><head><title>方針</title></head><body><h1>情報セキュリティ<br>基本方針</h1>" + policy_text(own) + "</body></html>";
  CHECK(find_policy(own, page).named);
  const auto all = find_policy(own, page).of;
  CHECK(found_in(page) == all);
  const std::string sentence = "ウイルス対策ソフトを使います。";
  auto without = page;
  without.erase(without.find(sentence), sentence.size());
  CHECK(found_in(without) == all - 1);
  // Another company's policy is not this one's.
  CHECK_FALSE(find_policy(paper("佐藤商店"), page).named);
  CHECK_FALSE(find_policy(own, "山田工務店のウェブサイト").named);
  // A sentence in a comment is read by nobody.
  CHECK(found_in("<!--" + page + "-->") == 0);
}

TEST_CASE("any bytes are a page") {
  const bool held = rc::check([] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "<", ">", "</", "<!--", "-->", "script", "&", "amp", "#", "x3042", "1", ";", " ", "　", "あ", "a", "\n", "\x80"));
    std::string bytes;
    for (const auto& part : parts) bytes += part;
    const auto text = visible_text(bytes);
    RC_ASSERT(text.size() <= bytes.size() * 4);
    RC_ASSERT(text.find(' ') == std::string::npos);
  });
  CHECK(held);
}

TEST_CASE("a page that is all beginnings of names is read in a moment") {
  const auto begun = std::chrono::steady_clock::now();
  CHECK(visible_text(std::string(kMaxPublishedPage, '&')).size() == kMaxPublishedPage);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
}

TEST_CASE("the PDF of a draft is one where this program can make it") {
  const auto pdf = policy_pdf(paper());
  CHECK(pdf.has_value() == can_write_pdf());
  if (pdf) CHECK(pdf->starts_with("%PDF-"));
  // For looking at: GOKAJO_PAPERS names a folder.
  if (const char* folder = std::getenv("GOKAJO_PAPERS"); folder && pdf) {
    auto told = kTold;
    told.promises = {PolicyPromise::backup, PolicyPromise::training, PolicyPromise::outsourcing, PolicyPromise::incident,
                     PolicyPromise::law};
    const auto all = policy_paper("山田工務店", "田中", told);
    if (const auto bytes = policy_pdf(all)) std::ofstream(std::string(folder) + "/policy.pdf", std::ios::binary) << *bytes;
    std::ofstream(std::string(folder) + "/policy.html", std::ios::binary) << policy_html(all);
    std::ofstream(std::string(folder) + "/policy.txt", std::ios::binary) << policy_text(all);
  }
}

}  // namespace gokajo::tests
