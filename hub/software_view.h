/// \file
/// Which programs are installed where in a company, before it is put into words. Absent where the company wants no inventory.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compliance/text.h"
#include "hub/contacts.h"
#include "hub/library.h"
#include "hub/overview.h"

namespace gokajo::hub {

/// A program whose maker gives no fixes any more, on one PC, as the check updates.software-supported words it.
struct EndedProgram {
  std::string device;
  std::string label;
  compliance::Text what;
};

struct InstalledOn {
  std::string device;
  std::string label;
};

/// By version, as the PCs write it.
struct InstalledProgram {
  std::string name;
  std::map<std::string, std::vector<InstalledOn>> versions;
};

/// `ended`: of the first kMostEnded PCs by name that have such programs, as far as they are heard; `more_ended`: others have some, too, as
/// the page of the check kEndedCheck lists. `programs`: of the PCs asked for, by name, at most kMostPrograms; `programs_in_all` counts all
/// of them. `without`: how many of these PCs sent no list.
struct SoftwareView {
  std::vector<EndedProgram> ended;
  bool more_ended = false;
  std::vector<InstalledProgram> programs;
  std::size_t programs_in_all = 0;
  std::int64_t pcs = 0;  ///< that were asked for
  std::int64_t without = 0;
  std::int64_t pcs_in_all = 0;
};

inline constexpr std::size_t kMostPrograms = 300;
inline constexpr std::size_t kMostEnded = 50;
inline constexpr const char* kEndedCheck = "updates.software-supported";

/// Of at most `limit` PCs behind the first `offset`, by name; programs whose name holds `text`, letters of either case.
platform::Result<SoftwareView> software_view(Store& store, const Company& company, const std::string& text, std::int64_t offset,
                                             std::int64_t limit, Time now);

}  // namespace gokajo::hub
