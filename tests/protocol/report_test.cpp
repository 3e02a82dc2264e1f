#include "protocol/report.h"

#include <doctest/doctest.h>

#include "protocol/body.h"
#include "protocol/problem.h"
#include "protocol/settings.h"

namespace gokajo::tests {

using namespace protocol;
using platform::ErrorKind, platform::Json;

namespace {

Report small_report() {
  Report report;
  report.device = sha256_hex("key");
  report.position = {3, 42};
  report.agent_version = "0.1.0";
  report.pack = {"5kajo", "1"};
  report.content = Json::object();
  return report;
}

// The report with one member replaced (null: taken out).
std::string with(const char* member, const Json& value) {
  Json json = Json::parse(write_report(small_report()));
  if (value.is_null())
    json.erase(member);
  else
    json[member] = value;
  return json.dump();
}

std::string refusal(const std::string& text) {
  const auto read = read_report(text);
  return read ? "" : read.error().detail;
}

}  // namespace

TEST_CASE("a report is read as it was written") {
  auto report = small_report();
  report.discarded = {{"no_room", 3}};
  report.still_so = true;
  report.content.reset();
  report.changes = Changes{40, sha256_hex("content"), Json::array({{{"op", "remove"}, {"path", "/a"}}})};
  const auto read = read_report(write_report(report));
  REQUIRE(read);
  CHECK(write_report(*read) == write_report(report));
  CHECK(read->position == Position{3, 42});
  CHECK(read->discarded.at("no_room") == 3);
  CHECK(read->changes->since_seq == 40);
}

TEST_CASE("a malformed report is refused with the place") {
  CHECK(refusal(with("format", "gokajo-report/2")).find("report.format") == 0);
  CHECK(refusal(with("seq", 0)).find("report.seq") == 0);
  CHECK(refusal(with("seq", "1")).find("report.seq") == 0);
  CHECK(refusal(with("device", nullptr)).find("report.device: missing") == 0);
  CHECK(refusal(with("content", nullptr)).find("either") != std::string::npos);
  CHECK(refusal(with("changes", {{"since_seq", 1}, {"sha256", ""}, {"changes", Json::array()}})).find("either") != std::string::npos);
  CHECK(refusal(with("green", true)).find("report.green: unknown key") == 0);
  CHECK_FALSE(refusal("{}").empty());
  CHECK(read_report(std::string(kMaxReportBytes + 1, ' ')).error().kind == ErrorKind::too_large);
}

TEST_CASE("a body is expanded to what was compressed, within limits") {
  const std::string text = write_report(small_report());
  const auto body = compress(text);
  CHECK(is_compressed(body));
  CHECK_FALSE(is_compressed(text));
  CHECK(*expand(body, text.size()) == text);
  CHECK(*expand(text, text.size()) == text);
  CHECK(expand(body, text.size() - 1).error().kind == ErrorKind::too_large);
  CHECK(expand(text, text.size() - 1).error().kind == ErrorKind::too_large);
  CHECK(expand(body.substr(0, body.size() - 1), text.size()).error().kind == ErrorKind::malformed);
  CHECK(expand(body + "x", text.size()).error().kind == ErrorKind::malformed);
  CHECK(expand(body + body, text.size() * 2).error().kind == ErrorKind::malformed);
  auto flipped = body;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  const auto other = expand(flipped, text.size());
  CHECK_FALSE((other && *other == text));
  // A bomb: CVE-2024-36129 was 10 GB of zeros in 329 KB.
  const auto bomb = compress(std::string(64U << 20U, '\0'));
  CHECK(bomb.size() < 8192);
  CHECK(expand(bomb, 1U << 20U).error().kind == ErrorKind::too_large);
  CHECK(*expand(compress(""), 0) == "");
}

TEST_CASE("settings and problems are read as they were written, strictly") {
  Settings settings;
  settings.company = "山田工務店";
  settings.pack = "5kajo";
  settings.schedule = "daily";
  const auto read = read_settings(write_settings(settings));
  REQUIRE(read);
  CHECK(write_settings(*read) == write_settings(settings));
  auto json = Json::parse(write_settings(settings));
  json["command"] = "reboot";  // nothing from the hub is ever executed: there is no place for it
  CHECK_FALSE(read_settings(json.dump()));
  json.erase("command");
  json["offset_minutes"] = 841;
  CHECK_FALSE(read_settings(json.dump()));
  json["offset_minutes"] = 540;
  json["policy"]["exceptions"] = Json::array({{{"check", "no.such"}, {"reason", "x"}, {"owner", "x"}, {"until", "2026-12-01T00:00:00Z"}}});
  CHECK_FALSE(read_settings(json.dump()));
  json["policy"]["exceptions"] = Json::array();
  json["pack"] = "../5kajo";
  CHECK_FALSE(read_settings(json.dump()));
  for (const auto kind : {ProblemKind::refused, ProblemKind::busy, ProblemKind::number_used}) {
    const auto problem = read_problem(write_problem({kProblemFormat, kind, "x"}));
    REQUIRE(problem);
    CHECK(problem->problem == kind);
  }
  CHECK_FALSE(read_problem("<html>sign in</html>"));
}

TEST_CASE("packs and briefings are named by id, version and hash, few of them, and by nothing else") {
  Settings settings;
  settings.company = "山田工務店";
  settings.pack = "6kajo";
  settings.schedule = "daily";
  const std::string sha(64, 'a');
  settings.packs = {{"6kajo", "2027.1", sha}, {"5kajo", "2026.11.1", sha}};
  settings.briefings = {{"2027-spring-parcel", *platform::parse_time("2027-03-01"), sha}};
  settings.tables = {{"windows-levels", "2026.12.1", sha}};
  const auto written = write_settings(settings);
  const auto read = read_settings(written);
  REQUIRE_MESSAGE(read, read.error().detail);
  CHECK(write_settings(*read) == written);
  struct Row {
    const char* place;
    Json value;
    const char* expected;
  };
  const Json briefing = Json::parse(written)["briefings"][0], pack = Json::parse(written)["packs"][0],
             table = Json::parse(written)["tables"][0];
  const auto many = [&](const Json& one, std::size_t count) {
    Json all = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(one);
      all.back()["id"] = "a" + std::to_string(i);
    }
    return all;
  };
  const Row rows[] = {
      {"/packs/0/id", "../x", "settings.packs[0].id: expected"},
      {"/packs/0/id", "a/b", "settings.packs[0].id: expected"},
      {"/packs/0/id", "a\nb", "settings.packs[0].id: expected"},
      {"/packs/0/id", std::string(65, 'a'), "settings.packs[0].id: expected"},
      {"/packs/0/id", "5kajo", "settings.packs[1].id: \"5kajo\" stands twice"},
      {"/packs/0/version", "latest", "settings.packs[0].version: expected"},
      {"/packs/0/sha256", std::string(63, 'a'), "settings.packs[0].sha256: expected"},
      {"/packs/0/sha256", std::string(64, 'A'), "settings.packs[0].sha256: expected"},
      {"/packs/0/path", "/etc/passwd", "unknown key"},
      {"/briefings/0/id", "../../root/.bashrc", "settings.briefings[0].id: expected"},
      {"/briefings/0/sha256", "../x", "settings.briefings[0].sha256: expected"},
      {"/briefings/0/published", "soon", "settings.briefings[0].published"},
      {"/briefings", many(briefing, kMaxNamedBriefings + 1), "settings.briefings: expected at most 24"},
      {"/tables/0/id", "windows levels", "settings.tables[0].id: expected"},
      {"/tables/0/version", "1.", "settings.tables[0].version: expected"},
      {"/tables", many(table, kMaxNamedTables + 1), "settings.tables: expected at most 8"},
      {"/packs", many(pack, kMaxNamedPacks + 1), "settings.packs: expected at most 4"},
  };
  for (const Row& row : rows) {
    auto json = Json::parse(written);
    json[Json::json_pointer(row.place)] = row.value;
    const auto refused = read_settings(json.dump());
    CAPTURE(row.place);
    REQUIRE_FALSE(refused);
    CHECK_MESSAGE(refused.error().detail.find(row.expected) != std::string::npos, refused.error().detail);
  }
}

TEST_CASE("a path for what is handed out holds a hash and nothing else") {
  const std::string sha(64, '7');
  for (const auto kind : {HandedOut::pack, HandedOut::briefing, HandedOut::table}) {
    CHECK(read_handed_out_path(handed_out_path(kind, sha))->kind == kind);
    CHECK(read_handed_out_path(handed_out_path(kind, sha))->sha256 == sha);
  }
  for (const std::string bad : {"", "/", "/v1/packs/", "/v1/packs/5kajo", "/v1/packs/../../hub.db", "/v2/packs/"})
    CHECK_FALSE(read_handed_out_path(bad));
  for (const char* more : {"/", "0", "?x=1", "/..", " "}) CHECK_FALSE(read_handed_out_path(handed_out_path(HandedOut::pack, sha) + more));
  CHECK_FALSE(read_handed_out_path("/v1/packs/" + std::string(64, 'G')));
}

}  // namespace gokajo::tests
