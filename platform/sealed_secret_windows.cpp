#include <windows.h>
#include <dpapi.h>

#include "platform/json_form.h"
#include "platform/sealed_secret.h"

namespace gokajo::platform {
namespace {

constexpr std::string_view kFormat = "gokajo-sealed/1 ";
constexpr std::string_view kPurpose =
    "gokajo device secret";  // the entropy: no other program's blob opens here, and ours not there by chance
constexpr std::size_t kMaxSecret = 1024;

DATA_BLOB blob_of(std::string_view bytes) {
  // The calls take what they only read without const.
  return {static_cast<DWORD>(bytes.size()), reinterpret_cast<BYTE*>(const_cast<char*>(bytes.data()))};
}

std::string taken(DATA_BLOB& blob) {
  std::string bytes(reinterpret_cast<const char*>(blob.pbData), blob.cbData);
  SecureZeroMemory(blob.pbData, blob.cbData);
  LocalFree(blob.pbData);
  return bytes;
}

}  // namespace

Result<std::string> seal_secret(std::string_view secret) {
  if (secret.size() > kMaxSecret) return Error{ErrorKind::too_large, "a secret of more than 1 KiB"};
  auto plain = blob_of(secret), purpose = blob_of(kPurpose);
  DATA_BLOB sealed{};
  if (!CryptProtectData(&plain, nullptr, &purpose, nullptr, nullptr, CRYPTPROTECT_LOCAL_MACHINE | CRYPTPROTECT_UI_FORBIDDEN, &sealed))
    return Error{ErrorKind::failed, "CryptProtectData: " + std::to_string(GetLastError())};
  return std::string(kFormat) + base64_encode(taken(sealed)) + "\n";
}

Result<OpenedSecret> open_secret(std::string_view bytes) {
  if (!bytes.starts_with(kFormat)) return OpenedSecret{std::string(bytes), false};
  const auto text = bytes.substr(kFormat.size());
  const auto decoded = text.ends_with('\n') ? base64_decode(text.substr(0, text.size() - 1)) : std::nullopt;
  if (!decoded || decoded->empty()) return Error{ErrorKind::malformed, "a sealed secret that is not whole"};
  auto sealed = blob_of(*decoded), purpose = blob_of(kPurpose);
  DATA_BLOB plain{};
  if (!CryptUnprotectData(&sealed, nullptr, &purpose, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN, &plain))
    return Error{ErrorKind::malformed, "sealed on another PC, or changed (CryptUnprotectData: " + std::to_string(GetLastError()) + ")"};
  return OpenedSecret{taken(plain), true};
}

}  // namespace gokajo::platform
