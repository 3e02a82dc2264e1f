/// \file
/// The packs, briefings and tables that are in force at a hub: those compiled in, and those of its data folder that are later. Immutable
/// once read; any thread.
///
///   <state>/packs/<id>.json, <state>/briefings/<id>.json, <state>/tables/<id>.json
///
/// Of one id the later version wins, of the same version the one compiled in. A file that cannot be used is named, and what is compiled in
/// goes on: it is no regular file of the hub's owner (or root) alone, cannot be read strictly, names another id than its own, a check that
/// this version does not know, or a base it does not fit.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compliance/briefing.h"
#include "compliance/pack.h"
#include "protocol/settings.h"

namespace gokajo::hub {

enum class Origin { built_in, file };

/// `pack`: without its base. `text`: the file, byte for byte.
struct ShelfPack {
  compliance::Pack pack;
  std::string text;
  std::string sha256;
  Origin origin = Origin::built_in;
};

struct ShelfBriefing {
  compliance::Briefing briefing;
  std::string text;
  std::string sha256;
  Origin origin = Origin::built_in;
};

struct ShelfTable {
  compliance::TableFile table;
  std::string text;
  std::string sha256;
};

/// `briefings`: the newest protocol::kMaxNamedBriefings, newest first. `tables`: files only, for what is compiled in nobody has to fetch.
/// `problems`: files that are not used, each with its place.
struct Shelf {
  std::map<std::string, ShelfPack, std::less<>> packs;
  std::vector<ShelfBriefing> briefings;
  std::map<std::string, ShelfTable, std::less<>> tables;
  std::vector<platform::Error> problems;

  /// With its bases, and the tables in force. Error{not_found} lists the ids there are.
  platform::Result<compliance::Pack> pack(std::string_view id) const;
  /// The files that make this pack: its own, then those below it.
  std::vector<const ShelfPack*> chain(std::string_view id) const;
  /// The file of that hash, or nullptr.
  const std::string* find(const protocol::HandedOutPath& asked) const;
};

/// The folders of a hub's directory.
std::string packs_folder(const std::string& directory);
std::string briefings_folder(const std::string& directory);
std::string tables_folder(const std::string& directory);

const std::shared_ptr<const Shelf>& built_in_shelf();

/// What is compiled in and what lies in these folders.
Shelf read_shelf(const std::string& directory);

/// Whether this text would be in force on `shelf`: a pack (or briefing, or table) that can be used and is later than the one there. Gives
/// the name its file must have. Error{malformed, too_large} with the place; unsupported: not later.
struct NewFile {
  protocol::HandedOut kind = protocol::HandedOut::pack;
  std::string id;
};
platform::Result<NewFile> fits_on(const Shelf& shelf, const std::string& text);

}  // namespace gokajo::hub
