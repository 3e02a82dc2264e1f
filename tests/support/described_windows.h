/// \file
/// A Windows PC as a file of tests/data/windows describes it (README.md there), answering questions like the real one would. It holds to
/// the lists of what is asked (platform/windows/allowed.h), and is silent (not_asked) about whatever its file has no source for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/scan.h"
#include "platform/host.h"
#include "platform/json_form.h"

namespace gokajo::tests {

/// A description with its bases under it: a key, an API's rows, an error of the nearer one stands in place of the farther one's.
class DescribedWindows : public platform::Host {
 public:
  explicit DescribedWindows(platform::Json whole);
  platform::Answer ask(const platform::Question& question) const override;

  const platform::Json& description() const { return whole_; }
  platform::Time at() const { return at_; }

 private:
  platform::Json whole_;
  platform::Time at_{};
};

struct DescribedPc {
  std::string name;  ///< of its file, without ".json"
  DescribedWindows host;
};

/// As a scan with the pack 6kajo, which asks the most, would find it: with the memory that its file tells of.
agent::ScanInput input_of(const DescribedPc& pc);

/// All files of tests/data/windows, sorted; fails the test where one cannot be read.
const std::vector<DescribedPc>& described_windows();

}  // namespace gokajo::tests
