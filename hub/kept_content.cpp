#include "hub/kept_content.h"

#include "protocol/body.h"
#include "protocol/report.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Json, platform::Result;

namespace {

// One made here may be longer than what any report may bring.
constexpr std::size_t kMaxBytes = 2 * protocol::kMaxReportBytes;

Result<Json> read(const KeptContent& kept) {
  const auto text = protocol::expand(kept.body, kMaxBytes);
  if (!text) return text.error();
  if (!kept.in_report) return platform::parse_json(*text, kMaxBytes);
  auto report = protocol::read_report(*text);
  if (!report) return report.error();
  if (!report->content) return Error{ErrorKind::malformed, "its report has none"};
  return std::move(*report->content);
}

}  // namespace

KeptContent keep_content(protocol::Position position, const Json& content, Time scanned_at, Time received_at) {
  return {position, protocol::compress(platform::to_text(content)), false, scanned_at, received_at};
}

Result<Json> content_of(const KeptContent& kept) {
  auto content = read(kept);
  if (!content) return Error{ErrorKind::failed, "store: content: " + content.error().detail};
  return content;
}

}  // namespace gokajo::hub
