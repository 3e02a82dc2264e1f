/// \file
/// Every PC tests know whole: the snapshots of tests/data/snapshots, and this machine.
#pragma once

#include <string>
#include <vector>

#include "platform/snapshot.h"

namespace gokajo::tests {

struct RecordedPc {
  std::string name;
  platform::Snapshot snapshot;
};

/// Fails the test when a snapshot cannot be read. This machine is asked once per program and stands last, named "this PC".
const std::vector<RecordedPc>& recorded_pcs();

}  // namespace gokajo::tests
