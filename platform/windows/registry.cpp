#include <windows.h>

#include "platform/windows/registry.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "platform/windows/allowed.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"
#include "platform/windows/time.h"

namespace gokajo::platform {
namespace {

constexpr DWORD kMaxNameLength = 256;  // of a key, with its zero ("Registry Element Size Limits")

using Key = Freed<std::remove_pointer_t<HKEY>, &RegCloseKey>;

struct Place64 {
  HKEY root;
  std::wstring path;
};

std::optional<Place64> place_of(const std::string& key) {
  const auto slash = std::min(key.find('\\'), key.size());
  const auto root = key.substr(0, slash);
  const auto path = wide(slash < key.size() ? key.substr(slash + 1) : "");
  if (root == "HKLM") return Place64{HKEY_LOCAL_MACHINE, path};
  if (root == "HKU") return Place64{HKEY_USERS, path};
  return std::nullopt;
}

std::string text_of(const std::vector<BYTE>& bytes, std::size_t from = 0) {
  std::wstring text((bytes.size() - from) / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), bytes.data() + from, text.size() * sizeof(wchar_t));
  return utf8(std::wstring_view(text).substr(0, std::min(text.find(L'\0'), text.size())));
}

// Strings need not end in a zero, and a list may miss its last one (RegQueryValueExW, remarks).
std::vector<std::string> list_of(const std::vector<BYTE>& bytes) {
  std::vector<std::string> list;
  std::wstring text(bytes.size() / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), bytes.data(), text.size() * sizeof(wchar_t));
  while (!text.empty() && text.back() == L'\0') text.pop_back();
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(L'\0', at), text.size());
    list.push_back(utf8(std::wstring_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return list;
}

std::optional<Cell> cell_from(DWORD type, const std::vector<BYTE>& bytes) {
  Cell cell;
  switch (type) {
    case REG_DWORD: {
      std::uint32_t number = 0;
      if (bytes.size() != sizeof(number)) return std::nullopt;
      std::memcpy(&number, bytes.data(), sizeof(number));
      cell.value = static_cast<std::int64_t>(number);
      return cell;
    }
    case REG_QWORD: {
      std::int64_t number = 0;
      if (bytes.size() != sizeof(number)) return std::nullopt;
      std::memcpy(&number, bytes.data(), sizeof(number));
      cell.value = number;
      return cell;
    }
    case REG_SZ:
    case REG_EXPAND_SZ:
      cell.value = text_of(bytes);
      return cell;
    case REG_MULTI_SZ:
      cell.value = list_of(bytes);
      return cell;
    default:
      cell.value = Bytes{std::string(bytes.begin(), bytes.end())};
      return cell;
  }
}

class Reader {
 public:
  explicit Reader(const ReadRegistry& question) : question_(question) {
    access_ = KEY_READ | (question.view == RegistryView::bits32 ? KEY_WOW64_32KEY : KEY_WOW64_64KEY);
  }

  Result<Registry> read() {
    const auto place = place_of(question_.key);
    if (!place) return Error{ErrorKind::denied, question_.key + ": neither in HKLM nor in HKU"};
    HKEY opened = nullptr;
    const auto code = RegOpenKeyExW(place->root, place->path.c_str(), 0, access_, &opened);
    if (code != ERROR_SUCCESS) return windows_error(question_.key, static_cast<unsigned long>(code));
    const Key key(opened);
    if (auto done = take(key.get(), "", question_.depth); !done) return done.error();
    std::sort(found_.keys.begin(), found_.keys.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    std::sort(found_.denied.begin(), found_.denied.end());
    return std::move(found_);
  }

 private:
  Status take(HKEY key, const std::string& path, std::int64_t depth) {
    if (found_.keys.size() >= kMaxRegistryKeys)
      return Error{ErrorKind::too_large, question_.key + ": more than " + std::to_string(kMaxRegistryKeys) + " keys"};
    RegistryKey one;
    one.path = path;
    DWORD subkeys = 0, values = 0;
    FILETIME written{};
    RegQueryInfoKeyW(key, nullptr, nullptr, nullptr, &subkeys, nullptr, nullptr, &values, nullptr, nullptr, nullptr, &written);
    one.changed = time_of(written);
    const auto whole = path.empty() ? question_.key : question_.key + "\\" + path;
    for (const auto& name : question_.values) {
      if (name == "*")
        take_all(key, whole, values, one.values);
      else
        take_value(key, whole, name, one.values);
    }
    found_.keys.push_back(std::move(one));
    if (depth <= 0) return Done{};
    for (DWORD i = 0; i < subkeys; ++i) {
      wchar_t name[kMaxNameLength] = L"";
      DWORD length = kMaxNameLength;
      if (RegEnumKeyExW(key, i, name, &length, nullptr, nullptr, nullptr, nullptr) != ERROR_SUCCESS) continue;
      const auto below = path.empty() ? utf8(name) : path + "\\" + utf8(name);
      HKEY opened = nullptr;
      if (RegOpenKeyExW(key, name, 0, access_, &opened) != ERROR_SUCCESS) {
        found_.denied.push_back(below);
        continue;
      }
      const Key subkey(opened);
      if (auto done = take(subkey.get(), below, depth - 1); !done) return done;
    }
    return Done{};
  }

  void take_value(HKEY key, const std::string& whole, const std::string& name, Row& into) const {
    DWORD type = 0, size = 0;
    const auto wide_name = wide(name);
    if (RegQueryValueExW(key, wide_name.c_str(), nullptr, &type, nullptr, &size) != ERROR_SUCCESS) return;
    if (is_known_of_only(whole, name)) {
      into[name] = Cell{};
      return;
    }
    if (size > kMaxRegistryValueBytes) return;
    std::vector<BYTE> bytes(size);
    if (size != 0 && RegQueryValueExW(key, wide_name.c_str(), nullptr, &type, bytes.data(), &size) != ERROR_SUCCESS) return;
    bytes.resize(std::min<std::size_t>(size, bytes.size()));
    if (auto cell = cell_from(type, bytes)) into[name] = std::move(*cell);
  }

  void take_all(HKEY key, const std::string& whole, DWORD count, Row& into) const {
    for (DWORD i = 0; i < count; ++i) {
      wchar_t name[1024] = L"";
      DWORD length = 1024;
      if (RegEnumValueW(key, i, name, &length, nullptr, nullptr, nullptr, nullptr) == ERROR_SUCCESS)
        take_value(key, whole, utf8(name), into);
    }
  }

  const ReadRegistry& question_;
  REGSAM access_ = KEY_READ;
  Registry found_;
};

}  // namespace

Result<Registry> read_registry(const ReadRegistry& question) {
  if (auto may = may_ask(question); !may) return may.error();
  return Reader(question).read();
}

}  // namespace gokajo::platform
