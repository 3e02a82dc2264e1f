#include "hub/mail/grave.h"

#include <sstream>

#include <doctest/doctest.h>

#include "compliance/layout.h"
#include "hub/mail/digest.h"
#include "hub/mail/lines.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Language;
using platform::Time;

namespace {

Time jst(const char* text, int hour) { return *platform::parse_time(text) + std::chrono::hours{hour - 9}; }

GraveMail grave(int count) {
  GraveMail mail{"山田工務店", "山田", "田中", platform::kJapanOffset, jst("2026-11-24", 14), {}, false};
  for (int i = 0; i < count; ++i)
    mail.findings.push_back({{{"PC-" + std::to_string(11 + i) + " 受付"}, "antivirus", "antivirus.active", "expired", {}, {"windows"}, {}},
                             jst("2026-11-24", 9),
                             jst("2026-11-24", 13)});
  return mail;
}

void check_form(const MailText& mail) {
  CHECK_MESSAGE(compliance::columns_of(mail.subject) <= kSubjectColumns, mail.subject);
  std::istringstream lines(mail.text);
  for (std::string line; std::getline(lines, line);) CHECK_MESSAGE(compliance::columns_of(line) <= kLineColumns, line);
  CHECK(mail.text.find('{') == std::string::npos);
  CHECK(mail.subject.find('{') == std::string::npos);
}

}  // namespace

TEST_CASE("a grave change is told after two scans an hour apart, by day") {
  auto finding = grave(1).findings.front();
  const auto now = jst("2026-11-24", 14);
  CHECK(is_confirmed(finding, now));
  finding.last_scanned = finding.since + std::chrono::minutes{59};
  CHECK_FALSE(is_confirmed(finding, now));
  finding.last_scanned = now + std::chrono::hours{1};
  CHECK_FALSE(is_confirmed(finding, now));
  CHECK(is_telling_time(jst("2026-11-24", 8), platform::kJapanOffset));
  CHECK(is_telling_time(jst("2026-11-24", 18), platform::kJapanOffset));
  CHECK_FALSE(is_telling_time(jst("2026-11-24", 19), platform::kJapanOffset));
  CHECK_FALSE(is_telling_time(jst("2026-11-24", 7), platform::kJapanOffset));
  CHECK(is_grave("antivirus.active"));
  CHECK_FALSE(is_grave("updates.security-installed"));
}

TEST_CASE("a grave mail says what and what to do; afterwards one says that it is right") {
  const auto told = grave_text(grave(1), Language::ja);
  CHECK(told.subject == "【Gokajo】急ぎ：PC-11 ウイルス対策 11/24");
  CHECK(told.text ==
        "山田工務店　山田様\n\n急いで見ていただきたいことが\n1件あります。\n\n1 PC-11 "
        "受付\n　ウイルス対策の期限が切れています。\n　→期限切れの製品を外してください。\n"
        "　（初めて確認した日：11月24日）\n\nそのまま田中さんへ転送できます。\n直ったことが確かめられたら、\nまたお知らせします。\n※自己点"
        "検の結果です。\n");
  auto mail = grave(2);
  mail.mended = true;
  const auto mended = grave_text(mail, Language::ja);
  CHECK(mended.subject == "【Gokajo】直りました：PC-11ほか1件（ウイルス対策） 11/24");
  CHECK(mended.text.find("ウイルス対策が働いています。") != std::string::npos);
  for (const int count : {1, 2, 9})
    for (const bool right : {false, true})
      for (const auto language : {Language::ja, Language::en}) {
        auto one = grave(count);
        one.mended = right;
        one.company = std::string(300, 'x');
        one.findings.front().todo.labels = {"とても長い名前のパソコンとても長い名前のパソコン"};
        check_form(grave_text(one, language));
      }
}

TEST_CASE("the adviser sees the worst company first, and every company counted") {
  Digest digest{"佐藤", platform::kJapanOffset, jst("2026-11-24", 10), jst("2026-11-30", 10), {}};
  digest.companies = {{"青木商店", 3, 0, 0, 0, 0, 0, 0, 0, true, true},
                      {"山田工務店", 20, 2, 0, 1, 0, 0, 0, 0, false, true},
                      {"伊藤設備", 8, 0, 0, 0, 0, 0, 0, 5, false, false},
                      {"無届", 4, 0, 0, 0, 0, 0, 0, 0, false, true},
                      {"鈴木電気", 6, 0, 1, 0, 3, 2, 0, 0, false, true}};
  const auto mail = digest_text(digest, Language::ja);
  CHECK(mail.subject == "【Gokajo】5社のまとめ：要対応1社 11/24");
  const auto at = [&](const char* text) { return mail.text.find(text); };
  CHECK(at("1 山田工務店\n　要対応2台・連絡なし1台／全20台\n") != std::string::npos);
  CHECK(at("山田工務店") < at("伊藤設備"));
  CHECK(at("伊藤設備\n　ご質問5件・社長に届いたか未確認／全8台") != std::string::npos);
  CHECK(at("台数のご確認") < at("青木商店"));
  CHECK(at("鈴木電気\n　会社の要対応1件・対応中3台・休止中2台") != std::string::npos);
  CHECK(at("山田工務店") < at("鈴木電気"));
  CHECK(at("青木商店\n　直すところなし／全3台") != std::string::npos);
  while (digest.companies.size() < 100)
    digest.companies.push_back({std::string(100, 'w'), 12345, 12345, 12345, 12345, 12345, 12345, 12345, 12345, false, false});
  for (const auto language : {Language::ja, Language::en}) check_form(digest_text(digest, language));
  CHECK(digest_text(digest, Language::ja).text.find("ほか60社") != std::string::npos);
}

}  // namespace gokajo::tests
