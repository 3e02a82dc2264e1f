/// \file
/// Facts of the topic "antivirus": which products are there, whether they run, watch, and how old their definitions are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// What a product does at the moment a file is opened. `on`: it inspects and can refuse. `notices_only`: it is told, and cannot refuse.
/// `passive`: it leaves this to another product. `blind`: it runs and sees nothing (reduced functionality).
enum class RealTime { on, notices_only, off, passive, blind };
BOOST_DESCRIBE_ENUM(RealTime, on, notices_only, off, passive, blind)

/// `used` is false for products that know no definitions (EDR). `published`: the date of the newest definitions on disk, absent when there
/// are none. `loaded`: the date of those the engine works with, when it works with older ones. `called_current`: the product's own opinion.
struct Definitions {
  bool used = true;
  std::optional<Time> published;
  std::string version;
  std::optional<Time> loaded;
  std::optional<bool> called_current;
};
BOOST_DESCRIBE_STRUCT(Definitions, (), (used, published, version, loaded, called_current))

/// A product that is installed. `proof`: the path that shows it. `licensed` and `expires` are unsupported for products without a licence or
/// without a way to ask. `watched_folders`: how many folders or mounts its configuration names, for products that watch only those.
struct AntivirusProduct {
  std::string name;
  std::string proof;
  Fact<bool> running;
  Fact<RealTime> real_time;
  std::optional<std::int64_t> watched_folders;
  Fact<Definitions> definitions;
  Fact<bool> licensed;
  Fact<Time> expires;
  Fact<Time> scanned;           ///< end of the last scan of the whole PC
  Fact<Time> quick_scanned;     ///< day of the last scan of the places that are attacked most; Microsoft Defender alone tells it
  Fact<bool> tamper_protected;  ///< programs cannot switch it off; asked of Microsoft Defender on Windows alone
};
BOOST_DESCRIBE_STRUCT(AntivirusProduct, (),
                      (name, proof, running, real_time, watched_folders, definitions, licensed, expires, scanned, quick_scanned,
                       tamper_protected))

/// `products`: all that are installed, of those this program knows. `other_guards`: executables of running programs that may refuse opens
/// (fanotify permission marks) and are neither a known product nor known not to be one.
struct Antivirus {
  Fact<std::vector<AntivirusProduct>> products;
  Fact<std::vector<std::string>> other_guards;
};
BOOST_DESCRIBE_STRUCT(Antivirus, (), (products, other_guards))

}  // namespace gokajo::compliance
