#include <doctest/doctest.h>

#include "collectors/people.h"
#include "platform/reducer.h"
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

// sudoers(5) of sudo 1.9.13: who stands for ALL commands as root on this host is an administrator, in whatever group; ALL, !su still is one
// (the manual's own warning). ito may do so on another host only, sato as www-data only, tanaka one command only.
TEST_CASE("sudo's own rules make administrators: users, aliases, uids and gids, and nobody who may run less") {
  FakeHost host;
  host.file("/etc/passwd",
            "yamada:x:1000:1000::/home/yamada:/bin/bash\nsuzuki:x:1001:1001::/home/suzuki:/bin/bash\n"
            "tanaka:x:1002:1002::/home/tanaka:/bin/bash\nsato:x:1003:1003::/home/sato:/bin/bash\n"
            "mori:x:1004:1004::/home/mori:/bin/bash\nono:x:1005:27::/home/ono:/bin/bash\n"
            "ito:x:1006:1006::/home/ito:/bin/bash\n");
  host.file("/etc/group", "users:x:100:\n");
  host.answers(platform::StatFile{.path = "/etc/sudoers"}, platform::Reply{platform::FileStatusReply{}});
  host.answers(platform::DescribeSystem{}, platform::Reply{platform::SystemDescription{.host_name = "pc-01", .elevated = true}});
  const auto reduced = platform::find_reducer("sudo_rules")(test_data("sudoers/office.json"));
  REQUIRE(reduced);
  host.answers(platform::RunHelper{.helper = "cvtsudoers", .arguments = {"-e", "-f", "json", "/etc/sudoers"}, .reducer = "sudo_rules"},
               platform::Reply{platform::HelperOutput{.out = {*reduced}}});
  const auto people = collectors::collect_people_linux(host);
  REQUIRE(people);
  std::string administrators;
  for (const auto& person : *people)
    if (!person.administrator_by.empty()) administrators += person.name + "=" + person.administrator_by + " ";
  CHECK(administrators == "yamada=sudoers suzuki=sudoers mori=sudoers ono=sudoers ");
}

TEST_CASE("sudo rules that cannot be read leave the question open") {
  FakeHost host;
  host.file("/etc/passwd", "yamada:x:1000:1000::/home/yamada:/bin/bash\n").file("/etc/group", "users:x:100:\n");
  host.answers(platform::StatFile{.path = "/etc/sudoers"}, platform::Reply{platform::FileStatusReply{}});
  host.answers(platform::DescribeSystem{}, platform::Reply{platform::SystemDescription{.elevated = false}});
  const platform::RunHelper tool{.helper = "cvtsudoers", .arguments = {"-e", "-f", "json", "/etc/sudoers"}, .reducer = "sudo_rules"};
  host.answers(tool, platform::Reply{platform::HelperOutput{.exit_code = 1}});
  CHECK(collectors::collect_people_linux(host).absent == platform::ErrorKind::denied);
  host.answers(tool, platform::Error{platform::ErrorKind::timed_out, ""});
  CHECK(collectors::collect_people_linux(host).absent == platform::ErrorKind::timed_out);
}

TEST_CASE("sudo rules in another form than the reducer's are no rules") {
  FakeHost host;
  host.file("/etc/passwd", "yamada:x:1000:1000::/home/yamada:/bin/bash\n").file("/etc/group", "users:x:100:\n");
  host.answers(platform::StatFile{.path = "/etc/sudoers"}, platform::Reply{platform::FileStatusReply{}});
  const platform::RunHelper tool{.helper = "cvtsudoers", .arguments = {"-e", "-f", "json", "/etc/sudoers"}, .reducer = "sudo_rules"};
  for (const char* text : {"", "{}", "[1]", "[{}]", R"([{"users": ["yamada"]}])", R"([{"hosts": ["ALL"], "usars": ["yamada"]}])",
                           R"([{"hosts": "ALL", "users": ["yamada"]}])", R"([{"hosts": ["ALL"], "users": [7]}])"}) {
    CAPTURE(text);
    host.answers(tool, platform::Reply{platform::HelperOutput{.exit_code = 0, .out = {text}}});
    CHECK(collectors::collect_people_linux(host).absent == platform::ErrorKind::malformed);
  }
  host.answers(tool, platform::Reply{platform::HelperOutput{.exit_code = 0, .out = {R"([{"hosts": ["ALL"], "users": ["yamada"]}])"}}});
  const auto people = collectors::collect_people_linux(host);
  REQUIRE(people);
  CHECK((*people)[0].administrator_by == "sudoers");
}

TEST_CASE("where doas is set up nobody is said to be no administrator") {
  FakeHost host;
  host.file("/etc/passwd", "tanaka:x:1000:1000::/home/tanaka:/bin/bash\n").file("/etc/group", "users:x:100:\n");
  CHECK(collectors::collect_people_linux(host));
  host.file("/etc/doas.conf", "permit tanaka\n");
  const auto people = collectors::collect_people_linux(host);
  CHECK_FALSE(people);
  CHECK(people.absent == platform::ErrorKind::unsupported);
}

}  // namespace gokajo::tests
