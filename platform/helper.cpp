#include "platform/helper.h"

#include <initializer_list>

namespace gokajo::platform {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::vector<Helper> table() {
  std::vector<Helper> rows;
#define GOKAJO_HELPER(name, deadline_s, environment, ...) \
  rows.push_back({name, std::chrono::seconds(deadline_s), split(environment, ';'), {__VA_ARGS__}});
#include "platform/helpers.inc"
#undef GOKAJO_HELPER
  return rows;
}

}  // namespace

const std::vector<Helper>& all_helpers() {
  static const std::vector<Helper> rows = table();
  return rows;
}

const Helper* find_helper(std::string_view name) {
  for (const auto& row : all_helpers())
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace gokajo::platform
