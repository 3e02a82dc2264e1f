#include "agent/summary.h"

#include <cstdlib>

#include <fmt/format.h>

#include "compliance/layout.h"
#include "compliance/scan_document.h"
#include "platform/own_file.h"
#include "platform/places.h"
#include "platform/service_manager.h"

namespace gokajo::agent {

using compliance::padded, compliance::wrapped;

using compliance::Language, compliance::Verdict;

namespace {

constexpr std::size_t kMaxSummary = 256U << 10U;
constexpr int kColumns = 80;
constexpr int kNameColumns = 13;
// Older than this it says little of today.
constexpr auto kOld = std::chrono::hours{7 * 24};

std::string clock_time(platform::Time time, int offset_minutes, Language language) {
  const auto local = time + std::chrono::minutes{offset_minutes};
  const std::chrono::hh_mm_ss clock{local - std::chrono::floor<std::chrono::days>(local)};
  const auto hours = clock.hours().count(), minutes = clock.minutes().count();
  return language == Language::ja ? fmt::format("{}時{:02}分", hours, minutes) : fmt::format("{:02}:{:02}", hours, minutes);
}

std::string paragraph(const std::string& text) {
  std::string out;
  for (const auto& line : wrapped(text, kColumns)) out += line + "\n";
  return out;
}

}  // namespace

std::string service_directory(const std::string& named) {
  if (!named.empty()) return named;
  return platform::environment("GOKAJO_STATE").value_or(platform::service_state_directory("gokajo"));
}

Summary summary_of(const ScanResult& result) {
  Summary summary;
  summary.scanned_at = result.scanned_at;
  for (const auto& rule : result.judgement.rules) {
    summary.rules.push_back({rule.number, rule.name, rule.verdict});
    for (const auto& judged : result.judgement.findings) {
      const auto& finding = judged.finding;
      if (judged.rule != rule.id || judged.role != compliance::Role::required || finding.verdict == Verdict::pass ||
          finding.verdict == Verdict::not_applicable)
        continue;
      const auto& wording = compliance::built_in_wording();
      const auto found = wording.find(finding.check);
      summary.checks.push_back({finding.check, rule.number,
                                found == wording.end() ? compliance::Text{finding.check, finding.check} : found->second.name,
                                finding.verdict});
    }
  }
  return summary;
}

std::string write_summary(const Summary& summary) { return platform::to_form(summary).dump(1) + "\n"; }

platform::Result<Summary> read_summary(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxSummary);
  if (!json) return json.error();
  Summary summary;
  const platform::Place top{"summary"};
  if (auto status = platform::read_form(*json, summary, top); !status) return status.error();
  if (summary.format != kSummaryFormat) return platform::misplaced(top.key("format"), std::string("expected ") + kSummaryFormat);
  return summary;
}

platform::Result<Summary> service_summary(const std::string& directory) {
  const auto text = platform::read_own_file(directory + "/summary.json", kMaxSummary);
  return text ? read_summary(*text) : platform::Result<Summary>(text.error());
}

std::string render_summary(const Summary& summary, Language language, int offset_minutes, platform::Time now) {
  const bool ja = language == Language::ja;
  const compliance::Reader reader{offset_minutes, {}};
  const auto shown = [](const compliance::Text& text, Language in) { return platform::printable_utf8(text.in(in)); };
  const auto when = compliance::render_day(summary.scanned_at, language, reader) + (ja ? "　" : " ") +
                    clock_time(summary.scanned_at, offset_minutes, language);
  std::string out =
      ja ? "このPCの自己点検（サービスの最後の結果）　" + when + "\n" : "Self-check of this PC (the service's last result), " + when + "\n";
  for (const auto& rule : summary.rules) {
    out += fmt::format("{} {} [{}]\n", rule.number, padded(shown(rule.name, language), ja ? kNameColumns : 24),
                       compliance::verdict_name(rule.verdict, language));
    for (const auto& check : summary.checks)
      if (check.rule == rule.number)
        out += fmt::format("   {}: {}\n", compliance::verdict_name(check.verdict, language), shown(check.name, language));
  }
  if (now - summary.scanned_at > kOld || summary.scanned_at - now > std::chrono::hours{24})
    out += paragraph(ja ? "この結果は1週間より前のものです。点検が止まっていないか、担当者にお知らせください。"
                        : "This result is more than a week old. Tell the person in charge: the checking may have stopped.");
  if (summary.not_arriving)
    out += paragraph(
        ja ? "点検の結果が報告先に届いていません（7日以上）。このPCがネットにつながっているか確かめ、担当者にお知らせください。"
           : "Results have not reached the place they are reported to for more than 7 days. See whether this PC is on the network and "
             "tell the person in charge.");
  out +=
      paragraph((ja ? "名前や場所などの詳しい内容は、管理者だけが見られます: " : "What exactly was found only an administrator may see: ") +
                platform::as_administrator("gokajo scan"));
  return out;
}

int exit_code(const Summary& summary) {
  compliance::Judgement judgement;
  for (const auto& rule : summary.rules) judgement.rules.push_back({"", rule.number, rule.name, rule.verdict});
  return compliance::exit_code(judgement);
}

}  // namespace gokajo::agent
