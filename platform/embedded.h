/// \file
/// Data files compiled into the program by gokajo_embed() of cmake/embed.cmake, compressed; each group is unpacked when it is first asked
/// for.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::embedded {

/// Lives as long as the program.
struct File {
  std::string_view name;  ///< file name without folder
  std::string_view text;
};

struct PackedFile {
  std::string_view name;
  std::size_t bytes = 0;
};

/// A group of files. Ends the program where `packed` is not what `files` says, which no program that was built holds.
class Unpacked {
 public:
  /// `packed`: one Zstandard frame of all of them, one behind the other.
  Unpacked(std::string_view packed, std::span<const PackedFile> files);
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;
  std::span<const File> files() const { return files_; }

 private:
  std::string text_;
  std::vector<File> files_;
};

}  // namespace gokajo::embedded

// One declaration per gokajo_embed() call stands where the data is used.
namespace gokajo::embedded {
std::span<const File> packs();
std::span<const File> wording();
std::span<const File> data();
std::span<const File> briefings();
std::span<const File> templates();
std::span<const File> hub_data();
std::span<const File> hub_web_files();
}  // namespace gokajo::embedded
