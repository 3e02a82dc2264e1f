/// \file
/// Facts of the topic "inventory": what kind of PC this is and which software is installed. A part of its own, which a company can leave
/// out (compliance/policy.h). No serial numbers, no names of files or people, and on Linux nothing out
/// of anybody's home.
#pragma once

#include <string>
#include <vector>

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

/// `name` and `version` as the package manager or store writes them.
struct SoftwareEntry {
  std::string name;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(SoftwareEntry, (), (name, version))

/// What is installed, by where it came from; each list is sorted by name and version and holds no entry twice. Of `apt`, `rpm` and `pacman`
/// only the system's own is asked. `snap`, `flatpak`: what is installed for everybody; not_found where there is no such store. `flatpak`
/// holds applications without the runtimes under them. `windows`: what Windows lists as installed programs, for everybody and for people
/// who are signed in (without saying for whom), but no apps of its store. A list above kMaxSoftware is too_large. Where the policy leaves
/// the inventory out, every fact is not_asked and says so in its detail.
struct Inventory {
  Fact<Hardware> hardware;
  Fact<std::vector<SoftwareEntry>> apt;
  Fact<std::vector<SoftwareEntry>> rpm;
  Fact<std::vector<SoftwareEntry>> pacman;
  Fact<std::vector<SoftwareEntry>> snap;
  Fact<std::vector<SoftwareEntry>> flatpak;
  Fact<std::vector<SoftwareEntry>> windows;
};
BOOST_DESCRIBE_STRUCT(Inventory, (), (hardware, apt, rpm, pacman, snap, flatpak, windows))

inline constexpr std::size_t kMaxSoftware = 8000;

/// The inventory of a company that does not want one.
Inventory inventory_left_out(Time now);

}  // namespace gokajo::compliance
