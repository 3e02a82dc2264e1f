/// \file
/// What the world decides and no rule: until when systems and programs are supported (lifecycle.h), and which monthly update of Windows a
/// level is (windows_levels.h). A table that came later than the program has the same form and stands in for the one compiled in: a hub
/// hands tables out like packs.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "compliance/lifecycle.h"
#include "compliance/windows_levels.h"

namespace gokajo::compliance {

inline constexpr std::size_t kMaxTableBytes = 1U << 20U;
inline constexpr const char* kLifecycleTable = "lifecycle";
inline constexpr const char* kWindowsLevelsTable = "windows-levels";

/// A table's file. `id`: one of those above; `version`: compliance/data_file.h.
struct TableFile {
  std::string id;
  std::string version;
  std::variant<std::shared_ptr<const Lifecycle>, std::shared_ptr<const WindowsLevels>> table;
};

/// Which table it is stands in its format. Error{malformed} names the place and what was expected, also where the version is none that can
/// be compared or a text holds what may drive a terminal; Error{too_large}.
platform::Result<TableFile> read_table(std::string_view text);

/// The version of the table of that id that is compiled in; empty: there is no such table.
std::string built_in_table_version(std::string_view id);

/// What a judging goes by: for each table the one compiled in, or another. Cheap to copy; any thread.
class Tables {
 public:
  const Lifecycle& lifecycle() const { return lifecycle_ ? *lifecycle_ : built_in_lifecycle(); }
  const WindowsLevels& windows_levels() const { return windows_levels_ ? *windows_levels_ : built_in_windows_levels(); }
  /// In place of what stood there.
  void put(const TableFile& file);

 private:
  std::shared_ptr<const Lifecycle> lifecycle_;
  std::shared_ptr<const WindowsLevels> windows_levels_;
};

/// Those that the judging on this thread goes by (judge.h: those of its pack); outside of one, those compiled in.
const Tables& tables_in_use();

/// For as long as it lives, on its thread. `tables` must outlive it.
class TablesInUse {
 public:
  explicit TablesInUse(const Tables& tables);
  ~TablesInUse();
  TablesInUse(const TablesInUse&) = delete;
  TablesInUse& operator=(const TablesInUse&) = delete;

 private:
  const Tables* before_;
};

}  // namespace gokajo::compliance
