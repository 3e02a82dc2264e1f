/// \file
/// Data files compiled into the program by gokajo_embed() of cmake/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace gokajo::embedded {

/// Lives as long as the program.
struct File {
  std::string_view name;  ///< file name without folder
  std::string_view text;
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
std::span<const File> hub_templates();
std::span<const File> hub_web_files();
}  // namespace gokajo::embedded
