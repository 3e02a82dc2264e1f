/// \file
/// A directory of its own for one test, gone with everything in it when the test ends.
#pragma once

#include <string>

namespace gokajo::tests {

/// Mode 0700, under TMPDIR or /tmp. Fails the test when it cannot be made.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace gokajo::tests
