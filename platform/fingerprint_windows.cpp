#include <windows.h>

#include <algorithm>
#include <string_view>

#include "platform/fingerprint.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"
#include "platform/windows/time.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxNames = 16384;
constexpr std::chrono::seconds kSettled{2};

class Mixer {
 public:
  explicit Mixer(Time now) : now_(now) {}

  // FNV-1a, 64 bits: no one but the owner of the files chooses what goes in.
  void add(std::string_view bytes) {
    for (const char c : bytes) value_ = (value_ ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
    value_ = (value_ ^ 0xFFU) * 1099511628211ULL;
  }
  void add(const void* bytes, std::size_t size) { add(std::string_view(static_cast<const char*>(bytes), size)); }

  void add_times(const FILETIME& made, const FILETIME& written) {
    add(&made, sizeof(made));
    add(&written, sizeof(written));
    settled_ = settled_ && time_of(written) + kSettled < now_;
  }

  bool settled() const { return settled_; }
  std::uint64_t value() const { return value_; }

 private:
  Time now_;
  std::uint64_t value_ = 14695981039346656037ULL;
  bool settled_ = true;
};

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
  mixer.add_times(information.ftCreationTime, information.ftLastWriteTime);
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
  } while (entries.size() <= kMaxNames && FindNextFileW(search, &found));
  const bool whole = entries.size() <= kMaxNames && GetLastError() == ERROR_NO_MORE_FILES;
  FindClose(search);
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return std::wstring_view(a.cFileName) < b.cFileName; });
  for (const auto& entry : entries) {
    mixer.add(utf8(entry.cFileName));
    const DWORD parts[] = {entry.dwFileAttributes, entry.nFileSizeHigh, entry.nFileSizeLow};
    mixer.add(parts, sizeof(parts));
    mixer.add_times(entry.ftCreationTime, entry.ftLastWriteTime);
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
