#include <windows.h>

#include <algorithm>
#include <string_view>

#include "platform/fingerprint.h"
#include "platform/fingerprint_mixer.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"
#include "platform/windows/time.h"

namespace gokajo::platform {
namespace {

using Mixer = FingerprintMixer;

void add_times(Mixer& mixer, const FILETIME& made, const FILETIME& written) {
  mixer.add(&made, sizeof(made));
  mixer.add(&written, sizeof(written));
  mixer.saw_change(time_of(written));
}

bool is_absence(DWORD code) {
  return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND || code == ERROR_DIRECTORY || code == ERROR_NO_MORE_FILES;
}

bool add_file(Mixer& mixer, const std::string& path) {
  const Handle file(CreateFileW(wide_path(path).c_str(), FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  if (!file) {
    mixer.add("absent");
    return is_absence(GetLastError());
  }
  BY_HANDLE_FILE_INFORMATION information{};
  if (!GetFileInformationByHandle(file.get(), &information)) return false;
  const DWORD parts[] = {information.dwFileAttributes,     information.nFileSizeHigh,  information.nFileSizeLow,
                         information.dwVolumeSerialNumber, information.nFileIndexHigh, information.nFileIndexLow};
  mixer.add(parts, sizeof(parts));
  add_times(mixer, information.ftCreationTime, information.ftLastWriteTime);
  return true;
}

bool add_entries(Mixer& mixer, const std::string& path) {
  WIN32_FIND_DATAW found{};
  const HANDLE search = FindFirstFileExW((wide_path(path) + L"\\*").c_str(), FindExInfoBasic, &found, FindExSearchNameMatch, nullptr, 0);
  if (search == INVALID_HANDLE_VALUE) return is_absence(GetLastError());
  std::vector<WIN32_FIND_DATAW> entries;
  do {
    const std::wstring_view name = found.cFileName;
    if (name != L"." && name != L"..") entries.push_back(found);
  } while (entries.size() <= kMaxFingerprintNames && FindNextFileW(search, &found));
  const bool whole = entries.size() <= kMaxFingerprintNames && GetLastError() == ERROR_NO_MORE_FILES;
  FindClose(search);
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return std::wstring_view(a.cFileName) < b.cFileName; });
  for (const auto& entry : entries) {
    mixer.add(utf8(entry.cFileName));
    const DWORD parts[] = {entry.dwFileAttributes, entry.nFileSizeHigh, entry.nFileSizeLow};
    mixer.add(parts, sizeof(parts));
    add_times(mixer, entry.ftCreationTime, entry.ftLastWriteTime);
  }
  return whole;
}

}  // namespace

std::optional<std::uint64_t> fingerprint(const std::vector<std::string>& paths, Time now) {
  Mixer mixer(now);
  mixer.add(own_sid());  // another user may see another answer
  for (const auto& path : paths) {
    mixer.add(path);
    if (!add_file(mixer, path) || !add_entries(mixer, path)) return std::nullopt;
  }
  if (!mixer.settled()) return std::nullopt;
  return mixer.value();
}

}  // namespace gokajo::platform
