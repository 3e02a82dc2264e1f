#include "protocol/content.h"

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "protocol/report.h"
#include "tests/support/judging.h"
#include "tests/support/recorded_pcs.h"

namespace gokajo::tests {

using namespace protocol;
using platform::Json, platform::Time;

namespace {

constexpr std::size_t kMax = kMaxReportBytes;

agent::ScanResult scan_at(const platform::Snapshot& snapshot, Time now) {
  auto pack = compliance::built_in_pack("5kajo");
  REQUIRE(pack);
  const platform::SnapshotHost host(snapshot);
  auto result = agent::scan(host, agent::ScanInput{std::move(*pack)}, now);
  REQUIRE(result);
  return std::move(*result);
}

Content content_of(const agent::ScanResult& scan) { return {scan.scanned_at, scan.evidence, {}, scan.judgement.findings}; }

}  // namespace

TEST_CASE("what is read of a content judges as what was written, for every recorded PC") {
  const auto pack = compliance::built_in_pack("5kajo");
  for (const auto& pc : recorded_pcs()) {
    CAPTURE(pc.name);
    const auto now = pc.snapshot.recorded_at;
    const auto scan = scan_at(pc.snapshot, now);
    const auto written = write_content(content_of(scan));
    const auto read = read_content(written, now);
    REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
    const auto again = compliance::judge(read->evidence, *pack, {}, {}, now);
    REQUIRE(again.findings.size() == scan.judgement.findings.size());
    for (std::size_t i = 0; i < again.findings.size(); ++i) {
      CAPTURE(again.findings[i].finding.check);
      CHECK(again.findings[i].finding.verdict == scan.judgement.findings[i].finding.verdict);
      CHECK(again.findings[i].finding.parameters == scan.judgement.findings[i].finding.parameters);
      CHECK(read->findings[i].finding.parameters == scan.judgement.findings[i].finding.parameters);
      CHECK(read->findings[i].finding.items == scan.judgement.findings[i].finding.items);
    }
    CHECK(write_content(*read) != Json());
    const auto inventory = read_inventory(written, now);
    REQUIRE_MESSAGE(inventory, (inventory ? "" : inventory.error().detail));
    CHECK(platform::to_form(*inventory) == platform::to_form(read->evidence.inventory));
    CHECK(content_sha256(write_content(content_of(scan))) == content_sha256(written));
  }
}

TEST_CASE("the inventory is read alone: of a content without one nothing, of a damaged one the place") {
  const Time now{std::chrono::seconds{1800000000}};
  for (const auto& none : {Json(), Json::array(), Json::object(), Json{{"evidence", 1}}, Json{{"evidence", Json::object()}}}) {
    const auto read = read_inventory(none, now);
    REQUIRE(read);
    CHECK_FALSE(read->windows);
  }
  const auto damaged = read_inventory({{"evidence", {{"inventory", {{"windows", 1}}}}}}, now);
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().kind == platform::ErrorKind::malformed);
  CHECK(damaged.error().detail.find("inventory") != std::string::npos);
}

TEST_CASE("a time of observation is left out only where it is the scan's, and never comes back newer") {
  Content content;
  content.scanned_at = Time{std::chrono::seconds{1800000000}};
  const auto with = [&](std::chrono::seconds before) {
    content.evidence.device.os = compliance::fact(compliance::OsRelease{}, "/etc/os-release", content.scanned_at - before);
    return write_content(content);
  };
  for (const auto before : {std::chrono::seconds{0}, std::chrono::seconds{599}, std::chrono::seconds{-599}}) {
    const auto json = with(before);
    CHECK_FALSE(json["evidence"]["device"]["os"].contains("observed_at"));
    CHECK(read_content(json, content.scanned_at)->evidence.device.os.observed_at == content.scanned_at - kSameTime);
  }
  for (const auto before : {std::chrono::seconds{600}, std::chrono::seconds{86400}, std::chrono::seconds{-600}}) {
    const auto json = with(before);
    REQUIRE(json["evidence"]["device"]["os"].contains("observed_at"));
    CHECK(read_content(json, content.scanned_at)->evidence.device.os.observed_at == content.scanned_at - before);
  }
}

TEST_CASE("an unchanged PC says little: the differences of a later scan give its whole content") {
  for (const auto& pc : recorded_pcs()) {
    CAPTURE(pc.name);
    const auto now = pc.snapshot.recorded_at;
    const auto before = write_content(content_of(scan_at(pc.snapshot, now)));
    auto later = pc.snapshot;
    for (auto& [key, answer] : later.answers) answer.observed_at += std::chrono::hours{24};
    const auto after = write_content(content_of(scan_at(later, now + std::chrono::hours{24})));
    const auto changes = changes_between(before, after);
    const auto result = apply_changes(before, changes, kMax);
    REQUIRE(result);
    CHECK(*result == after);
    CHECK(content_sha256(*result) == content_sha256(after));
    CHECK(changes.dump().size() < after.dump().size());
  }
}

TEST_CASE("differences that could do harm are refused") {
  const Json before = {{"evidence", {{"a", 1}}}};
  const auto refused = [&](const Json& changes) { return !apply_changes(before, changes, 1000); };
  CHECK_FALSE(refused(Json::array()));
  CHECK(refused({{{"op", "copy"}, {"from", ""}, {"path", "/b"}}}));
  CHECK(refused({{{"op", "move"}, {"from", "/evidence"}, {"path", "/evidence/a"}}}));
  CHECK(refused({{{"op", "test"}, {"path", "/evidence/a"}, {"value", 1}}}));
  CHECK(refused({{{"op", "add"}, {"path", "no pointer"}, {"value", 1}}}));
  CHECK(refused({{{"op", "remove"}, {"path", "/b"}}}));
  CHECK(refused({{{"op", "add"}}}));
  CHECK(refused({"add"}));
  CHECK(refused(Json::object()));
  CHECK(refused({{{"op", "add"}, {"path", "/b"}, {"value", std::string(1000, 'x')}}}));
  CHECK(refused(Json(kMaxChanges + 1, {{"op", "remove"}, {"path", "/b"}})));
}

}  // namespace gokajo::tests
