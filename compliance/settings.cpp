#include "compliance/settings.h"

#include <cassert>

namespace gokajo::compliance {
namespace {

template <class T>
const T& get(const Settings& settings, std::string_view name) {
  static const T kNone{};
  const auto found = settings.find(name);
  assert(found != settings.end());
  const T* value = found == settings.end() ? nullptr : std::get_if<T>(&found->second);
  assert(value);
  return value ? *value : kNone;
}

}  // namespace

std::int64_t number(const Settings& settings, std::string_view name) { return get<std::int64_t>(settings, name); }
bool flag(const Settings& settings, std::string_view name) { return get<bool>(settings, name); }
const std::vector<std::string>& names(const Settings& settings, std::string_view name) {
  return get<std::vector<std::string>>(settings, name);
}

}  // namespace gokajo::compliance
