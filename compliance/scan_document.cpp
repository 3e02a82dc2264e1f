#include "compliance/scan_document.h"

#include "compliance/finding_form.h"

namespace gokajo::compliance {
namespace {

using platform::Json;

Json write_texts(const std::vector<Text>& texts) {
  Json ja = Json::array(), en = Json::array();
  for (const auto& text : texts) {
    ja.push_back(text.ja);
    en.push_back(text.en);
  }
  return {{"ja", ja}, {"en", en}};
}

Json write_finding(const JudgedFinding& judged, const Wording& wording, const Reader& reader) {
  const Finding& finding = judged.finding;
  const RenderedFinding rendered = render(finding, wording, reader);
  Json out = {{"check", finding.check},
              {"rule", judged.rule},
              {"required", judged.role == Role::required},
              {"verdict", platform::to_form(finding.verdict)},
              {"situation", finding.situation},
              {"parameters", platform::to_form(finding.parameters)},
              {"observed_at", platform::format_time(finding.observed_at)},
              {"text", platform::to_form(rendered.saw)}};
  Json items = Json::array();
  for (std::size_t i = 0; i < finding.items.size(); ++i) {
    Json item = {{"parameters", platform::to_form(finding.items[i])}};
    if (i < rendered.items.size()) item["text"] = platform::to_form(rendered.items[i]);
    items.push_back(std::move(item));
  }
  out["items"] = std::move(items);
  if (finding.first_seen) out["first_seen"] = platform::format_time(*finding.first_seen);
  if (finding.absence) out["absent"] = platform::to_form(*finding.absence);
  if (finding.declared) out["declared"] = true;
  if (finding.earlier) out["earlier"] = platform::to_form(*finding.earlier);
  if (rendered.why) out["why"] = platform::to_form(*rendered.why);
  if (!rendered.fix.empty()) out["fix"] = write_texts(rendered.fix);
  if (judged.exception) out["exception"] = platform::to_form(*judged.exception);
  return out;
}

}  // namespace

Json write_scan(const ScanDocument& scan, const Wording& wording, const Reader& reader) {
  Json device = Json::object();
  if (scan.evidence.device.system) device["name"] = platform::printable_utf8(scan.evidence.device.system->host_name);
  if (scan.evidence.device.os) device["os"] = platform::printable_utf8(scan.evidence.device.os->pretty_name);
  Json rules = Json::array();
  for (const auto& rule : scan.judgement.rules)
    rules.push_back({{"id", rule.id}, {"number", rule.number}, {"verdict", platform::to_form(rule.verdict)}});
  Json findings = Json::array();
  for (const auto& finding : scan.judgement.findings) findings.push_back(write_finding(finding, wording, reader));
  return {{"format", kScanFormat},
          {"scanned_at", platform::format_time(scan.scanned_at)},
          {"device", std::move(device)},
          {"pack", {{"id", scan.pack.id}, {"version", scan.pack.version}}},
          {"rules", std::move(rules)},
          {"findings", std::move(findings)},
          {"not_looked_at", platform::to_form(scan.pack.not_looked_at)},
          {"evidence", write_evidence(scan.evidence)}};
}

int exit_code(const Judgement& judgement) {
  bool open = judgement.rules.empty();
  for (const auto& rule : judgement.rules) {
    if (rule.verdict == Verdict::fail) return 1;
    open = open || rule.verdict == Verdict::unknown || rule.verdict == Verdict::ask;
  }
  return open ? 2 : 0;
}

std::vector<std::string> system_names(const Evidence& evidence) {
  std::vector<std::string> names;
  if (evidence.device.os) {
    names.push_back(evidence.device.os->id);
    names.insert(names.end(), evidence.device.os->id_like.begin(), evidence.device.os->id_like.end());
  }
  if (evidence.device.system) {
    const auto family = evidence.device.system->family;
    names.emplace_back(family == OsFamily::windows ? "windows" : family == OsFamily::macos ? "macos" : "linux");
  }
  return names;
}

}  // namespace gokajo::compliance
