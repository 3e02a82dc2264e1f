/// \file
/// Facts of the topic "inventory": what kind of PC this is. A part of its own, so that a company can leave it out. No serial numbers, no
/// names of files or people.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// Empty where the PC does not say. `memory_mib`: as the kernel counts it, so a little less than is built in.
struct Hardware {
  std::string vendor;
  std::string model;
  std::string processor;
  std::int64_t memory_mib = 0;
};
BOOST_DESCRIBE_STRUCT(Hardware, (), (vendor, model, processor, memory_mib))

struct Inventory {
  Fact<Hardware> hardware;
};
BOOST_DESCRIBE_STRUCT(Inventory, (), (hardware))

}  // namespace gokajo::compliance
