#include "hub/scs3/criteria.h"

#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "compliance/check.h"
#include "compliance/pack.h"
#include "hub/pack_comparison.h"

namespace gokajo::tests {

using namespace hub;

namespace {

platform::Json kept() {
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/hub/scs3/data/scs3.json", std::ios::binary).rdbuf();
  return platform::Json::parse(text.str());
}

std::string refusal(const platform::Json& json) {
  const auto read = read_scs_facts(json.dump());
  return read ? "taken" : read.error().detail;
}

// The row of that id, to be changed.
platform::Json& row(platform::Json& json, const std::string& id) {
  for (auto& one : json["criteria"])
    if (one["id"] == id) return one;
  FAIL(id);
  return json;
}

}  // namespace

TEST_CASE("★3 has 81 criteria in 26 requirements: 9 that PCs decide, 18 in part, 54 that people answer") {
  // Counted in the official list of 2026-03-27; which are a machine's is our own judgement.
  const auto& facts = scs_facts();
  CHECK((facts.criteria.size() == 81 && facts.requirements.size() == 26 && facts.categories.size() == 7));
  CHECK(facts.of(ScsShown::machine).size() == 9);
  CHECK(facts.of(ScsShown::partly).size() == 18);
  CHECK(facts.of(ScsShown::person).size() == 54);
  CHECK((facts.counts.criteria == 81 && facts.counts.machine == 9 && facts.counts.partly == 18 && facts.counts.person == 54));
  for (const auto& one : facts.criteria) {
    CAPTURE(one.id);
    CHECK((!one.text.ja.empty() && !one.text.en.empty()));
    CHECK(facts.criterion(one.id) == &one);
    CHECK(facts.requirement(one.requirement));
    CHECK((one.asks_person() || one.rests_on_pcs()));
    CHECK_FALSE(one.sources.empty());
  }
  CHECK((facts.criterion("9-9-9-9") == nullptr && facts.requirement("") == nullptr));
}

TEST_CASE("each check that a criterion names is one of the catalogue and in the pack of ★3, where one that decides is required") {
  const auto pack = *compliance::built_in_pack("scs3");
  for (const auto& one : scs_facts().criteria)
    for (const auto* list : {&one.decides, &one.needs, &one.beside})
      for (const auto& check : *list) {
        INFO(one.id, " ", check);
        CHECK(compliance::find_check(check));
        const auto found = placed(pack, check);
        REQUIRE(found.entry);
        if (list != &one.beside) CHECK((found.entry->role == compliance::Role::required && found.rule != "extras"));
      }
}

TEST_CASE("a file that does not add up, names what is not there or is worded surer than its sources is refused with the place") {
  REQUIRE(refusal(kept()) == "taken");
  const auto changed = [](const auto& change) {
    auto json = kept();
    change(json);
    return refusal(json);
  };
  CHECK(changed([](auto& j) { j["format"] = "gokajo-scs3/1"; }) == "scs3.format: expected \"gokajo-scs3/2\"");
  CHECK(changed([](auto& j) { j["counts"]["partly"] = 19; }) == "scs3.counts.partly: there are 18");
  CHECK(changed([](auto& j) { j["criteria"].erase(0); }) == "scs3.counts.criteria: there are 80");
  CHECK(changed([](auto& j) { j["criteria"][1]["id"] = "1-2-1-1"; }) == "scs3.criteria[1].id: \"1-2-1-1\" stands twice");
  CHECK(changed([](auto& j) { j["criteria"][0]["requirement"] = "1-9-9"; }) == "scs3.criteria[0].requirement: no requirement 1-9-9");
  CHECK(changed([](auto& j) { j["criteria"][0]["decides"] = {"autorun.off"}; }) == "scs3.criteria[0].shown: a person's, and names checks");
  CHECK(changed([](auto& j) { row(j, "4-4-1-2")["decides"] = {"autorun.of"}; }).find("no check \"autorun.of\" in this version") !=
        std::string::npos);
  CHECK(changed([](auto& j) { row(j, "4-4-1-2")["decides"] = platform::Json::array(); }).find("nothing decides it") != std::string::npos);
  CHECK(changed([](auto& j) { row(j, "4-1-5-3")["needs"] = {"passwords.length"}; }).find("stands twice") != std::string::npos);
  CHECK(changed([](auto& j) { row(j, "4-1-5-3")["rest"] = {{"ja", "x"}, {"en", "x"}}; }).find("rest: a person answers the whole") !=
        std::string::npos);
  CHECK(changed([](auto& j) { j["criteria"][0]["sources"] = {"S9"}; }) == "scs3.criteria[0].sources[0]: no source S9");
  CHECK(changed([](auto& j) { j["notes"][1]["text"]["ja"] = "★3は専門家が確かめます。"; }).find("worded as if it were sure") !=
        std::string::npos);
  CHECK(changed([](auto& j) { j["edition"] = "2026"; }) == "scs3.edition: no day");
  CHECK(changed([](auto& j) { j["valid_months"] = 60; }) == "scs3.valid_months: expected 1 to 12");
  CHECK(changed([](auto& j) { j["more"] = 1; }) == "scs3.more: unknown key");
  CHECK_FALSE(read_scs_facts(std::string((std::size_t{1} << 18U) + 1, ' ')));
}

}  // namespace gokajo::tests
