#include "agent/start_record.h"

#include "platform/durable_file.h"
#include "platform/event_log.h"
#include "platform/json_form.h"
#include "platform/own_file.h"

namespace gokajo::agent {

namespace {

constexpr const char* kFormat = "gokajo-start/1";
constexpr const char* kFile = "/start.json";
constexpr std::size_t kMaxBytes = 64U << 10U;
constexpr std::size_t kMost = 16;

}  // namespace

StartRecord after_start(StartRecord before, const platform::TakenDirectory& taken, platform::Time now) {
  before.format = kFormat;
  before.mended = taken.mended;
  before.stays_loose = taken.stays_loose;
  before.acl_unverifiable = taken.acl_unverifiable;
  if (!taken.set_aside.empty()) before.set_aside.push_back({now, taken.set_aside, taken.why});
  if (before.set_aside.size() > kMost) before.set_aside.erase(before.set_aside.begin(), before.set_aside.end() - kMost);
  return before;
}

std::string write_start_record(const StartRecord& record) { return platform::to_form(record).dump() + "\n"; }

StartRecord read_start_record(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  StartRecord record;
  if (json && platform::read_form(*json, record, platform::Place{}) && record.format == kFormat && record.set_aside.size() <= kMost)
    return record;
  record = {};
  record.format = kFormat;
  return record;
}

StartRecord start_record(const std::string& directory) {
  const auto text = platform::read_own_file(directory + kFile, kMaxBytes);
  return read_start_record(text ? *text : "");
}

platform::Status take_state(const std::string& directory, platform::Time now, const std::function<void(const std::string&)>& log) {
  const auto taken = platform::take_state_directory(directory, now);
  if (!taken) return taken.error();
  for (const auto& line : platform::lines_of(*taken, directory)) log(line);
  platform::log_events_of(*taken, directory);
  const auto before = start_record(directory);
  const auto after = after_start(before, *taken, now);
  const auto text = write_start_record(after);
  // Nothing to tell, now as before: no file. It is for advice alone, so one that cannot be written stops nothing.
  if (text == write_start_record(before)) return platform::Done{};
  if (auto written = platform::write_file_durably(directory + kFile, text); !written)
    log("what the start found cannot be kept: " + written.error().detail);
  return platform::Done{};
}

}  // namespace gokajo::agent
