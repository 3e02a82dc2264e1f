#include "platform/windows/taken_folder.h"

#include <aclapi.h>
#include <sddl.h>

#include <vector>

#include "platform/invoker.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

constexpr const char* kNoLists = "this disk keeps no access lists";
constexpr int kTries = 3;  // somebody may be quick enough to put another one there

// Itself, not what a link leads to. Reading the list needs no right that others' open handles (a terminal that stands in it) could forbid.
Handle open_itself(const std::string& path, DWORD access) {
  constexpr DWORD kShare = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  return Handle(CreateFileW(wide_path(path).c_str(), access | FILE_READ_ATTRIBUTES, kShare, nullptr, OPEN_EXISTING,
                            FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
}

Handle open_to_judge(const std::string& path, bool& readable) {
  auto folder = open_itself(path, READ_CONTROL);
  readable = static_cast<bool>(folder);
  return readable || GetLastError() != ERROR_ACCESS_DENIED ? std::move(folder) : open_itself(path, 0);
}

bool is_same(HANDLE one, HANDLE other) {
  BY_HANDLE_FILE_INFORMATION first{}, second{};
  return GetFileInformationByHandle(one, &first) && GetFileInformationByHandle(other, &second) &&
         first.dwVolumeSerialNumber == second.dwVolumeSerialNumber && first.nFileIndexHigh == second.nFileIndexHigh &&
         first.nFileIndexLow == second.nFileIndexLow;
}

// "20261126T150000Z"
std::string compact(Time now) {
  std::string text;
  for (const char c : format_time(now))
    if (c != '-' && c != ':') text += c;
  return text;
}

bool is_there(const std::string& path) { return GetFileAttributesW(wide_path(path).c_str()) != INVALID_FILE_ATTRIBUTES; }

int set_aside_before(const std::string& path) {
  WIN32_FIND_DATAW found{};
  const auto search = FindFirstFileW(wide_path(path + ".set-aside-*").c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return 0;
  int count = 1;
  while (count < kMostSetAside && FindNextFileW(search, &found)) ++count;
  FindClose(search);
  return count;
}

// What was judged gets the other name, and no other thing that stands there by now. Nothing that is there is replaced.
Result<std::string> set_aside(HANDLE judged, const std::string& path, Time now) {
  if (set_aside_before(path) >= kMostSetAside)
    return Error{ErrorKind::denied,
                 path + ": set aside " + std::to_string(kMostSetAside) + " times; see who keeps making it, and remove those"};
  const Handle folder = open_itself(path, DELETE | SYNCHRONIZE);
  DWORD code = folder ? ERROR_SUCCESS : GetLastError();
  if (folder && !is_same(folder.get(), judged)) return Error{ErrorKind::denied, path + ": somebody puts others in its place"};
  for (int number = 1; folder && number <= kMostSetAside; ++number) {
    const auto name = path + ".set-aside-" + compact(now) + (number > 1 ? "-" + std::to_string(number) : "");
    const auto wanted = wide_path(name);
    std::vector<std::byte> buffer(sizeof(FILE_RENAME_INFO) + wanted.size() * sizeof(wchar_t));
    auto* rename = reinterpret_cast<FILE_RENAME_INFO*>(buffer.data());
    rename->FileNameLength = static_cast<DWORD>(wanted.size() * sizeof(wchar_t));
    wanted.copy(rename->FileName, wanted.size());
    if (SetFileInformationByHandle(folder.get(), FileRenameInfo, rename, static_cast<DWORD>(buffer.size()))) return name;
    code = GetLastError();
    if (code != ERROR_ALREADY_EXISTS && code != ERROR_FILE_EXISTS) break;
  }
  return Error{ErrorKind::denied,
               path + ": not ours, and cannot be set aside (error " + std::to_string(code) + "; somebody may have it open)"};
}

Status mend(const std::string& path) {
  const Handle folder = open_itself(path, READ_CONTROL | WRITE_DAC);
  PrivateAttributes attributes;
  if (!folder || !attributes.get()) return last_windows_error(path);
  BOOL present = FALSE, defaulted = FALSE;
  PACL list = nullptr;
  if (!GetSecurityDescriptorDacl(attributes.get()->lpSecurityDescriptor, &present, &list, &defaulted)) return last_windows_error(path);
  // What is below takes it over where it took over the old one.
  const auto code = SetSecurityInfo(folder.get(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, nullptr,
                                    nullptr, list, nullptr);
  return code == ERROR_SUCCESS ? Status(Done{}) : Status(windows_error(path, code));
}

bool disk_keeps_lists(HANDLE folder) {
  DWORD flags = 0;
  return !GetVolumeInformationByHandleW(folder, nullptr, 0, nullptr, nullptr, &flags, nullptr, 0) || (flags & FILE_PERSISTENT_ACLS) != 0;
}

bool is_real_folder(HANDLE folder) {
  BY_HANDLE_FILE_INFORMATION information{};
  return GetFileInformationByHandle(folder, &information) && (information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 &&
         (information.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;
}

}  // namespace

std::optional<OwnAccess> judge_folder(HANDLE folder, const std::string& path) {
  if (keeps_no_access_lists(path)) return std::nullopt;
  if (!disk_keeps_lists(folder)) return OwnAccess{Possession::foreign, kNoLists};
  const auto found = descriptor_of(folder, path);
  if (!found) return OwnAccess{Possession::foreign, "its access list cannot be read: " + found.error().detail};
  return judge_own_access(*found, OwnPlace::kept, own_sids(person_sid()));
}

bool keeps_no_access_lists(const std::string& folder) {
  if (!is_wine()) return false;
  PrivateAttributes attributes;
  const auto name = wide_path(folder + "\\acl-" + std::to_string(GetCurrentProcessId()));
  const Handle file(CreateFileW(name.c_str(), GENERIC_WRITE | READ_CONTROL | DELETE, 0, attributes.get(), CREATE_NEW,
                                FILE_FLAG_DELETE_ON_CLOSE, nullptr));
  if (!attributes.get() || !file) return false;
  const auto written = parse_sddl(own_sddl(OwnPlace::kept, person_sid()));
  const auto read_back = descriptor_of(file.get(), folder);
  return !written || !read_back || is_access_unverifiable(true, *written, *read_back);
}

Result<TakenDirectory> take_folder(const std::string& path, Time now, const FolderJudge& judge) {
  TakenDirectory taken;
  for (int i = 0; i < kTries; ++i) {
    if (!is_there(path))
      if (auto made = own_private_directory(path); !made && made.error().kind != ErrorKind::denied) return made.error();
    bool readable = false;
    const Handle folder = open_to_judge(path, readable);
    if (!folder) {
      if (GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND) continue;
      return last_windows_error(path);
    }
    auto found = std::optional(OwnAccess{Possession::foreign, "it is a link or no folder"});
    if (is_real_folder(folder.get()))
      found = readable ? judge(folder.get(), path) : OwnAccess{Possession::foreign, "its access list may not be read"};
    taken.acl_unverifiable = !found;
    if (!found || found->possession == Possession::ours) return taken;
    if (found->possession == Possession::loose) {
      // Nobody else could have changed anything: what cannot be put right is said, and no reason to leave the PC unwatched.
      if (!taken.mended.empty()) {
        taken.stays_loose = true;
        return taken;
      }
      taken.mended = found->why;
      (void)mend(path);
      continue;
    }
    // Where no list is kept, one made anew would be no better.
    if (found->why == kNoLists) return Error{ErrorKind::denied, path + ": " + kNoLists};
    auto aside = set_aside(folder.get(), path, now);
    if (!aside) return aside.error();
    if (taken.set_aside.empty()) taken.why = found->why;
    taken.set_aside += (taken.set_aside.empty() ? "" : ", ") + *aside;
  }
  return Error{ErrorKind::denied, path + ": is never ours, however often it is made"};
}

}  // namespace gokajo::platform
