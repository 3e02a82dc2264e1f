#include "collectors/parse/antivirus_tools.h"

#include <doctest/doctest.h>

#include "collectors/parse/clamav.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors::parse;
using platform::format_time;

namespace {
std::string recorded(const std::string& name) { return test_data("linux/antivirus/" + name); }
}  // namespace

TEST_CASE("a database header is read with and without its last field") {
  const auto full = parse_cvd_header("ClamAV-VDB:14 Oct 2026 08-26 +0200:27800:100:90:md5:dsig:builder:1791966360   ");
  REQUIRE(full);
  CHECK(full->version == 27800);
  CHECK(format_time(full->built) == "2026-10-14T08:26:00Z");  // the last field counts
  const auto old = parse_cvd_header("ClamAV-VDB:14 Oct 2026 08-26 +0200:27800:100:90:md5:dsig:builder");
  REQUIRE(old);
  CHECK(format_time(old->built) == "2026-10-14T06:26:00Z");
  for (const char* text : {"", "ClamAV-VDB:", "ClamAV-VDB:x:y:z:1:2:3:4", "ClamAV-VDB:14 Oct 2026:27800:1:2:3:4:5", "MZ",
                           "ClamAV-VDB:14 Oct 2026 08-26 +0200:-1:1:2:3:4:5:6"})
    CHECK_FALSE(parse_cvd_header(text));
}

TEST_CASE("clamd says which definitions it has loaded, or that it has none") {
  const auto loaded = parse_clamd_version(recorded("clamd-version.txt"));
  REQUIRE(loaded);
  CHECK(loaded->engine == "1.4.6");
  CHECK(loaded->database == 27800);
  CHECK(format_time(*loaded->built) == "2026-10-14T08:26:00Z");
  const auto bare = parse_clamd_version(recorded("clamd-version-bare.txt"));
  REQUIRE(bare);
  CHECK_FALSE(bare->database);
  for (const char* text :
       {"", "COMMAND UNAVAILABLE", "ClamAV ", "ClamAV 1.4/x/Wed Oct 14 08:26:00 2026", "ClamAV 1.4/1", "ClamAV 1.4/1/yesterday"})
    CHECK_FALSE(parse_clamd_version(text));
}

TEST_CASE("clamd.conf: folders are counted, the default is not to stop anything") {
  const auto plain = parse_clamd_conf(recorded("clamd.conf"));
  CHECK(plain.local_socket == "/var/run/clamav/clamd.ctl");
  CHECK(plain.watched == 0);
  CHECK_FALSE(plain.prevention);
  const auto guarded =
      parse_clamd_conf("OnAccessIncludePath /home\nOnAccessIncludePath /srv\n#OnAccessMountPath /\nOnAccessPrevention yes\n");
  CHECK(guarded.watched == 2);
  CHECK(guarded.prevention);
  CHECK(parse_clamd_conf("").database_directory == "/var/lib/clamav");
}

TEST_CASE("mdatp: healthy says nothing of passive mode, a member that is missing is malformed") {
  const auto passive = parse_mdatp_health(recorded("mdatp-passive.json"));
  REQUIRE_MESSAGE(passive, passive.error().detail);
  CHECK(passive->passive);
  CHECK_FALSE(passive->real_time);
  CHECK(passive->licensed);
  CHECK(passive->definitions_current);
  CHECK(format_time(passive->definitions_updated) == "2023-08-09T13:19:13Z");
  CHECK(format_time(*passive->expires) == "2024-04-10T13:34:28Z");
  const auto active = parse_mdatp_health(recorded("mdatp-active.json"));
  REQUIRE(active);
  CHECK(active->real_time);
  CHECK_FALSE(active->passive);
  const auto unlicensed = parse_mdatp_health(recorded("mdatp-unlicensed.json"));
  REQUIRE(unlicensed);
  CHECK_FALSE(unlicensed->licensed);
  CHECK_FALSE(unlicensed->definitions_current);
  for (const char* name : {"realTimeProtectionEnabled", "passiveModeEnabled", "licensed", "definitionsUpdated", "definitionsStatus"}) {
    CAPTURE(name);
    auto text = recorded("mdatp-active.json");
    text.replace(text.find(name), 3, "xxx");
    CHECK_FALSE(parse_mdatp_health(text));
  }
  for (const char* text : {"", "[]", "null", "{}", "not json"}) CHECK_FALSE(parse_mdatp_health(text));
}

TEST_CASE("falconctl: only true and false are answers") {
  CHECK(parse_falcon_rfm(recorded("falconctl-rfm-false.txt")) == false);
  CHECK(parse_falcon_rfm(recorded("falconctl-rfm-true.txt")) == true);
  CHECK_FALSE(parse_falcon_rfm(recorded("falconctl-rfm-unset.txt")).has_value());
  CHECK_FALSE(parse_falcon_rfm("rfm-state=falsehood").has_value());
  CHECK_FALSE(parse_falcon_rfm("").has_value());
}

TEST_CASE("sentinelctl: the agent's state, in both of its print styles") {
  const auto status = parse_sentinel_status(recorded("sentinelctl-control-status.txt"));
  REQUIRE(status);
  CHECK(status->enabled);
  CHECK(status->agent_runs);
  const auto colon = parse_sentinel_status("Agent state: Disabled\n");
  REQUIRE(colon);
  CHECK_FALSE(colon->enabled);
  CHECK_FALSE(colon->agent_runs);
  CHECK_FALSE(parse_sentinel_status("Agent state  Unknown\n"));
  CHECK_FALSE(parse_sentinel_status(""));
}

TEST_CASE("ESET: the detection engine's date and the licence's end") {
  const auto engine = parse_eset_modules(recorded("eset-modules.txt"));
  REQUIRE(engine);
  CHECK(engine->version == "31832");
  CHECK(format_time(engine->built) == "2025-09-09T00:00:00Z");
  const auto licence = parse_eset_licence(recorded("eset-licence.txt"));
  REQUIRE(licence);
  CHECK(licence->activated);
  CHECK(format_time(*licence->until) == "2026-06-22T00:00:00Z");  // through the last day
  CHECK_FALSE(parse_eset_modules("EM002\t 31832 (2025090)\tDetection engine\n"));
  CHECK_FALSE(parse_eset_licence("Status: Whatever\n"));
}

TEST_CASE("bduitool: antimalware on and the date of its content") {
  const auto status = parse_bduitool(recorded("bduitool.txt"));
  REQUIRE(status);
  CHECK(status->antimalware);
  CHECK(format_time(*status->content) == "2023-08-24T09:44:37Z");
  const auto off = parse_bduitool("  - Antimalware status: Off\nLast security content update: never\n");
  REQUIRE(off);
  CHECK_FALSE(off->antimalware);
  CHECK_FALSE(off->content.has_value());
  CHECK_FALSE(parse_bduitool(""));
}

}  // namespace gokajo::tests
