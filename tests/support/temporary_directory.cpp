#include "tests/support/temporary_directory.h"

#include <stdlib.h>

#include <filesystem>

#include <doctest/doctest.h>

namespace gokajo::tests {

TemporaryDirectory::TemporaryDirectory() {
  path_ = (std::filesystem::temp_directory_path() / "gokajo-test.XXXXXX").string();
  REQUIRE(mkdtemp(path_.data()) != nullptr);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace gokajo::tests
