/// \file
/// What a monitoring program may know of the hub: counts over all companies, no names of any. Prometheus' text format 0.0.4, which readers
/// of OpenMetrics take too.
///
/// Who may ask: whoever brings the bearer token of hub.toml ([metrics] token_file); where none is set, this machine alone, and then not
/// through a proxy, behind which everybody comes from this machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/http.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

/// Inside a reading transaction. Errors: the store's.
platform::Result<std::string> metrics_text(Store& store, Time now);

/// `token`: empty: none is set.
bool may_read_metrics(const HttpRequest& request, std::string_view token);

/// [metrics] token_file of hub.toml; nullopt: not set. Error{malformed} names the line.
platform::Result<std::optional<std::string>> read_metrics_settings(std::string_view text);

/// A value of a label, escaped as the format wants it.
std::string metrics_label(std::string_view value);

}  // namespace gokajo::hub
