#include <windows.h>
#include <shlobj.h>

#include <cctype>

#include "platform/places.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

std::string known_folder(const KNOWNFOLDERID& folder) {
  PWSTR path = nullptr;
  const auto code = SHGetKnownFolderPath(folder, KF_FLAG_DONT_VERIFY, nullptr, &path);
  const Freed<wchar_t, &CoTaskMemFree> owned(path);
  return SUCCEEDED(code) ? utf8(path) : std::string();
}

}  // namespace

std::string service_state_directory(std::string_view program) {
  return known_folder(FOLDERID_ProgramData) + (program == "gokajo-hub" ? "\\Gokajo Hub" : "\\Gokajo");
}

std::string service_settings_directory(std::string_view program) { return service_state_directory(program); }

std::string personal_state_directory(const Invoker&) {
  const auto local = known_folder(FOLDERID_LocalAppData);
  return local.empty() ? "" : local + "\\Gokajo";
}

std::optional<std::string> environment(const char* name) {
  std::wstring value(32768, L'\0');
  const auto length = GetEnvironmentVariableW(wide(name).c_str(), value.data(), static_cast<DWORD>(value.size()));
  if (length == 0 || length >= value.size()) return std::nullopt;
  value.resize(length);
  return utf8(value);
}

std::string user_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const auto value = environment(name)) return *value;
  wchar_t name[LOCALE_NAME_MAX_LENGTH] = L"";
  const auto language = MAKELCID(GetUserDefaultUILanguage(), SORT_DEFAULT);
  return LCIDToLocaleName(language, name, LOCALE_NAME_MAX_LENGTH, 0) > 0 ? utf8(name) : std::string();
}

bool is_absolute_path(std::string_view path) {
  return path.size() > 2 && std::isalpha(static_cast<unsigned char>(path[0])) != 0 && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
}

}  // namespace gokajo::platform
