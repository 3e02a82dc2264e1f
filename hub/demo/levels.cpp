#include "hub/demo/levels.h"

#include <algorithm>

namespace gokajo::hub::demo {

namespace {

constexpr std::int64_t kStep = 150;
constexpr const char* kInvented = "invented by gokajo-hub demo";

// "2026.11.1" -> "2026.11.1.1"; the last of four numbers one higher.
std::string later(const std::string& version) {
  if (std::count(version.begin(), version.end(), '.') < 3) return version + ".1";
  const auto dot = version.rfind('.') + 1;
  return version.substr(0, dot) + std::to_string(std::stoll(version.substr(dot)) + 1);
}

}  // namespace

compliance::WindowsLevels levels_until(platform::Time now) {
  auto levels = compliance::built_in_windows_levels();
  bool invented = false;
  for (auto& build : levels.builds) {
    if (build.build != kBuild) continue;
    auto last = build.levels.back();
    for (auto tuesday = compliance::second_tuesday_after(last.day); tuesday <= now; tuesday = compliance::second_tuesday_after(tuesday)) {
      last = {last.level + kStep, tuesday, "B", std::nullopt, std::nullopt, kInvented};
      build.levels.push_back(last);
      invented = true;
    }
  }
  if (!invented) return levels;
  levels.version = later(levels.version);
  levels.about["demo"] = std::string("Rows of build 26200 with the source \"") + kInvented + "\" are no updates of Microsoft's.";
  return levels;
}

}  // namespace gokajo::hub::demo
