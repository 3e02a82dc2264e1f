#include "tests/support/temporary_directory.h"

#include <filesystem>
#include <random>

#include <doctest/doctest.h>

#include "platform/invoker.h"

namespace gokajo::tests {

TemporaryDirectory::TemporaryDirectory() {
  std::random_device random;
  path_ = (std::filesystem::temp_directory_path() / ("gokajo-test." + std::to_string(random()) + std::to_string(random()))).string();
  REQUIRE_FALSE(std::filesystem::exists(path_));
  REQUIRE(platform::own_private_directory(path_));
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace gokajo::tests
