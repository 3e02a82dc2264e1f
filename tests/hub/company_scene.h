/// \file
/// A company's PCs as the hub would have judged them, put into a store by hand: what the pages are tested on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compliance/judge.h"
#include "hub/store.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

/// 2026-11-24 10:00 in Japan, a Tuesday behind a national holiday; plus days.
inline platform::Time day(std::int64_t days) { return *platform::parse_time("2026-11-24T01:00:00Z") + platform::Days{days}; }

/// A finding of a required check.
compliance::JudgedFinding found(const std::string& check, const std::string& rule, const std::string& situation,
                                compliance::Verdict verdict = compliance::Verdict::fail, compliance::Parameters parameters = {});

struct Scene {
  hub::Store& store;
  std::string tenant = "yamada";

  template <class Work>
  void write(const Work& work) {
    REQUIRE(store.begin());
    work();
    REQUIRE(store.commit());
  }
  /// How many PCs the company says it has, and all its questions answered well.
  void state(std::int64_t pcs);
  /// The first choice of the pack with that verdict.
  void answer(const std::string& question, const std::string& verdict = "pass");
  hub::Device add(const std::string& label, platform::Time last, hub::Standing standing = hub::Standing::approved);
  void put(const hub::Device& device);
  /// All rules pass but those of which something else was found.
  void judge(const hub::Device& device, platform::Time at, std::vector<compliance::JudgedFinding> findings = {});
};

}  // namespace gokajo::tests
