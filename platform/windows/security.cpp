#include "platform/windows/security.h"

#include <aclapi.h>
#include <sddl.h>

#include "platform/own_access.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

std::vector<std::byte> token_information(TOKEN_INFORMATION_CLASS what) {
  Handle token;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.place())) return {};
  DWORD size = 0;
  GetTokenInformation(token.get(), what, nullptr, 0, &size);
  std::vector<std::byte> bytes(size);
  if (size == 0 || !GetTokenInformation(token.get(), what, bytes.data(), size, &size)) return {};
  return bytes;
}

}  // namespace

std::string sid_text(PSID sid) {
  LPWSTR text = nullptr;
  if (!sid || !IsValidSid(sid) || !ConvertSidToStringSidW(sid, &text)) return {};
  const LocalPointer<wchar_t> owned(text);
  return utf8(text);
}

std::string own_sid() {
  const auto bytes = token_information(TokenUser);
  return bytes.empty() ? std::string() : sid_text(reinterpret_cast<const TOKEN_USER*>(bytes.data())->User.Sid);
}

bool is_elevated() {
  const auto bytes = token_information(TokenElevation);
  return bytes.size() >= sizeof(TOKEN_ELEVATION) && reinterpret_cast<const TOKEN_ELEVATION*>(bytes.data())->TokenIsElevated != 0;
}

const std::vector<std::string>& trusted_sids() {
  static const std::vector<std::string> sids = {"S-1-5-18", "S-1-5-32-544", own_sid()};
  return sids;
}

Result<SecurityDescriptor> descriptor_of(HANDLE file, const std::string& path) {
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  constexpr SECURITY_INFORMATION kWanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  const auto code = GetSecurityInfo(file, SE_FILE_OBJECT, kWanted, nullptr, nullptr, nullptr, nullptr, &descriptor);
  if (code != ERROR_SUCCESS) return windows_error(path, code);
  const LocalPointer<void> owned(descriptor);
  LPWSTR text = nullptr;
  if (!ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1, kWanted, &text, nullptr))
    return last_windows_error(path);
  const LocalPointer<wchar_t> owned_text(text);
  return parse_sddl(utf8(text));
}

Status in_no_strangers_hands(const std::string& path) {
  const Handle folder(CreateFileW(wide_path(path).c_str(), READ_CONTROL | FILE_READ_ATTRIBUTES,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                  FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  BY_HANDLE_FILE_INFORMATION information{};
  if (!folder || !GetFileInformationByHandle(folder.get(), &information)) return last_windows_error(path);
  if ((information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0 || (information.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    return Error{ErrorKind::denied, path + ": not a directory"};
  if (is_wine()) return Done{};  // it keeps no access lists, and nothing can be said of them
  const auto descriptor = descriptor_of(folder.get(), path);
  if (!descriptor) return descriptor.error();
  if (const auto stranger = stranger_with(*descriptor, trusted_sids(), kAnyWrite))
    return Error{ErrorKind::denied, path + ": others may write to it (" + *stranger + ")"};
  return Done{};
}

bool is_wine() {
  static const bool wine = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != nullptr;
  return wine;
}

std::string person_sid() { return is_elevated() ? std::string() : own_sid(); }

PrivateAttributes::PrivateAttributes(bool readable) {
  attributes_.nLength = sizeof(attributes_);
  const auto text = wide(own_sddl(readable ? OwnPlace::for_everybody : OwnPlace::kept, person_sid()));
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(text.c_str(), SDDL_REVISION_1, &attributes_.lpSecurityDescriptor, nullptr))
    attributes_.lpSecurityDescriptor = nullptr;
}

PrivateAttributes::~PrivateAttributes() {
  if (attributes_.lpSecurityDescriptor) LocalFree(attributes_.lpSecurityDescriptor);
}

}  // namespace gokajo::platform
