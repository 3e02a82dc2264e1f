/// \file
/// The packs, briefings and tables of a hub's data folder, read again when their files change. shelf() may be called from any
/// thread, look() from one.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "hub/shelf.h"

namespace gokajo::hub {

/// How often the folders are looked at. A file must look the same twice before it is read: whoever copies one there may take his time.
inline constexpr std::chrono::seconds kLookAgain{5};

class Library {
 public:
  /// Reads the folders at once. They need not be there.
  explicit Library(std::string directory);

  /// What is in force now; stays what it is for as long as somebody holds it.
  std::shared_ptr<const Shelf> shelf() const;

  /// Looks whether files changed, at most every kLookAgain; says, once something else is in force or another file is a problem, for which
  /// packs the rules are others now (their own file, one below, or a table).
  std::optional<std::set<std::string>> look(platform::Time now);

 private:
  std::string directory_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Shelf> shelf_;
  platform::Time looked_{};
  std::string read_;  ///< how the folders looked when they were read
  std::string seen_;  ///< and when last looked at
};

/// What is in force: of `library`, or compiled in where there is none.
std::shared_ptr<const Shelf> shelf_of(const Library* library);

}  // namespace gokajo::hub
