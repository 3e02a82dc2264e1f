#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "platform/public_directory.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace platform;

TEST_CASE("a folder for everybody is made by its owner, and told from one that is a stranger's") {
  const TemporaryDirectory place;
  const auto folder = place.path() + "/public";
  CHECK(check_public_directory(folder).error().kind == ErrorKind::not_found);
  REQUIRE(own_public_directory(folder));
  CHECK(check_public_directory(folder));
  struct stat status{};
  REQUIRE(stat(folder.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0755);
  REQUIRE(chmod(folder.c_str(), 01777) == 0);
  CHECK(check_public_directory(folder).error().kind == ErrorKind::denied);
  REQUIRE(chmod(folder.c_str(), 0755) == 0);
  if (geteuid() != 0) return;  // only root can give it away
  REQUIRE(chown(folder.c_str(), 65534, 65534) == 0);
  CHECK(check_public_directory(folder).error().kind == ErrorKind::denied);
  CHECK(own_public_directory(folder).error().kind == ErrorKind::denied);
}

}  // namespace gokajo::tests
