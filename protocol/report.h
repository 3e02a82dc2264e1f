/// \file
/// The report: one scan of one device, numbered. It holds no rendered text. Form: docs/schema/report.schema.json.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "platform/json_form.h"
#include "protocol/signed_request.h"

namespace gokajo::protocol {

inline constexpr const char* kReportFormat = "gokajo-report/1";
inline constexpr std::size_t kMaxReportBytes = 4U << 20U;  ///< of the JSON text, before compression

struct PackName {
  std::string id;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(PackName, (), (id, version))

/// Instead of a content: what became of the content of an earlier report of the same epoch that was sent in full. `sha256`: of the content
/// that must result.
struct Changes {
  std::int64_t since_seq = 0;
  std::string sha256;
  platform::Json changes = platform::Json::array();
};

/// Either `content` (in full) or `changes`. `discarded`: how many reports of this epoch were dropped before the hub had them, by reason.
/// `still_so`: nothing that decides a verdict is another than in the report before.
struct Report {
  std::string device;
  Position position;
  platform::Time scanned_at{};
  std::string agent_version;
  PackName pack;
  std::map<std::string, std::int64_t> discarded;
  bool still_so = false;
  std::optional<platform::Json> content;
  std::optional<Changes> changes;
};

std::string write_report(const Report& report);

/// Error{malformed, too_large} names the place. The content is not looked into: that is read_content().
platform::Result<Report> read_report(std::string_view text);

/// JSON Schema 2020-12 of write_report(), with that of a content in full.
platform::Json report_schema();

}  // namespace gokajo::protocol
