/// \file
/// What collectors of Windows take out of registry keys and rows: a value of the type its documentation promises, or why there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/host.h"

namespace gokajo::collectors {

/// nullopt: the value is not there. Error{malformed}: it is of another type.
platform::Result<std::optional<std::int64_t>> number_in(const platform::Row& row, const std::string& name);
platform::Result<std::optional<std::string>> text_in(const platform::Row& row, const std::string& name);
platform::Result<std::optional<bool>> truth_in(const platform::Row& row, const std::string& name);

/// Why a column of an API's row is missing ("<name>_error", platform/windows/apis.inc); not_asked where nothing says.
platform::Error missing_in(const platform::Row& row, const std::string& name);

/// The values of the key itself (of those the question named). A key that is not there is a row without values.
platform::Seen<platform::Row> values_of(const platform::Host& host, const platform::ReadRegistry& question);

}  // namespace gokajo::collectors
