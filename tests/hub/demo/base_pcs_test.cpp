#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "platform/snapshot.h"
#include "protocol/content.h"
#include "tests/support/described_windows.h"
#include "tests/support/recorded_pcs.h"

namespace gokajo::tests {

using platform::Json, platform::Time;

namespace {

// As hub/demo/data keeps it: what travels of one scan, without what was judged of it.
std::string text_of(const agent::ScanResult& scan) {
  const auto content = protocol::write_content({scan.scanned_at, scan.evidence, {}, {}});
  return Json{{"scanned_at", platform::format_time(scan.scanned_at)}, {"evidence", content.at("evidence")}}.dump(1) + "\n";
}

std::string of_described(const std::string& name) {
  for (const auto& pc : described_windows())
    if (pc.name == name) {
      const auto scan = agent::scan(pc.host, input_of(pc), pc.host.at());
      REQUIRE(scan);
      return text_of(*scan);
    }
  FAIL("no such description");
  return {};
}

std::string of_recorded(const std::string& name, Time at) {
  for (const auto& pc : recorded_pcs())
    if (pc.name == name) {
      auto snapshot = pc.snapshot;
      for (auto& [key, answer] : snapshot.answers) answer.observed_at = at;
      const platform::SnapshotHost host(snapshot);
      const auto scan = agent::scan(host, agent::ScanInput{*compliance::built_in_pack("6kajo")}, at);
      REQUIRE(scan);
      return text_of(*scan);
    }
  FAIL("no such recording");
  return {};
}

}  // namespace

TEST_CASE("the demo's PCs start from what an agent sends of PCs that are known") {
  const auto at = *platform::parse_time("2026-11-24T00:00:00Z");
  const std::pair<std::string, std::string> pcs[] = {{"windows-pc.json", of_described("win11-pro-25h2")},
                                                     {"linux-pc.json", of_recorded("office-luks.json", at)}};
  for (const auto& [name, wanted] : pcs) {
    CAPTURE(name);
    std::ostringstream kept;
    kept << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/hub/demo/data/" + name, std::ios::binary).rdbuf();
    if (kept.str() == wanted) continue;
    const auto here = std::filesystem::temp_directory_path() / ("gokajo-demo-" + name);
    std::ofstream(here, std::ios::binary) << wanted;
    FAIL_CHECK("the agent sends something else by now: compare with " << here.string() << ", then copy it to hub/demo/data/" << name);
  }
}

}  // namespace gokajo::tests
