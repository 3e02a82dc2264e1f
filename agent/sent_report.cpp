#include "agent/sent_report.h"

#include "agent/outbox.h"
#include "platform/own_file.h"
#include "protocol/body.h"
#include "protocol/content.h"
#include "protocol/report.h"

namespace gokajo::agent {
namespace {

using platform::Error, platform::ErrorKind, platform::Json, platform::Result;

// Of "people{}" the name is "people"; every member of the map is looked into.
bool holds(const Json& at, std::string_view rest) {
  if (at.is_object() && at.contains("absent")) return false;
  if (at.is_object() && at.contains("value") && !rest.starts_with("value")) return holds(at["value"], rest);
  if (rest.empty()) return !at.is_null() && !((at.is_array() || at.is_object()) && at.empty());
  if (rest.starts_with("[]") || rest.starts_with("{}")) {
    if (rest.starts_with("[]") ? !at.is_array() : !at.is_object()) return false;
    auto inner = rest.substr(2);
    if (inner.starts_with('.')) inner.remove_prefix(1);
    for (const auto& entry : at)
      if (holds(entry, inner)) return true;
    return false;
  }
  if (!at.is_object()) return false;
  const auto end = rest.find_first_of(".[{");
  const auto member = at.find(std::string(rest.substr(0, end)));
  if (member == at.end()) return false;
  auto inner = end == std::string_view::npos ? std::string_view() : rest.substr(end);
  if (inner.starts_with('.')) inner.remove_prefix(1);
  return holds(*member, inner);
}

// The member of any fact anywhere.
bool holds_anywhere(const Json& at, const std::string& member) {
  if (!at.is_structured()) return false;
  if (at.is_object() && at.contains(member) && (at.contains("value") || at.contains("absent"))) return true;
  for (const auto& entry : at)
    if (holds_anywhere(entry, member)) return true;
  return false;
}

}  // namespace

Result<SentReport> last_sent_report(const std::string& directory, const Enrolment& enrolment) {
  const auto body = platform::read_own_file(directory + "/last-sent.report", protocol::kMaxReportBytes);
  if (!body) return body.error();
  const auto text = protocol::expand(*body, protocol::kMaxReportBytes);
  if (!text) return text.error();
  auto report = protocol::read_report(*text);
  if (!report) return report.error();
  if (report->device != enrolment.device || report->position.epoch != enrolment.epoch)
    return Error{ErrorKind::not_found, "last-sent.report: of an earlier enrolment"};
  SentReport sent{report->scanned_at, nullptr};
  auto content = std::move(report->content);
  if (report->changes) {
    const auto base = told_in_full(directory, report->position.epoch, report->changes->since_seq);
    auto whole = base ? protocol::apply_changes(*base, report->changes->changes, protocol::kMaxReportBytes) : Result<Json>(base.error());
    if (whole && protocol::content_sha256(*whole) == report->changes->sha256) content = std::move(*whole);
  }
  if (content && content->is_object() && content->contains("evidence")) sent.evidence = std::move((*content)["evidence"]);
  return sent;
}

bool holds_field(const Json& evidence, std::string_view field) {
  if (field.starts_with("*.")) return holds_anywhere(evidence, std::string(field.substr(2)));
  return holds(evidence, field);
}

}  // namespace gokajo::agent
