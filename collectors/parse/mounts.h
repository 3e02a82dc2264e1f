/// \file
/// /proc/PID/mountinfo and /proc/swaps, proc(5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::collectors::parse {

/// `device`: major:minor. `options`: those of the mount and of the file system, joined by a comma.
struct Mount {
  std::string device;
  std::string root;
  std::string place;
  std::string type;
  std::string source;
  std::string options;
};

/// Lines that are not as the manual says are left out. Of several mounts on one place only the last (visible) one is kept.
std::vector<Mount> parse_mountinfo(std::string_view text);

struct Swap {
  std::string name;  ///< "/dev/dm-2", "/swapfile"
  std::string kind;  ///< "partition" or "file"
};
/// nullopt when it is not the kernel's table (mm/swapfile.c prints its heading even where there is no swap): a text that is something else
/// does not say that nothing is swapped.
std::optional<std::vector<Swap>> parse_swaps(std::string_view text);

}  // namespace gokajo::collectors::parse
