/// \file
/// From dpkg's status and apt's package lists, stanza by stanza, to what is newer than what is installed. Pure: no file is opened here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/deb/relations.h"
#include "platform/question.h"

namespace gokajo::platform::deb {

/// First every stanza of the status file, then those of each list, then result(). What is no package is passed over; names, versions and
/// counts are bounded. Not thread-safe.
class OfferFinder {
 public:
  void add_installed(std::string_view stanza);
  /// `list` is the place of the list in the question.
  void add_offered(std::string_view stanza, std::int64_t list);
  PackageOffers result();

 private:
  struct Installed {
    PackageOffer offer;  ///< given away by result()
    std::string source, architecture;
    std::map<std::string, OfferedVersion> newer;
    PackageRelations now;     ///< of the installed version
    PackageRelations newest;  ///< of the newest offered above it
  };
  bool is_plain() const;
  void add_siblings(PackageOffers& found) const;
  const std::string& slot_architecture(const std::string& architecture) const { return architecture == "all" ? native_ : architecture; }

  // By name; the architectures of one package stand side by side. "all" lives in the native architecture's place, as for apt.
  std::unordered_map<std::string, std::vector<Installed>> installed_;
  std::string native_ = "all";
  std::int64_t installed_count_ = 0;
  std::int64_t offered_count_ = 0;
  std::vector<std::string> broken_;
  std::set<std::string> essential_missing_;
  std::string key_;  // kept to spare an allocation per stanza
};

}  // namespace gokajo::platform::deb
