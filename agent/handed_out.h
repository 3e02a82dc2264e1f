/// \file
/// What the hub handed out, as files in the state directory, each byte for byte as the hub's settings named it:
///
///   packs/<id>.json       0600
///   tables/<id>.json      0600
///   briefings/<id>.json   0644 in a folder of 0755: whoever sits at this PC reads them with `gokajo learn`
///
/// All of it is data: read strictly before it is kept, and again whenever it is used. What is older than what this program brings along, or
/// than what is held, is never taken.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/briefing.h"
#include "compliance/pack.h"
#include "protocol/settings.h"

namespace gokajo::agent {

inline constexpr const char* kDefaultPack = "5kajo";

/// A file that settings name. `version`: of a pack or table; `published`: of a briefing.
struct NamedFile {
  protocol::HandedOut kind = protocol::HandedOut::pack;
  std::string id;
  std::string sha256;
  std::string version;
  platform::Time published{};

  /// What to ask the hub for, and how long it may be.
  std::string path() const;
  std::size_t max_bytes() const;
  /// "pack 5kajo 2027.1", "briefing 2027-spring-parcel of 2027-03-01": for the log.
  std::string name() const;
};

/// `files`: to be fetched, a pack after those it extends. `older`: a line for each that is older than what there is, and is left.
struct Lacking {
  std::vector<NamedFile> files;
  std::vector<std::string> older;
};
Lacking lacking(const std::string& directory, const protocol::Settings& settings);

/// Keeps it, so that a crash leaves the old file or the new. Errors: malformed, too_large (with the place: these bytes are not what was
/// named, or this version cannot use them; asking again is of no use), denied, failed (the disk). What was held stays then.
platform::Status keep_handed_out(const std::string& directory, const NamedFile& file, std::string_view bytes);

/// Removes what these settings do not name.
void forget_unnamed(const std::string& directory, const protocol::Settings& settings);

/// Removes all that came from a hub: settings, packs, briefings, tables.
platform::Status forget_hub_data(const std::string& directory);

/// The pack of that id with its bases and the tables to go by, each in the latest version there is: handed out or compiled in. Where it
/// cannot be had, the one compiled in, else kDefaultPack.
platform::Result<compliance::Pack> pack_in_force(const std::string& directory, const std::string& id);

/// Briefings compiled in and handed out, newest first; of one id the later. Anybody may call this. An empty `directory`: only those
/// compiled in.
std::vector<compliance::Briefing> all_briefings(const std::string& directory);

/// How many of these the hub handed out.
std::size_t briefings_of_hub(const std::string& directory);

}  // namespace gokajo::agent
