/// \file
/// What a check may be told: named whole numbers, switches and lists of names, each with a default that the check itself declares.
/// Effective settings are the check's defaults, then the pack's, then the company's policy.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gokajo::compliance {

using Setting = std::variant<std::int64_t, bool, std::vector<std::string>>;
using Settings = std::map<std::string, Setting, std::less<>>;

/// The setting of that name and type. A check asks only for what it declares, so a missing one is a broken invariant (asserted).
std::int64_t number(const Settings& settings, std::string_view name);
bool flag(const Settings& settings, std::string_view name);
const std::vector<std::string>& names(const Settings& settings, std::string_view name);

}  // namespace gokajo::compliance
