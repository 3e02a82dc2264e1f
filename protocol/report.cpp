#include "protocol/report.h"

#include <algorithm>

#include "compliance/evidence.h"
#include "compliance/finding_form.h"
#include "compliance/memory.h"

namespace gokajo::protocol {
namespace {

using platform::Json;

// A JSON value that is passed on as it is.
struct Raw {
  Json value;
};

struct ChangesForm {
  std::int64_t since_seq = 0;
  std::string sha256;
  Raw changes;
};
BOOST_DESCRIBE_STRUCT(ChangesForm, (), (since_seq, sha256, changes))

struct ReportForm {
  std::string format;
  std::string device;
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  platform::Time scanned_at{};
  std::string agent_version;
  PackName pack;
  std::optional<std::map<std::string, std::int64_t>> discarded;
  std::optional<bool> still_so;
  std::optional<Raw> content;
  std::optional<ChangesForm> changes;
};
BOOST_DESCRIBE_STRUCT(ReportForm, (), (format, device, epoch, seq, scanned_at, agent_version, pack, discarded, still_so, content, changes))

}  // namespace
}  // namespace gokajo::protocol

namespace gokajo::platform {

template <>
struct JsonForm<protocol::Raw> {
  static Json write(const protocol::Raw& raw) { return raw.value; }
  static Status read(const Json& json, protocol::Raw& out, const Place&) {
    out.value = json;
    return Done{};
  }
  static Json schema(SchemaDefinitions&) { return Json::object(); }
};

}  // namespace gokajo::platform

namespace gokajo::protocol {

std::string write_report(const Report& report) {
  ReportForm form{kReportFormat, report.device, report.position.epoch, report.position.seq, report.scanned_at, report.agent_version,
                  report.pack,   std::nullopt,  std::nullopt,          std::nullopt,        std::nullopt};
  if (!report.discarded.empty()) form.discarded = report.discarded;
  if (report.still_so) form.still_so = true;
  if (report.content) form.content = Raw{*report.content};
  if (report.changes) form.changes = ChangesForm{report.changes->since_seq, report.changes->sha256, {report.changes->changes}};
  return platform::to_form(form).dump();
}

platform::Result<Report> read_report(std::string_view text) {
  auto json = platform::parse_json(text, kMaxReportBytes);
  if (!json) return json.error();
  const platform::Place top{"report"};
  // The content is most of a report: it is taken out before the rest is read, so that it need not be copied.
  std::optional<Json> content;
  if (json->is_object() && json->contains("content") && !(*json)["content"].is_null()) {
    content = std::move((*json)["content"]);
    (*json)["content"] = Json::object();
  }
  ReportForm form;
  if (auto status = platform::read_form(*json, form, top); !status) return status.error();
  if (form.format != kReportFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kReportFormat + "\"");
  if (form.epoch < 1 || form.seq < 1) return platform::misplaced(top.key("seq"), "expected numbers from 1 on");
  if (form.content.has_value() == form.changes.has_value()) return platform::misplaced(top, "expected either \"content\" or \"changes\"");
  Report report{form.device, {form.epoch, form.seq}, form.scanned_at, form.agent_version, form.pack, {}, false, {}, {}};
  if (form.discarded) report.discarded = std::move(*form.discarded);
  report.still_so = form.still_so.value_or(false);
  report.content = std::move(content);
  if (form.changes) report.changes = Changes{form.changes->since_seq, form.changes->sha256, std::move(form.changes->changes.value)};
  return report;
}

Json report_schema() {
  platform::SchemaDefinitions definitions;
  Json body = platform::schema_form<ReportForm>(definitions);
  Json evidence = compliance::evidence_schema();
  for (const auto& [name, definition] : evidence["$defs"].items()) definitions[name] = definition;
  Json memory = platform::schema_form<compliance::Memory>(definitions);
  memory["properties"]["format"] = {{"const", compliance::kMemoryFormat}};
  Json findings = platform::schema_form<std::vector<compliance::JudgedFinding>>(definitions);
  // Times of observation are left out where they are those of the scan (content.h).
  auto& finding = findings["items"]["properties"]["finding"]["required"];
  finding.erase(std::find(finding.begin(), finding.end(), "observed_at"));
  auto& absence = findings["items"]["properties"]["finding"]["properties"]["absence"]["required"];
  absence.erase(std::find(absence.begin(), absence.end(), "observed_at"));
  body["properties"]["content"] = {
      {"type", "object"},
      {"properties",
       {{"evidence", {{"type", "object"}, {"properties", evidence["properties"]}, {"additionalProperties", false}}},
        {"memory", std::move(memory)},
        {"findings", std::move(findings)}}},
      {"required", {"evidence", "memory", "findings"}},
      {"additionalProperties", false}};
  body["properties"]["format"] = {{"const", kReportFormat}};
  body["oneOf"] = {{{"required", {"content"}}}, {{"required", {"changes"}}}};
  body["$defs"] = definitions;
  return body;
}

}  // namespace gokajo::protocol
