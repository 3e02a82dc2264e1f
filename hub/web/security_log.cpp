#include "hub/web/security_log.h"

#include "hub/web/visit.h"
#include "platform/bytes.h"

namespace gokajo::hub {

namespace {

// One word: a blank in it would begin another.
std::string word(const std::string& from_outside) {
  auto text = platform::printable_utf8(from_outside);
  for (auto& c : text)
    if (c == ' ' || static_cast<unsigned char>(c) < 0x20) c = '_';
  return text;
}

}  // namespace

std::optional<std::string> event_line(EventLimits& limits, Time now, const std::string& event, std::string_view by, const std::string& mail,
                                      const std::string& address) {
  if (!limits.of_event.take(event, std::chrono::duration_cast<TokenBuckets::Now>(now.time_since_epoch()))) {
    ++limits.left_out[event];
    return std::nullopt;
  }
  std::string line = "security " + platform::format_time(now) + " " + event;
  if (!by.empty()) line += " by=" + std::string(by);
  if (!mail.empty()) line += " person=" + word(mail);
  line += " address=" + word(address);
  if (const auto left = limits.left_out.find(event); left != limits.left_out.end()) {
    line += " left_out=" + std::to_string(left->second);
    limits.left_out.erase(left);
  }
  return line;
}

void note(Visit& visit, const std::string& event, std::string_view by, const Person* person) {
  if (!visit.parts.note) return;
  if (const auto line = event_line(visit.events, visit.now, event, by, person ? person->mail : "", visit.request.address))
    visit.parts.note(*line);
}

void note_trouble(Visit& visit, const std::string& detail) {
  if (visit.parts.note &&
      visit.events.of_event.take("trouble", std::chrono::duration_cast<TokenBuckets::Now>(visit.now.time_since_epoch())))
    visit.parts.note("trouble " + platform::format_time(visit.now) + " " + platform::printable_utf8(detail));
}

void note_when_done(Visit& visit, const std::string& event, std::string_view by, const Person& person) {
  visit.after.emplace_back([&visit, event, by = std::string(by), person]() -> platform::Status {
    note(visit, event, by, &person);
    return platform::Done{};
  });
}

}  // namespace gokajo::hub
