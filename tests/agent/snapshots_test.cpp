#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "tests/support/judging.h"
#include "tests/support/recorded_pcs.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Json;

namespace {

namespace fs = std::filesystem;

const std::string kFolder = std::string(GOKAJO_SOURCE_DIR) + "/tests/snapshots/";

Json read_json(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  auto json = platform::parse_json(text.str(), 1 << 20);
  REQUIRE_MESSAGE(json, path.string() << ": " << json.error().detail);
  return *json;
}

// Each file of tests/snapshots/<folder>, by its name without ".json".
std::map<std::string, Json> all_of(const char* folder) {
  std::map<std::string, Json> found;
  for (const auto& entry : fs::directory_iterator(kFolder + folder)) found.emplace(entry.path().stem().string(), read_json(entry.path()));
  return found;
}

struct Seen {
  Verdict verdict;
  std::string situation;
  std::set<std::string> names;  ///< every text among its parameters and items
};

void add_names(const Parameters& parameters, std::set<std::string>& names) {
  for (const auto& [key, value] : parameters) {
    if (const auto* name = std::get_if<Name>(&value)) names.insert(name->value);
    if (const auto* version = std::get_if<Version>(&value)) names.insert(version->value);
    if (const auto* list = std::get_if<List>(&value)) names.insert(list->value.begin(), list->value.end());
    if (const auto* date = std::get_if<Date>(&value)) names.insert(platform::format_time(date->value).substr(0, 10));
  }
}

std::map<std::string, Seen> judge_at(const platform::Snapshot& snapshot, platform::Time now) {
  auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  const platform::SnapshotHost host(snapshot);
  const auto result = agent::scan(host, agent::ScanInput{std::move(*pack)}, now);
  REQUIRE(result);
  std::map<std::string, Seen> seen;
  for (const auto& judged : result->judgement.findings) {
    const auto& finding = judged.finding;
    Seen one{finding.verdict, finding.situation, {}};
    add_names(finding.parameters, one.names);
    for (const auto& item : finding.items) add_names(item, one.names);
    seen.insert_or_assign(finding.check, std::move(one));
  }
  return seen;
}

const platform::Snapshot* snapshot_called(const std::string& name) {
  for (const auto& pc : recorded_pcs())
    if (pc.name == name + ".json") return &pc.snapshot;
  return nullptr;
}

void check_findings(const Json& expected, const std::map<std::string, Seen>& seen) {
  for (const auto& [check, wanted] : expected.items()) {
    CAPTURE(check);
    REQUIRE(seen.contains(check));
    const Seen& found = seen.at(check);
    const std::string verdict = toString(found.verdict).c_str();
    const auto& allowed = wanted.at("verdict");
    CHECK_MESSAGE(std::find(allowed.begin(), allowed.end(), verdict) != allowed.end(),
                  check << " is " << verdict << " (" << found.situation << "), expected " << allowed.dump());
    const Json names = wanted.value("names", Json::array()), never = wanted.value("never", Json::array());
    for (const auto& name : names) CHECK_MESSAGE(found.names.contains(name.get<std::string>()), check << " does not name " << name.dump());
    for (const auto& name : never) CHECK_MESSAGE(!found.names.contains(name.get<std::string>()), check << " names " << name.dump());
  }
}

}  // namespace

TEST_CASE("every recorded PC is judged as its manuals say, and what nobody speaks of as its like") {
  for (const auto& [name, expected] : all_of("expected")) {
    CAPTURE(name);
    const auto* snapshot = snapshot_called(name);
    REQUIRE_MESSAGE(snapshot, "tests/data/snapshots/" << name << ".json is missing");
    const auto seen = judge_at(*snapshot, snapshot->recorded_at);
    check_findings(expected.at("findings"), seen);
    // A check that came after the recordings is spoken of by none; on a PC that is like another it must be as there.
    if (expected.contains("otherwise")) {
      const auto* like = snapshot_called(expected.at("otherwise").get<std::string>());
      REQUIRE(like);
      for (const auto& [check, usual] : judge_at(*like, like->recorded_at)) {
        if (expected.at("findings").contains(check)) continue;
        CHECK_MESSAGE((seen.at(check).verdict == usual.verdict && seen.at(check).situation == usual.situation),
                      check << " turned from " << usual.situation << " to " << seen.at(check).situation);
      }
    }
    const Json at = expected.value("at", Json::object());
    for (const auto& [day, findings] : at.items()) {
      CAPTURE(day);
      const auto now = platform::parse_time(day);
      REQUIRE(now);
      check_findings(findings, judge_at(*snapshot, *now));
    }
  }
}

TEST_CASE("no recorded PC is without its expectations") {
  const auto expected = all_of("expected");
  for (const auto& pc : recorded_pcs())
    CHECK_MESSAGE((pc.name == "this PC" || expected.contains(fs::path(pc.name).stem().string())), pc.name);
}

TEST_CASE("every answer that a table replaces is asked for") {
  class Listening : public platform::Host {
   public:
    explicit Listening(const platform::Snapshot& snapshot) : host_(snapshot) {}
    platform::Answer ask(const platform::Question& question) const override {
      asked.insert(platform::question_key(question));
      return host_.ask(question);
    }
    mutable std::set<std::string> asked;

   private:
    platform::SnapshotHost host_;
  };
  auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  for (const auto& [name, table] : all_of("replaced")) {
    CAPTURE(name);
    const auto* snapshot = snapshot_called(name);
    REQUIRE(snapshot);
    const Listening host(*snapshot);
    REQUIRE(agent::scan(host, agent::ScanInput{*pack}, snapshot->recorded_at));
    for (const auto& entry : table.at("answers")) {
      platform::Question question;
      REQUIRE(platform::read_form(entry.at("question"), question, platform::Place{}));
      CHECK_MESSAGE(host.asked.contains(platform::question_key(question)), entry.at("question").dump());
    }
  }
}

}  // namespace gokajo::tests
