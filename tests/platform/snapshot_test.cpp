#include "platform/snapshot.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

namespace {
const std::string kRaw{"\xFF\0 raw", 6};

Snapshot sample() {
  Snapshot snapshot;
  snapshot.recorded_at = *parse_time("2026-11-22T01:02:03Z");
  snapshot.answers[question_key(ReadFile{.path = "/etc/os-release"})] = {Reply{FileContents{{"ID=debian\n"}, {}}}, snapshot.recorded_at};
  snapshot.answers[question_key(ReadFile{.path = "/etc/x"})] = {Reply{FileContents{{kRaw}, {}}}, snapshot.recorded_at};
  snapshot.answers[question_key(ListProcesses{})] = {Error{ErrorKind::denied, "no"}, snapshot.recorded_at};
  return snapshot;
}
}  // namespace

TEST_CASE("a snapshot read back answers as it was written, byte for byte") {
  const std::string text = write_snapshot(sample());
  const auto read = read_snapshot(text);
  REQUIRE(read);
  CHECK(write_snapshot(*read) == text);
  const SnapshotHost host(*read);
  CHECK(ask(host, ReadFile{.path = "/etc/x"})->bytes.data == kRaw);
  CHECK(ask(host, ListProcesses{}).error().kind == ErrorKind::denied);
  CHECK(ask(host, DescribeSystem{}).error().kind == ErrorKind::not_asked);
}

TEST_CASE("a malformed snapshot is refused with the place and what was expected") {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"", "parse error"},
      {"[]", "top level: expected an object"},
      {R"({"format":"other","recorded_at":"2026-11-22T00:00:00Z","answers":[]})", "format: expected \"gokajo-snapshot/1\""},
      {R"({"format":"gokajo-snapshot/1","recorded_at":"today","answers":[]})", "recorded_at: expected a time"},
      {R"({"format":"gokajo-snapshot/1","recorded_at":"2026-11-22T00:00:00Z","answers":[{"question":{"read_mind":{}}}]})",
       "answers[0].question: unknown kind \"read_mind\""},
      {R"({"format":"gokajo-snapshot/1","recorded_at":"2026-11-22T00:00:00Z","answers":[{"question":{"list_processes":{}},"observed_at":"2026-11-22T00:00:00Z"}]})",
       "answers[0]: expected either \"reply\" or \"error\""},
      {R"({"format":"gokajo-snapshot/1","format":"gokajo-snapshot/1","recorded_at":"2026-11-22T00:00:00Z","answers":[]})",
       "duplicate key \"format\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto read = read_snapshot(row.text);
    REQUIRE_FALSE(read);
    CHECK_MESSAGE(read.error().detail.find(row.expected) != std::string::npos, read.error().detail);
  }
  CHECK_FALSE(read_snapshot(std::string(100000, '[')));
}

}  // namespace gokajo::tests
