/// \file
/// A finding of one PC as something to do there (Todo, hub/mail/weekly.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/judge.h"
#include "hub/mail/weekly.h"
#include "hub/records.h"
#include "platform/result.h"

namespace gokajo::hub {

/// A failure as something to do on that PC; nullopt where an exception covers it. `content`: the kept one, for the PC's system.
std::optional<Todo> todo_of(const Device& device, const KeptFinding& kept, const platform::Result<KeptContent>& content);

/// The same of a finding that was read (nullopt: that could not be), exception or not, and without the system.
Todo todo_of(const std::string& device, const std::string& label, const KeptFinding& kept,
             const std::optional<compliance::JudgedFinding>& judged);

/// "debian", "linux" …: whose advice fits; none where nothing is kept that says so.
std::vector<std::string> systems_of(const platform::Result<KeptContent>& content);

}  // namespace gokajo::hub
