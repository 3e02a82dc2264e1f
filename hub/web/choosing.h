/// \file
/// Several PCs ticked in one form: each has a field of its own, so that none is lost where a name comes twice.
#pragma once

#include <string>
#include <vector>

#include "hub/web/visit.h"

namespace gokajo::hub {

/// So many fit one form (hub/web/form.h: 100 fields) beside what else it holds.
inline constexpr std::size_t kMostChosen = 80;

/// The name of a PC's box: the first half of its id, for names of fields are short.
inline std::string box_of(const std::string& device) { return "pc-" + device.substr(0, 32); }

inline bool is_chosen(const Visit& visit, const std::string& device) { return visit.form.contains(box_of(device)); }

/// Names of the boxes that are ticked. What stands there is foreign: boxes of no PC of the company too.
inline std::vector<std::string> chosen_boxes(const Visit& visit) {
  std::vector<std::string> boxes;
  for (auto one = visit.form.lower_bound("pc-"); one != visit.form.end() && one->first.starts_with("pc-"); ++one)
    boxes.push_back(one->first);
  return boxes;
}

}  // namespace gokajo::hub
