/// \file
/// The one form of ZIP (APPNOTE 6.3.10) that an evidence pack has. Members are stored as they are, one behind the other from the first
/// byte, and everything around them follows from their names and bytes alone, so that each byte of the file is either a member's or can be
/// worked out: what an archive library would be free to choose (times, extra fields, flags, padding, comments) is fixed here. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::hub {

/// The last two members: what is signed, and the 64 bytes of its signature.
inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kSignatureName = "manifest.sig";

/// Sizes and places are numbers of 32 bits.
inline constexpr std::uint64_t kMaxPackBytes = 0xFFFFFFFFULL;
inline constexpr std::size_t kMaxNameBytes = 120;
inline constexpr std::size_t kLocalHeadBytes = 30, kDirectoryHeadBytes = 46, kEndBytes = 22;
inline constexpr const char* kMemberNamePattern = "^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*$";

/// kMemberNamePattern, at most kMaxNameBytes: never a way out of the folder it is unpacked to.
bool is_member_name(std::string_view name);

/// `offset`: where its local head begins. `crc32`: of its bytes. `gap`: bytes between its name and its own, which no pack of ours has.
struct ZipEntry {
  std::string name;
  std::uint32_t size = 0;
  std::uint32_t crc32 = 0;
  std::uint32_t offset = 0;
  std::uint32_t gap = 0;

  std::uint64_t data_offset() const { return std::uint64_t{offset} + kLocalHeadBytes + name.size() + gap; }
  std::uint64_t end() const { return data_offset() + size; }
};

/// What stands before the bytes of a member, its name included.
std::string local_head(const ZipEntry& entry);
/// Its line in the directory, its name included.
std::string directory_line(const ZipEntry& entry);
/// What the file ends with.
std::string end_of_directory(std::size_t entries, std::uint64_t directory_size, std::uint64_t directory_offset);

/// What 30 or 46 bytes say of a member, whoever wrote them: somebody may have put a pack together anew with another program, and its
/// members shall be named all the same. `more`: how much stands behind the name (extra fields, of a line its comment, too). nullopt: no
/// head.
struct ZipHead {
  ZipEntry entry;  ///< without its name; of a line with its offset
  std::size_t name_bytes = 0;
  std::size_t more = 0;
};
std::optional<ZipHead> head_from_local(std::string_view bytes);
std::optional<ZipHead> head_from_directory(std::string_view bytes);

struct ZipEnd {
  std::size_t entries = 0;
  std::uint64_t directory_size = 0;
  std::uint64_t directory_offset = 0;
};
std::optional<ZipEnd> end_from(std::string_view bytes);

}  // namespace gokajo::hub
