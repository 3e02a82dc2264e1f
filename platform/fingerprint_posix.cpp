#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "platform/fingerprint.h"
#include "platform/fingerprint_mixer.h"

namespace gokajo::platform {
namespace {

using Mixer = FingerprintMixer;

void add_status(Mixer& mixer, const struct stat& status) {
  for (const std::int64_t part :
       {static_cast<std::int64_t>(status.st_mode), static_cast<std::int64_t>(status.st_uid), static_cast<std::int64_t>(status.st_gid),
        static_cast<std::int64_t>(status.st_size), static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_ino),
        static_cast<std::int64_t>(status.st_mtim.tv_sec), static_cast<std::int64_t>(status.st_mtim.tv_nsec),
        static_cast<std::int64_t>(status.st_ctim.tv_sec), static_cast<std::int64_t>(status.st_ctim.tv_nsec)})
    mixer.add(part);
  mixer.saw_change(Time{std::chrono::seconds{status.st_ctim.tv_sec}});
}

// The name itself and, for a link, what it leads to. False when neither can be told.
bool add_name(Mixer& mixer, int directory, const char* name) {
  struct stat status{};
  if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT && errno != ENOTDIR) return false;
    mixer.add("absent");
    return true;
  }
  add_status(mixer, status);
  if (!S_ISLNK(status.st_mode)) return true;
  if (fstatat(directory, name, &status, 0) != 0) {
    if (errno != ENOENT && errno != ENOTDIR) return false;
    mixer.add("leads nowhere");
    return true;
  }
  add_status(mixer, status);
  return true;
}

bool add_entries(Mixer& mixer, const std::string& path) {
  DIR* stream = opendir(path.c_str());
  if (!stream) return errno == ENOTDIR || errno == ENOENT;
  std::vector<std::string> names;
  while (const dirent* entry = readdir(stream))
    if (std::string_view(entry->d_name) != "." && std::string_view(entry->d_name) != "..") names.emplace_back(entry->d_name);
  std::sort(names.begin(), names.end());
  bool known = names.size() <= kMaxFingerprintNames;
  for (std::size_t i = 0; known && i < names.size(); ++i) {
    mixer.add(names[i]);
    known = add_name(mixer, dirfd(stream), names[i].c_str());
  }
  closedir(stream);
  return known;
}

}  // namespace

std::optional<std::uint64_t> fingerprint(const std::vector<std::string>& paths, Time now) {
  Mixer mixer(now);
  mixer.add(static_cast<std::int64_t>(geteuid()));  // another user may see another answer
  for (const auto& path : paths) {
    mixer.add(path);
    if (!add_name(mixer, AT_FDCWD, path.c_str()) || !add_entries(mixer, path)) return std::nullopt;
  }
  if (!mixer.settled()) return std::nullopt;
  return mixer.value();
}

}  // namespace gokajo::platform
