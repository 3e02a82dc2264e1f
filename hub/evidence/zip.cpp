#include "hub/evidence/zip.h"

namespace gokajo::hub {

namespace {

constexpr std::uint32_t kLocal = 0x04034b50, kDirectory = 0x02014b50, kEnd = 0x06054b50;
constexpr std::uint16_t kVersion = 10;   // stored members need no more
constexpr std::uint16_t kDate = 0x0021;  // 1980-01-01, the first that ZIP knows

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> static_cast<unsigned>(8 * i) & 0xFFU);
}

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << 8U * i;
  return value;
}

// The part that a member's two heads share: version, flags, method, time, date, CRC, both sizes, length of the name, of extra fields.
void put_shared(std::string& out, const ZipEntry& entry) {
  put(out, kVersion, 2);
  put(out, 0, 2);
  put(out, 0, 2);
  put(out, 0, 2);
  put(out, kDate, 2);
  put(out, entry.crc32, 4);
  put(out, entry.size, 4);
  put(out, entry.size, 4);
  put(out, entry.name.size(), 2);
  put(out, 0, 2);
}

}  // namespace

bool is_member_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes) return false;
  bool begins = true;
  for (const char c : name) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word && (begins || (c != '.' && c != '_' && c != '-' && c != '/'))) return false;
    begins = c == '/';
  }
  return !begins;
}

std::string local_head(const ZipEntry& entry) {
  std::string out;
  put(out, kLocal, 4);
  put_shared(out, entry);
  return out + entry.name;
}

std::string directory_line(const ZipEntry& entry) {
  std::string out;
  put(out, kDirectory, 4);
  put(out, kVersion, 2);
  put_shared(out, entry);
  put(out, 0, 2);  // comment
  put(out, 0, 2);  // disk
  put(out, 0, 2);  // attributes of the text
  put(out, 0, 4);  // and of the file
  put(out, entry.offset, 4);
  return out + entry.name;
}

std::string end_of_directory(std::size_t entries, std::uint64_t directory_size, std::uint64_t directory_offset) {
  std::string out;
  put(out, kEnd, 4);
  put(out, 0, 4);  // disks
  put(out, entries, 2);
  put(out, entries, 2);
  put(out, directory_size, 4);
  put(out, directory_offset, 4);
  put(out, 0, 2);  // comment
  return out;
}

std::optional<ZipHead> head_from_local(std::string_view bytes) {
  if (bytes.size() < kLocalHeadBytes || number(bytes, 0, 4) != kLocal) return std::nullopt;
  return ZipHead{{std::string(), number(bytes, 18, 4), number(bytes, 14, 4)}, number(bytes, 26, 2), number(bytes, 28, 2)};
}

std::optional<ZipHead> head_from_directory(std::string_view bytes) {
  if (bytes.size() < kDirectoryHeadBytes || number(bytes, 0, 4) != kDirectory) return std::nullopt;
  return ZipHead{{std::string(), number(bytes, 20, 4), number(bytes, 16, 4), number(bytes, 42, 4)},
                 number(bytes, 28, 2),
                 std::size_t{number(bytes, 30, 2)} + number(bytes, 32, 2)};
}

std::optional<ZipEnd> end_from(std::string_view bytes) {
  if (bytes.size() != kEndBytes || number(bytes, 0, 4) != kEnd) return std::nullopt;
  return ZipEnd{number(bytes, 10, 2), number(bytes, 12, 4), number(bytes, 16, 4)};
}

}  // namespace gokajo::hub
