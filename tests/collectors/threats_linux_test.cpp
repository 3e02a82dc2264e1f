#include <doctest/doctest.h>

#include "collectors/threats.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;

namespace {
constexpr const char* kFile =
    R"({"format":"gokajo-briefings-read/1","read":[{"id":"2026-autumn-ransomware","understood_at":"2026-11-20T01:02:03Z","answers_right":3}]})";

FakeHost office() {
  FakeHost host;
  host.file("/etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\n"
            "yamada:x:1000:1000::/home/yamada:/bin/bash\n"
            "sato:x:1001:1001::/home/sato:/bin/bash\n"
            "old:x:1002:1002::/home/old:/usr/sbin/nologin\n");
  return host;
}

ReadFile file_of(const std::string& home, std::int64_t uid) {
  return {.path = home + "/.local/state/gokajo/briefings.json", .reducer = "briefings_read", .max_bytes = 64 << 10, .as_uid = uid};
}
}  // namespace

TEST_CASE("each person's briefings are read with that person's rights; a missing file means nothing read yet") {
  auto host = office();
  host.answers(file_of("/home/yamada", 1000), Reply{FileContents{{kFile}, {}}});
  const auto people = collectors::collect_briefing_readers_linux(host);
  REQUIRE(people);
  REQUIRE(people->size() == 2);
  CHECK(people->at("1000").name == "yamada");
  REQUIRE(people->at("1000").read->size() == 1);
  CHECK(format_time(people->at("1000").read->front().understood_at) == "2026-11-20T01:02:03Z");
  CHECK(people->at("1001").read->empty());
}

TEST_CASE("a file that may not be read, or is not of the form, leaves that person unknown") {
  auto host = office();
  host.answers(file_of("/home/yamada", 1000), Error{ErrorKind::denied, "a link"});
  host.answers(file_of("/home/sato", 1001), Reply{FileContents{{"{}"}, {}}});
  const auto people = collectors::collect_briefing_readers_linux(host);
  CHECK(people->at("1000").read.absent == ErrorKind::denied);
  CHECK(people->at("1001").read.absent == ErrorKind::malformed);
  FakeHost nobody;
  CHECK_FALSE(collectors::collect_briefing_readers_linux(nobody));
}

TEST_CASE("a person's own file passes only in its documented form") {
  const auto reduce = find_reducer("briefings_read");
  CHECK(reduce(kFile));
  const char* refused[] = {
      "",
      "[]",
      R"({"format":"gokajo-briefings-read/2","read":[]})",
      R"({"format":"gokajo-briefings-read/1"})",
      R"({"format":"gokajo-briefings-read/1","read":[{"id":"<b>","understood_at":"2026-11-20T01:02:03Z","answers_right":3}]})",
      R"({"format":"gokajo-briefings-read/1","read":[{"id":"a","understood_at":"yesterday","answers_right":3}]})",
      R"({"format":"gokajo-briefings-read/1","read":[{"id":"a","understood_at":"2026-11-20T01:02:03Z","answers_right":"3"}]})",
  };
  for (const char* text : refused) {
    CAPTURE(text);
    CHECK_FALSE(reduce(text));
  }
  const auto extra = reduce(
      R"({"format":"gokajo-briefings-read/1","note":"secret","read":[{"id":"a","understood_at":"2026-11-20T01:02:03Z","answers_right":3,"note":"secret"}]})");
  REQUIRE(extra);
  CHECK(extra->find("secret") == std::string::npos);
}

}  // namespace gokajo::tests
