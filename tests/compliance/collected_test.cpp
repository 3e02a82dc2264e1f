#include "compliance/collected.h"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "compliance/evidence.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

// field -> how often it stands in the list.
std::map<std::string, int> listed_fields() {
  std::map<std::string, int> listed;
  for (const auto& topic : built_in_collected().topics)
    for (const auto& group : topic.groups)
      for (const auto& field : group.fields) ++listed[field];
  return listed;
}

bool has(const std::vector<std::string>& fields, const char* name) { return std::find(fields.begin(), fields.end(), name) != fields.end(); }

const char* const kSmall = R"({"format": "gokajo-collected/1", "never": [{"ja": "a", "en": "b"}], "stays": [{"ja": "a", "en": "b"}],
 "optional": [{"ja": "a", "en": "b"}], "retention": [{"id": "result", "text": {"ja": "a", "en": "b"}}],
 "topics": [{"id": "device", "name": {"ja": "a", "en": "b"}, "groups": [{"fields": ["x"], "what": {"ja": "a", "en": "c"},
  "checks": ["updates.automatic"], "person": "no", "kept": ["result"]}]}]})";

std::string refusal(const std::string& from, const std::string& to) {
  std::string text = kSmall;
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  const auto read = read_collected(text.replace(at, from.size(), to));
  return read ? "read" : read.error().detail;
}

}  // namespace

TEST_CASE("every field of the evidence is listed once with its purpose, and nothing that is not collected") {
  const auto fields = evidence_fields();
  auto listed = listed_fields();
  CHECK(fields.size() > 150);
  for (const auto& field : fields) {
    CAPTURE(field);
    CHECK_MESSAGE(listed[field] == 1, "compliance/data/collected.json names it " << listed[field] << " times");
  }
  for (const auto& [field, times] : listed) {
    CAPTURE(field);
    CHECK_MESSAGE(std::binary_search(fields.begin(), fields.end(), field), "no field of the evidence");
  }
}

TEST_CASE("fields of a schema: members, entries of lists, names of maps, what stands beside facts, and forms not known here") {
  const auto fields = evidence_fields();
  for (const char* name : {"device.system.host_name", "updates.pending.updates[].fix_not_before", "threats.people{}",
                           "threats.people{}.read[].id", "passwords.rules{}.origin", "inventory.apt[].name", "declarations[].who",
                           "antivirus.other_guards[]", "*.source", "*.observed_at", "*.absent", "*.detail"}) {
    CAPTURE(name);
    CHECK(has(fields, name));
  }
  for (const auto& field : fields) CHECK(field.find(".value") == std::string::npos);
  const auto odd = platform::Json::parse(R"({"type": "object", "properties": {"a": {"$ref": "#/$defs/x"}, "b": {"oneOf": [{}, {}]},
    "c": {"type": "object", "additionalProperties": {"type": "string"}}}})");
  CHECK(fields_of(odd) == std::vector<std::string>{"a", "b", "c{}"});
}

TEST_CASE("a list of what is collected is refused with its place and what was expected") {
  REQUIRE(refusal("\"c\"", "\"d\"") == "read");
  struct Row {
    const char* from;
    const char* to;
    const char* expected;
  };
  const Row rows[] = {
      {"gokajo-collected/1", "gokajo-collected/2", "format: expected"},
      {"\"c\"", "\"\"", "topics.device.groups[0].what.en: expected a text"},
      {"[\"x\"]", "[]", "topics.device.groups[0].fields: expected a field"},
      {"updates.automatic", "updates.none", "topics.device.groups[0].checks: no check \"updates.none\""},
      {"[\"updates.automatic\"]", "[]", "topics.device.groups[0]: expected checks or a purpose"},
      {"\"kept\": [\"result\"]", "\"kept\": [\"for good\"]", "topics.device.groups[0].kept: no retention \"for good\""},
      {"\"kept\": [\"result\"]", "\"kept\": []", "topics.device.groups[0].kept: expected how long"},
      {"\"person\": \"no\"", "\"person\": \"perhaps\"", "person: unknown name"},
      {"\"never\": [{\"ja\": \"a\", \"en\": \"b\"}]", "\"never\": []", "never: expected at least one text"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    const auto detail = refusal(row.from, row.to);
    CHECK_MESSAGE(detail.find(row.expected) != std::string::npos, detail);
  }
  CHECK_FALSE(read_collected(""));
  CHECK_FALSE(read_collected(std::string(2U << 20U, ' ')));
}

TEST_CASE("the list compiled in is the file of the tree, read without a fault") {
  REQUIRE(built_in_collected().format == kCollectedFormat);
  CHECK(built_in_collected().never.size() >= 5);
}

// A name of an account in a field said to concern nobody would make the page untrue.
TEST_CASE("fields that hold names of people are said to concern them") {
  std::map<std::string, Concerns> concerns;
  for (const auto& topic : built_in_collected().topics)
    for (const auto& group : topic.groups)
      for (const auto& field : group.fields) concerns[field] = group.person;
  for (const char* field : {"extras.people[].name", "extras.autorun.people{}.name", "passwords.open_accounts[].name",
                            "passwords.auto_logins[].user", "passwords.screen_locks{}.name", "passwords.windows.accounts[].name",
                            "passwords.windows.auto_login.user", "passwords.windows.profiles[].folder", "passwords.windows.signed_in[]",
                            "sharing.ssh.administrators[]", "sharing.ssh.cases[].user", "threats.people{}.name", "declarations[].who"}) {
    CAPTURE(field);
    CHECK(concerns[field] == Concerns::yes);
  }
}

}  // namespace gokajo::tests
