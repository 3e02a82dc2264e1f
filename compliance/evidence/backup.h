/// \file
/// Facts of backups: which programs make them, and when one was made last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// `last`: when a backup was written; unsupported where the program keeps no record that can be read. `certain` is false when looking at an
/// old backup leaves the same trace. `apart`: it lies on another disk or elsewhere; absent when that cannot be told. `restore_points_only`:
/// the program's copies go back to an earlier state of the same disk and are no backup.
struct BackupTool {
  std::string name;
  Fact<Time> last;
  bool certain = true;
  std::optional<bool> apart;
  bool restore_points_only = false;
};
BOOST_DESCRIBE_STRUCT(BackupTool, (), (name, last, certain, apart, restore_points_only))

/// `tools`: every program found, for the PC and for each person. `homes_seen` is true when every person's home could be looked into, and
/// absent with the reason when one could not.
struct Backup {
  Fact<std::vector<BackupTool>> tools;
  Fact<bool> homes_seen;
};
BOOST_DESCRIBE_STRUCT(Backup, (), (tools, homes_seen))

}  // namespace gokajo::compliance
