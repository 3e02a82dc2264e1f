#include "compliance/pack.h"

#include <doctest/doctest.h>

#include "compliance/check.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const char* const kPack = R"({"format": "gokajo-pack/1", "id": "own", "version": "1", "name": {"ja": "自社", "en": "Own"}, "sources": [],
 "rules": [{"id": "updates", "number": 1, "name": {"ja": "更新", "en": "Updates"}, "checks": [
   {"check": "updates.os-supported", "role": "required", "reason": {"ja": "理由", "en": "why"}},
   {"any": ["accounts.admin-separate", "a.b"], "role": "advice", "reason": {"ja": "理由", "en": "why"}}]}],
 "extras": [], "not_looked_at": {"ja": [], "en": []},
 "questions": [{"id": "nas", "rule": "updates", "role": "advice", "valid_months": 12, "ask": {"ja": "？", "en": "?"}, "choices": [{"id": "yes", "verdict": "pass", "text": {"ja": "はい", "en": "Yes"}}],
                "reason": {"ja": "理由", "en": "why"}}]})";

std::string refusal(const std::string& from, const std::string& to) {
  std::string text = kPack;
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  const auto pack = read_pack(text.replace(at, from.size(), to));
  return pack ? "read" : pack.error().detail;
}

}  // namespace

TEST_CASE("every pack compiled in is read, names only checks of the catalogue, and decides each rule") {
  REQUIRE(built_in_pack_ids().size() >= 2);
  for (const auto& id : built_in_pack_ids()) {
    CAPTURE(id);
    const auto pack = built_in_pack(id);
    REQUIRE_MESSAGE(pack, pack.error().detail);
    CHECK(pack->id == id);
    for (const auto& rule : pack->rules) CHECK_FALSE(rule.checks.empty());
  }
  CHECK(built_in_pack("none").error().detail.find("5kajo") != std::string::npos);
}

TEST_CASE("a malformed pack is refused with its place and what was expected") {
  REQUIRE(refusal("own", "own") == "read");
  struct Row {
    const char* from;
    const char* to;
    const char* expected;
  };
  const Row rows[] = {
      {"gokajo-pack/1", "gokajo-pack/2", "format: expected \"gokajo-pack/1\""},
      {"\"own\"", "\"../own\"", "id: expected at most 64 of a-z, 0-9 and -"},
      {"\"version\": \"1\"", "\"version\": \"new\"", "version: expected numbers such as 2026.11.1"},
      {"\"Own\"", "\"\\u001b[2J\"", "name.en: a control character"},
      {"\"required\"", "\"advice\"", "rules[0].checks: expected at least one required check"},
      {"\"required\"", "\"must\"", "rules[0].checks[0].role: unknown name \"must\""},
      {"{\"check\": \"updates.os-supported\",", "{", "rules[0].checks[0]: expected either \"check\" or \"any\""},
      {"{\"check\": \"updates.os-supported\",", "{\"check\": \"x\", \"any\": [\"y\"],",
       "rules[0].checks[0]: expected either \"check\" or \"any\""},
      {"[\"accounts.admin-separate\", \"a.b\"]", "[]", "rules[0].checks[1].any: expected at least one check"},
      {"\"a.b\"", "\"updates.os-supported\"", "rules[0].checks[1]: check \"updates.os-supported\" stands twice"},
      {"\"role\": \"advice\", \"reason\"", "\"role\": \"advice\", \"settings\": {\"days\": 3}, \"reason\"",
       "rules[0].checks[1].settings.days: not a setting of accounts.admin-separate"},
      {"\"role\": \"advice\", \"reason\"", "\"role\": \"advice\", \"settings\": {\"days\": 3.5}, \"reason\"",
       "rules[0].checks[1].settings.days: expected a whole number, true, false or a list of names"},
      {"\"number\": 1", "\"number\": \"1\"", "rules[0].number: expected a whole number"},
      {"{\"ja\": \"更新\", \"en\": \"Updates\"}", "{\"ja\": \"更新\"}", "rules[0].name.en: missing"},
      {"\"verdict\": \"pass\"", "\"verdict\": \"green\"", "questions[0].choices[0].verdict: unknown name \"green\""},
      {"\"extras\": []", "\"extra\": []", "extras: missing"},
      {"\"extras\": []", "\"extras\": [], \"more\": 1", "more: unknown key"},
      {"\"extras\": []", "\"extras\": [{}]", "extras[0].role: missing"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    const auto detail = refusal(row.from, row.to);
    CHECK_MESSAGE(detail.find(row.expected) != std::string::npos, detail);
  }
  CHECK(read_pack("").error().kind == ErrorKind::malformed);
  CHECK(read_pack(std::string(kMaxPackBytes + 1, ' ')).error().kind == ErrorKind::too_large);
}

TEST_CASE("a pack laid over its base keeps the base's rules and takes the later role") {
  auto pack = read_pack(kPack);
  REQUIRE(pack);
  pack->extends = "5kajo";
  CHECK(extended(*pack).error().detail.find("check \"accounts.admin-separate\" stands twice") !=
        std::string::npos);  // once alone, once in an "any"
  pack->rules[0].checks[1].any.reset();
  pack->rules[0].checks[1].check = "accounts.admin-separate";
  const auto base = built_in_pack("5kajo");
  const auto whole = extended(*pack);
  REQUIRE(base);
  REQUIRE_MESSAGE(whole, whole.error().detail);
  CHECK(whole->id == "own");
  CHECK(whole->rules.size() == base->rules.size());
  CHECK_FALSE(whole->extends);
  CHECK(whole->extras.size() == base->extras.size() - 1);
  pack->extends = "own";
  CHECK(extended(*pack).error().detail.find("cannot extend itself") != std::string::npos);
  pack->extends = "nowhere";
  CHECK(extended(*pack).error().detail.find("no rule pack \"nowhere\"") != std::string::npos);
}

TEST_CASE("a check that this version does not know has a place, and packs that extend each other come to an end") {
  const auto pack = read_pack(kPack);
  REQUIRE(pack);
  CHECK(only_known_checks(*pack).error().detail == "rules[0].checks[1]: no check \"a.b\" in this version");
  for (const auto& id : built_in_pack_ids()) CHECK(only_known_checks(*built_in_pack(id)));
  auto one = *pack, other = *pack;
  one.extends = "other";
  other.id = "other";
  other.extends = "own";
  const auto whole = extended(one, [&](std::string_view id) -> platform::Result<Pack> { return id == "own" ? one : other; });
  REQUIRE_FALSE(whole);
  CHECK(whole.error().detail.find("too many packs one over the other") != std::string::npos);
}

TEST_CASE("a pack is laid over the base that it is given") {
  auto base = *built_in_pack_alone("5kajo");
  base.version = "2099.1";
  base.rules.pop_back();
  const auto lookup = [&](std::string_view id) { return id == "5kajo" ? platform::Result<Pack>(base) : built_in_pack_alone(id); };
  const auto whole = extended(*built_in_pack_alone("6kajo"), lookup);
  REQUIRE(whole);
  CHECK(whole->rules.size() == built_in_pack("6kajo")->rules.size() - 1);
}

}  // namespace gokajo::tests
