#include "collectors/installed_software_windows.h"

#include <algorithm>
#include <array>

#include "collectors/rows.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::WindowsProfile;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadRegistry, platform::RegistryView, platform::Row,
    platform::Seen;

namespace {

constexpr const char* kPath = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
constexpr const char* kOfPc = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";

// An installer may write anything: a value of another type is as good as none. But a program whose name cannot be read may be any.
std::string word(const Row& row, const char* name) {
  const auto text = text_in(row, name);
  return text && *text ? **text : "";
}

bool is_update(const Row& row) {
  static constexpr std::array<std::string_view, 5> kKinds = {"Update", "Security Update", "Hotfix", "Update Rollup", "Service Pack"};
  return !word(row, "ParentKeyName").empty() || std::find(kKinds.begin(), kKinds.end(), word(row, "ReleaseType")) != kKinds.end();
}

std::optional<Error> take(const Host& host, ReadRegistry question, InstalledFor where, Seen<InstalledEntries>& into) {
  question.values = {"DisplayName", "DisplayVersion", "Publisher", "SystemComponent", "ParentKeyName", "ReleaseType"};
  question.depth = 1;
  const auto seen = ask(host, question);
  if (!seen && seen.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!seen) return seen.error();
  if (!seen->denied.empty()) return Error{ErrorKind::denied, question.key + "\\" + seen->denied.front()};
  ++into.result->lists;
  into.observed_at = seen.observed_at;
  for (const auto& key : seen->keys) {
    if (!text_in(key.values, "DisplayName")) return Error{ErrorKind::malformed, question.key + "\\" + key.path + ": DisplayName"};
    InstalledEntry entry{
        key.path, word(key.values, "DisplayName"), word(key.values, "DisplayVersion"), word(key.values, "Publisher"), false, where};
    if (key.path.empty() || entry.name.empty() || is_update(key.values)) continue;
    const auto component = number_in(key.values, "SystemComponent");
    entry.component = component && *component == 1;
    into.result->entries.push_back(std::move(entry));
  }
  return std::nullopt;
}

}  // namespace

Seen<InstalledEntries> installed_entries_windows(const Host& host, const Fact<std::vector<WindowsProfile>>& people) {
  Seen<InstalledEntries> found{InstalledEntries{}, kOfPc, people.observed_at};
  for (const auto& [view, where] :
       {std::pair{RegistryView::bits64, InstalledFor::everybody64}, std::pair{RegistryView::bits32, InstalledFor::everybody32}})
    if (auto problem = take(host, ReadRegistry{.key = kOfPc, .values = {}, .view = view}, where, found))
      return {std::move(*problem), found.source, found.observed_at};
  if (!people) return {Error{people.absent, people.detail}, people.source, people.observed_at};
  for (const auto& person : *people)
    if (auto problem = take(host, ReadRegistry{.key = "HKU\\" + person.sid + kPath, .values = {}}, InstalledFor::one_person, found))
      return {std::move(*problem), "HKU\\" + person.sid + kPath, found.observed_at};
  if (found->lists == 0) return {Error{ErrorKind::not_found, kOfPc}, found.source, found.observed_at};
  return found;
}

}  // namespace gokajo::collectors
