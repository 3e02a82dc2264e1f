#include "compliance/pack.h"

#include <doctest/doctest.h>

#include "compliance/check.h"
#include "compliance/setting_range.h"

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
  CHECK(extended(*pack).error().detail == "extends: a cycle: \"own\" extends \"own\"");
  pack->extends = "nowhere";
  CHECK(extended(*pack).error().detail.find("no rule pack \"nowhere\"") != std::string::npos);
}

TEST_CASE("a check that this version does not know has a place") {
  const auto pack = read_pack(kPack);
  REQUIRE(pack);
  CHECK(only_known_checks(*pack).error().detail == "rules[0].checks[1]: no check \"a.b\" in this version");
  for (const auto& id : built_in_pack_ids()) CHECK(only_known_checks(*built_in_pack(id)));
  auto known = *pack;
  known.rules[0].checks[1].any = {"accounts.admin-separate", "boot.secure-boot"};
  CHECK(only_known_checks(known));
  known.questions[0].settles = {"passwords.length", "passwords.lenght"};
  CHECK(only_known_checks(known).error().detail == "questions[0].settles[1]: no check \"passwords.lenght\" in this version");
  known.questions[0].settles.reset();
  known.extras.push_back({"no.such", {}, Role::advice, {}, {}, {}, {}});
  CHECK(only_known_checks(known).error().detail == "extras[0]: no check \"no.such\" in this version");
}

TEST_CASE("packs that extend each other are refused where the cycle is closed, and so is a tower of them") {
  std::map<std::string, Pack, std::less<>> all;
  const auto put = [&](const std::string& id, const std::string& extends) {
    auto pack = *read_pack(kPack);
    pack.id = id;
    pack.extends = extends;
    all.insert_or_assign(id, pack);
  };
  const auto refused = [&](const std::string& id) {
    const auto whole = extended(all.at(id), [&](std::string_view base) -> platform::Result<Pack> { return all.find(base)->second; });
    return whole ? "read" : whole.error().detail;
  };
  put("a", "a");
  CHECK(refused("a") == "extends: a cycle: \"a\" extends \"a\"");
  put("a", "b");
  put("b", "a");
  CHECK(refused("a") == "extends: b: extends: a cycle: \"a\" extends \"b\" extends \"a\"");
  // The cycle need not go through the pack itself.
  put("c", "a");
  CHECK(refused("c") == "extends: a: extends: b: extends: a cycle: \"a\" extends \"b\" extends \"a\"");
  put("d", "e");
  put("e", "f");
  put("f", "g");
  put("g", "h");
  CHECK(refused("d") == "extends: e: extends: f: extends: g: extends: too many packs one over the other");
}

TEST_CASE("a rule of the base that a pack leaves without a required check is refused where it is taken away") {
  auto base = *read_pack(kPack);
  base.rules[0].checks.pop_back();
  auto over = base;
  over.id = "over";
  over.extends = "own";
  over.rules[0].id = "other";
  const auto laid = [&] { return extended(over, [&](std::string_view) -> platform::Result<Pack> { return base; }); };
  REQUIRE_FALSE(laid());
  CHECK(laid().error().detail == "rules[0].checks[0]: rule \"updates\" would be left without a required check");
  over.rules[0].id = "updates";  // named again in its own rule it stays there
  CHECK(laid());
}

TEST_CASE("every setting that a check declares has a range, in which its default and the packs' values lie") {
  std::size_t numbers = 0;
  for (const auto* check : all_checks())
    for (const auto& [name, value] : check->settings) {
      CAPTURE(check->id);
      CAPTURE(name);
      if (std::holds_alternative<std::int64_t>(value)) {
        ++numbers;
        const auto* range = range_of(check->id, name);
        REQUIRE(range);
        CHECK(range->least < range->most);
        CHECK(range->least >= 0);
      } else if (!std::holds_alternative<bool>(value)) {  // yes or no is all that may be said there
        REQUIRE(list_range_of(check->id, name));
      }
      CHECK(in_range(check->id, name, value, "x"));
    }
  CHECK(setting_ranges().size() == numbers);  // and none stands for nothing
}

TEST_CASE("a threshold out of the range of its check is refused with its place, at both ends of every range") {
  auto base = *built_in_pack_alone("5kajo");
  const auto refused = [&](const std::string& check, const std::string& name, const Setting& value) {
    for (std::size_t i = 0; i < base.rules.size(); ++i)
      for (std::size_t k = 0; k < base.rules[i].checks.size(); ++k)
        if (base.rules[i].checks[k].check == check) {
          auto pack = base;
          auto& settings = pack.rules[i].checks[k].settings;
          if (!settings) settings.emplace();
          settings->insert_or_assign(name, value);
          const auto read = read_pack(platform::to_form(pack).dump());
          const auto place = "rules[" + std::to_string(i) + "].checks[" + std::to_string(k) + "].settings." + name;
          if (read) return std::string("read");
          REQUIRE_MESSAGE(read.error().detail.starts_with(place), read.error().detail);
          return read.error().detail.substr(place.size());
        }
    return std::string("not in the pack");
  };
  std::size_t tried = 0;
  for (const auto& range : setting_ranges()) {
    if (refused(range.check, range.name, range.least) == "not in the pack") continue;
    CAPTURE(range.check);
    CAPTURE(range.name);
    ++tried;
    const auto said = ": expected " + std::to_string(range.least) + " to " + std::to_string(range.most);
    CHECK(refused(range.check, range.name, range.least) == "read");
    CHECK(refused(range.check, range.name, range.most) == "read");
    CHECK(refused(range.check, range.name, range.least - 1) == said);
    CHECK(refused(range.check, range.name, range.most + 1) == said);
  }
  CHECK(tried >= 15);
  using Names = std::vector<std::string>;
  CHECK(refused("passwords.length", "min_length", std::int64_t{4}) == ": expected 10 to 64");  // IPA: 10 characters or more
  CHECK(refused("sharing.smb1-off", "required_parts", Names{"servre"}) == "[0]: expected one of server, client");
  CHECK(refused("sharing.smb1-off", "required_parts", Names{"server", "server"}) == "[1]: \"server\" stands twice");
  CHECK(refused("sharing.smb1-off", "required_parts", Names{}) == ": expected at least 1");
  CHECK(refused("sharing.smb1-off", "advice_parts", Names{}) == "read");
  // Of several checks one of which suffices, each is asked.
  auto pack = base;
  pack.extras = {{{}, Names{"passwords.length", "boot.secure-boot"}, Role::advice, Settings{{"min_length", std::int64_t{9}}}, {}, {}, {}}};
  for (auto& rule : pack.rules) std::erase_if(rule.checks, [](const PackCheck& one) { return one.check == "passwords.length"; });
  const auto read = read_pack(platform::to_form(pack).dump());
  REQUIRE_FALSE(read);
  CHECK(read.error().detail == "extras[0].settings.min_length: expected 10 to 64");
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

TEST_CASE("the pack of SCS ★3 asks at least what the six rules ask, and what ★3 asks of PCs besides") {
  const auto six = *built_in_pack("6kajo"), scs = *built_in_pack("scs3");
  const auto role_in = [](const Pack& pack, const std::string& check) -> std::optional<Role> {
    for (const auto& rule : pack.rules)
      for (const auto& entry : rule.checks)
        if (entry.check == check) return entry.role;
    return std::nullopt;
  };
  for (const auto& rule : six.rules)
    for (const auto& entry : rule.checks)
      if (entry.role == Role::required) CHECK_MESSAGE(role_in(scs, *entry.check) == Role::required, *entry.check);
  // 4-1-4-1, 4-4-1-2, 4-4-4-1, 4-4-5-2 of the official list of 2026-03-27.
  for (const char* check : {"passwords.lockout", "autorun.off", "updates.automatic", "antivirus.scan-recent"}) {
    CHECK_MESSAGE(role_in(six, check) != Role::required, check);
    CHECK_MESSAGE(role_in(scs, check) == Role::required, check);
  }
  CHECK(scs.rules.size() == six.rules.size() + 1);
  CHECK(scs.questions.size() == six.questions.size());
  CHECK(scs.extras.size() == six.extras.size() - 1);
}

}  // namespace gokajo::tests
