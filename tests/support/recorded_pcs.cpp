#include "tests/support/recorded_pcs.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "platform/native_host.h"

namespace gokajo::tests {

namespace {

std::vector<RecordedPc> read_all() {
  std::vector<RecordedPc> all;
  const std::filesystem::path folder = std::string(GOKAJO_SOURCE_DIR) + "/tests/data/snapshots";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    if (entry.path().extension() != ".json" || entry.path().filename() == "SOURCES.json") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    auto snapshot = platform::read_snapshot(text.str());
    REQUIRE_MESSAGE(snapshot, entry.path().string() << ": " << snapshot.error().detail);
    all.push_back({entry.path().filename().string(), std::move(*snapshot)});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  const auto host = platform::native_host();
  const platform::RecordingHost recorder(*host);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto pack = compliance::built_in_pack("6kajo");
  REQUIRE(pack);
  REQUIRE(agent::scan(recorder, agent::ScanInput{std::move(*pack)}, now));
  all.push_back({"this PC", {now, recorder.answers(), nullptr, nullptr}});
  return all;
}

}  // namespace

const std::vector<RecordedPc>& recorded_pcs() {
  static const std::vector<RecordedPc> all = read_all();
  return all;
}

}  // namespace gokajo::tests
