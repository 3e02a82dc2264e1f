#include <iconv.h>

#include <cerrno>
#include <memory>

#include "platform/shift_jis.h"

namespace gokajo::platform {

namespace {

struct Close {
  void operator()(void* table) const { iconv_close(static_cast<iconv_t>(table)); }
};

}  // namespace

Result<std::string> utf8_of_shift_jis(std::string_view text) {
  const auto table = iconv_open("UTF-8", "CP932");
  if (table == reinterpret_cast<iconv_t>(-1)) return Error{ErrorKind::failed, "this system cannot read Shift_JIS"};
  const std::unique_ptr<void, Close> closing(table);
  std::string out(text.size() * 3 + 4, '\0');  // no character of two bytes takes more than three
  auto* from = const_cast<char*>(text.data());
  auto* to = out.data();
  std::size_t left = text.size(), room = out.size();
  if (iconv(table, &from, &left, &to, &room) == static_cast<std::size_t>(-1))
    return Error{ErrorKind::malformed, "byte " + std::to_string(text.size() - left) + ": no character of Shift_JIS"};
  out.resize(out.size() - room);
  return out;
}

}  // namespace gokajo::platform
