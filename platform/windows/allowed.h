/// \file
/// What Gokajo asks Windows at all: the lists registry_keys.inc, wmi_classes.inc and apis.inc. Whatever answers these questions, the
/// running system or a described one, holds to them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "platform/question_windows.h"
#include "platform/result.h"

namespace gokajo::platform {

/// A row of apis.inc. `in_probe`: a child asks it (probe.h).
struct ApiEntry {
  std::string name;
  std::chrono::seconds deadline;
  bool in_probe = false;
};

/// nullptr: no such API here. The list lives as long as the program; safe from any thread.
const ApiEntry* find_api(std::string_view name);
const std::vector<ApiEntry>& all_apis();

/// How long the class may take to answer. Error{denied}: the class, one of the properties or methods is not on the list.
Result<std::chrono::seconds> deadline_of(const AskWmi& question);

/// Whether all of the question is on the list; Error{denied} names what is not.
Status may_ask(const ReadRegistry& question);

/// Whether this value may only be known of. `key`: whole, with what lies below the key that was asked for.
bool is_known_of_only(const std::string& key, const std::string& value);

}  // namespace gokajo::platform
