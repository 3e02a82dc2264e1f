/// \file
/// Reducers cut secrets out of an answer before anything else of Gokajo sees it: what they drop can reach neither a fact nor a snapshot,
/// a log or the hub. One file each in platform/reducers/, one line in reducers.inc. A reducer that cannot make sense of its input answers
/// with an Error, never with the input.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

using Reducer = Result<std::string> (*)(std::string_view bytes);

/// The reducer of that name, or nullptr. "verbatim" keeps everything.
Reducer find_reducer(std::string_view name);

/// Whether this reducer leaves nothing finer than calendar days: then a file's own times are cut to days as well.
bool keeps_days_only(std::string_view name);

/// Whether "verbatim" may be asked for this path: it matches a pattern of verbatim_paths.inc (fnmatch, `*` does not cross `/`).
bool may_read_verbatim(const std::string& path);

}  // namespace gokajo::platform
