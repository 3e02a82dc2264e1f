#include "compliance/tables.h"

#include "compliance/data_file.h"
#include "platform/json_form.h"

namespace gokajo::compliance {

using platform::Error, platform::ErrorKind, platform::misplaced, platform::Place, platform::Result;

namespace {

const Tables kBuiltIn;
thread_local const Tables* in_use = &kBuiltIn;

template <class T>
Result<TableFile> file_of(const char* id, Result<T> read) {
  if (!read) return read.error();
  if (!is_data_version(read->version)) return misplaced(Place{"version"}, "expected numbers such as 2026.11.1");
  auto version = read->version;
  return TableFile{id, std::move(version), std::make_shared<const T>(std::move(*read))};
}

}  // namespace

Result<TableFile> read_table(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxTableBytes);
  if (!json) return json.error();
  const auto format =
      json->is_object() && json->contains("format") && json->at("format").is_string() ? json->at("format").get<std::string>() : "";
  if (format != kLifecycleFormat && format != kWindowsLevelsFormat)
    return misplaced(Place{"format"}, std::string("expected \"") + kLifecycleFormat + "\" or \"" + kWindowsLevelsFormat + "\"");
  if (auto status = only_plain_texts(*json, Place{}); !status) return status.error();
  return format == kLifecycleFormat ? file_of(kLifecycleTable, read_lifecycle(text))
                                    : file_of(kWindowsLevelsTable, read_windows_levels(text));
}

std::string built_in_table_version(std::string_view id) {
  if (id == kLifecycleTable) return built_in_lifecycle().version;
  if (id == kWindowsLevelsTable) return built_in_windows_levels().version;
  return {};
}

void Tables::put(const TableFile& file) {
  if (const auto* lifecycle = std::get_if<std::shared_ptr<const Lifecycle>>(&file.table)) lifecycle_ = *lifecycle;
  if (const auto* levels = std::get_if<std::shared_ptr<const WindowsLevels>>(&file.table)) windows_levels_ = *levels;
}

const Tables& tables_in_use() { return *in_use; }

TablesInUse::TablesInUse(const Tables& tables) : before_(in_use) { in_use = &tables; }
TablesInUse::~TablesInUse() { in_use = before_; }

}  // namespace gokajo::compliance
