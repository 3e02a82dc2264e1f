/// \file
/// What every page of ours keeps to.
#pragma once

#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace gokajo::tests {

/// Each element that is opened is closed, in its order; `meta` and `br` stand alone.
inline void check_every_element_is_closed(const std::string& page) {
  const std::regex tag("<(/?)([a-z0-9]+)[^>]*>");
  std::vector<std::string> open;
  for (std::sregex_iterator at(page.begin(), page.end(), tag), end; at != end; ++at) {
    const std::string name = (*at)[2];
    if (name == "meta" || name == "br") continue;
    if ((*at)[1].length() == 0) {
      open.push_back(name);
      continue;
    }
    REQUIRE_FALSE(open.empty());
    CHECK(open.back() == name);
    open.pop_back();
  }
  CHECK(open.empty());
}

}  // namespace gokajo::tests
