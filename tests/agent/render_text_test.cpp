#include "agent/render_text.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "compliance/layout.h"

namespace gokajo::tests {

using namespace agent;
using namespace compliance;

namespace {

std::string golden(const std::string& name) {
  std::ifstream file(GOKAJO_SOURCE_DIR "/tests/agent/golden/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

platform::Time at(const char* time) { return *platform::parse_time(time); }

// A check that says one sentence, with the rule it belongs to.
struct Said {
  const char* rule;
  const char* check;
  Verdict verdict;
  const char* saw;
  const char* why;
};

struct Made {
  ScanResult scan;
  Wording wording;
};

Made made(const std::vector<Said>& said) {
  Made out;
  auto& scan = out.scan;
  scan.scanned_at = at("2026-11-24T00:02:00Z");
  scan.evidence.device.system = fact(System{OsFamily::windows, "PC-09 設計", "", "", "", true, {}}, "", scan.scanned_at);
  scan.evidence.device.os = fact(OsRelease{.pretty_name = "Windows 11 Pro 25H2"}, "", scan.scanned_at);
  scan.pack = *built_in_pack("5kajo");
  scan.pack.extras.clear();
  std::vector<PackQuestion> settling;
  for (auto& question : scan.pack.questions)
    if (question.settles) settling.push_back(question);
  for (const auto& row : said) {
    out.wording[row.check] = {
        {row.check, row.check}, {}, {}, {{"s", {row.verdict, {row.saw, row.saw}, {}, Text{row.why, row.why}, {}, {}}}}};
    Finding finding = conclude(row.verdict, "s", scan.scanned_at);
    finding.check = row.check;
    if (row.verdict == Verdict::fail) finding.first_seen = at("2026-11-09T01:00:00Z");
    scan.judgement.findings.push_back({finding, row.rule, Role::required, {}});
  }
  for (const auto& rule : scan.pack.rules) {
    std::vector<Verdict> required;
    for (const auto& finding : scan.judgement.findings)
      if (finding.rule == rule.id) required.push_back(finding.finding.verdict);
    scan.judgement.rules.push_back({rule.id, rule.number, rule.name, combine_required(required)});
  }
  return out;
}

Made golden_scan() {
  return made({{"updates", "updates.security-installed", Verdict::unknown, "Windows Updateが10分以内に答えませんでした。",
                "危険という意味ではありません。明日9時に自動で調べ直します。操作は不要です。前の答え（11月12日、未適用なし）は7日を過ぎたた"
                "め使いません。"},
               {"antivirus", "antivirus.active", Verdict::pass, "Microsoft Defenderが動作中、定義は11月24日のものです。", ""},
               {"passwords", "passwords.length", Verdict::ask,
                "このPCに文字数の決まりがありません。今のパスワードが弱いという意味ではありません（中身は見ていません）。", ""},
               {"sharing", "sharing.guest-access-off", Verdict::fail,
                "「見積」フォルダーを、社内のネットにつながる人はパスワードなしで書き換えられます。", ""},
               {"threats", "threats.briefing-read", Verdict::ask, "秋のお知らせ（3分）が未読です。期限は12月31日です。", ""}});
}

std::string text_of(const Made& scan, Language language, TextForm form = {}) {
  return render_text(make_report(scan.scan, scan.wording, Reader{540, {"windows"}}, language), form);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The text without its line breaks and indents.
std::string unbroken(const std::string& text) {
  std::string out;
  for (auto& line : lines_of(text)) out += line.substr(std::min(line.size(), line.find_first_not_of(' ')));
  return out;
}

}  // namespace

TEST_CASE("a scan reads as it was promised to a person") {
  const std::string text = text_of(golden_scan(), Language::ja);
  const std::string promised = golden("scan-ja.txt");
  REQUIRE_FALSE(promised.empty());
  CHECK(text.substr(0, promised.size()) == promised);
  const auto rest = lines_of(text.substr(std::min(text.size(), promised.size())));
  REQUIRE(rest.size() >= 3);
  CHECK(rest.back() == "調べていないもの: その他のソフト、スマホ、NAS、複合機、クラウド");
  CHECK(unbroken(text).find("調べた範囲: このPCの5項目（更新、ウイルス対策、パスワード、共有設定、手口を知る）。") != std::string::npos);
}

TEST_CASE("no line of a scan is wider than 80 columns, or than the terminal") {
  for (const auto language : {Language::ja, Language::en})
    for (int columns : {40, 60, 80, 200}) {
      CAPTURE(columns);
      for (const auto& line : lines_of(text_of(golden_scan(), language, {columns, false}))) {
        CAPTURE(line);
        // A command to be typed stays whole.
        if (line.find("gokajo ") == std::string::npos) CHECK(compliance::columns_of(line) <= std::min(columns, 80));
      }
    }
}

TEST_CASE("colour changes no word and no break") {
  std::string coloured = text_of(golden_scan(), Language::ja, {80, true});
  CHECK(coloured.find("\x1b[1;31m[要対応]\x1b[0m") != std::string::npos);
  for (auto escape = coloured.find('\x1b'); escape != std::string::npos; escape = coloured.find('\x1b'))
    coloured.erase(escape, coloured.find('m', escape) - escape + 1);
  CHECK(coloured == text_of(golden_scan(), Language::ja));
}

TEST_CASE("a name on the PC cannot move the cursor") {
  auto scan = golden_scan();
  scan.scan.evidence.device.system->host_name = "PC\x1b]0;x\x07";
  scan.scan.evidence.device.os->pretty_name = "Debian\r\x1b[2J";
  const std::string text = text_of(scan, Language::ja);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
}

TEST_CASE("an exception is marked with its reason and its last day, and stays 要対応") {
  auto scan = golden_scan();
  scan.scan.judgement.findings[3].exception =
      PolicyException{"sharing.guest-access-off", {}, "複合機の買い替えまで", "田中", at("2027-03-31T00:00:00Z")};
  const std::string text = text_of(scan, Language::ja);
  CHECK(text.find("[要対応]") != std::string::npos);
  CHECK(unbroken(text).find("（例外、2027年3月31日まで: 複合機の買い替えまで）。") != std::string::npos);
}

TEST_CASE("what rests on a person's answer says so") {
  auto scan = golden_scan();
  scan.scan.judgement.findings[1].finding.declared = true;
  CHECK(text_of(scan, Language::ja).find("（自己申告）。") != std::string::npos);
  CHECK(text_of(scan, Language::en).find("(self-declared)") != std::string::npos);
}

}  // namespace gokajo::tests
