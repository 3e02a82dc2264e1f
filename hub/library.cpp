#include "hub/library.h"

#include <algorithm>
#include <filesystem>

namespace gokajo::hub {

namespace {

namespace fs = std::filesystem;

// Name, size and time of every file, so that another text is another folder.
std::string looks_of(const std::string& directory) {
  std::vector<std::string> lines;
  for (const auto& folder : {packs_folder(directory), briefings_folder(directory), tables_folder(directory)}) {
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
      std::error_code gone;
      const auto size = at->file_size(gone);
      const auto changed = at->last_write_time(gone).time_since_epoch().count();
      const auto mode = static_cast<unsigned>(at->symlink_status(gone).permissions());
      lines.push_back(at->path().string() + "\n" + std::to_string(size) + " " + std::to_string(changed) + " " + std::to_string(mode));
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string looks;
  for (const auto& line : lines) looks += line + "\n";
  return looks;
}

std::string hashes_of(const Shelf& shelf, std::string_view id) {
  std::string hashes;
  for (const auto* one : shelf.chain(id)) hashes += one->sha256;
  for (const auto& [name, one] : shelf.tables) hashes += one.sha256;
  return hashes;
}

}  // namespace

Library::Library(std::string directory) : directory_(std::move(directory)), read_(looks_of(directory_)), seen_(read_) {
  shelf_ = std::make_shared<const Shelf>(read_shelf(directory_));
}

std::shared_ptr<const Shelf> Library::shelf() const {
  const std::lock_guard lock(mutex_);
  return shelf_;
}

std::optional<std::set<std::string>> Library::look(platform::Time now) {
  if (now >= looked_ && now - looked_ < kLookAgain) return std::nullopt;
  looked_ = now;
  auto looks = looks_of(directory_);
  const bool still = looks == seen_;
  seen_ = looks;
  if (!still || looks == read_) return std::nullopt;
  read_ = std::move(looks);
  const auto before = shelf();
  const auto after = std::make_shared<const Shelf>(read_shelf(directory_));
  {
    const std::lock_guard lock(mutex_);
    shelf_ = after;
  }
  std::set<std::string> changed;
  for (const auto* shelf : {before.get(), after.get()})
    for (const auto& [id, one] : shelf->packs)
      if (hashes_of(*before, id) != hashes_of(*after, id)) changed.insert(id);
  return changed;
}

std::shared_ptr<const Shelf> shelf_of(const Library* library) { return library ? library->shelf() : built_in_shelf(); }

}  // namespace gokajo::hub
