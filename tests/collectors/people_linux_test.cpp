#include "collectors/people.h"

#include <doctest/doctest.h>

#include "tests/support/fake_host.h"

namespace gokajo::tests {

TEST_CASE("people are accounts of uid 1000 and above; sudo and wheel make administrators") {
  FakeHost host;
  host.file("/etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\n"
            "tanaka:x:1000:1000:田中:/home/tanaka:/bin/bash\n"
            "sato:x:1001:10:佐藤:/home/sato:/usr/bin/zsh\n"
            "backup:x:1002:1002::/srv:/usr/sbin/nologin\n"
            "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
            "broken line\n");
  host.file("/etc/group", "sudo:x:27:tanaka\nwheel:x:10:\nusers:x:100:sato\n");
  const auto people = collectors::collect_people_linux(host);
  REQUIRE(people);
  REQUIRE(people->size() == 3);
  CHECK((*people)[0].administrator_by == "group sudo");
  CHECK((*people)[1].administrator_by == "group wheel");  // by its first group
  CHECK((*people)[2].daily == false);
}

TEST_CASE("without a readable group file nobody is said to be no administrator") {
  FakeHost host;
  host.file("/etc/passwd", "tanaka:x:1000:1000::/home/tanaka:/bin/bash\n").unreadable("/etc/group", platform::ErrorKind::denied);
  const auto people = collectors::collect_people_linux(host);
  CHECK_FALSE(people);
  CHECK(people.absent == platform::ErrorKind::denied);
}

}  // namespace gokajo::tests
