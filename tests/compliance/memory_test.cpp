#include "compliance/memory.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace compliance;

TEST_CASE("memory read back is what was written") {
  Memory memory;
  memory.first_seen["finding/sharing.folders-restricted/共有"] = *platform::parse_time("2026-11-01");
  memory.last_good["pass/updates.os-supported"] = *platform::parse_time("2026-11-20");
  memory.not_offered["source/deb.debian.org"] = *platform::parse_time("2026-11-19");
  const auto read = read_memory(write_memory(memory));
  REQUIRE(read);
  CHECK(read->first_seen == memory.first_seen);
  CHECK(read->last_good == memory.last_good);
  CHECK(read->not_offered == memory.not_offered);
}

TEST_CASE("a malformed memory is refused with its place") {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"[]", "memory: expected an object"},
      {"{}", "memory.format: expected \"gokajo-memory/1\""},
      {R"({"format":"gokajo-memory/2","first_seen":{},"last_good":{},"not_offered":{}})", "memory.format: expected \"gokajo-memory/1\""},
      {R"({"format":"gokajo-memory/1","first_seen":{},"last_good":{}})", "memory.not_offered: missing"},
      {R"({"format":"gokajo-memory/1","first_seen":{"a":"x"},"last_good":{},"not_offered":{}})", "memory.first_seen.a: expected a time"},
      {R"({"format":"gokajo-memory/1","first_seen":{},"last_good":{},"not_offered":{},"more":{}})", "memory.more: unknown key"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto json = platform::parse_json(row.text, 1 << 20);
    REQUIRE(json);
    const auto memory = read_memory(*json);
    REQUIRE_FALSE(memory);
    CHECK_MESSAGE(memory.error().detail.find(row.expected) != std::string::npos, memory.error().detail);
  }
}

}  // namespace gokajo::tests
