#include "platform/event_log.h"

#include "platform/bytes.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxInsert = 2000;
constexpr std::string_view kAccount = "S-1-5-21-";
constexpr std::string_view kSomebody = "…@…";
constexpr std::string_view kBeside = " \t<>\"'(),;:";  // of a mail address

}  // namespace

std::string event_insert(std::string text) {
  text = printable_utf8(text);
  // An account of this PC or domain is somebody; every user of the PC may read the log.
  for (auto at = text.find(kAccount); at != std::string::npos; at = text.find(kAccount, at + kAccount.size())) {
    const auto from = at + kAccount.size();
    const auto end = text.find_first_not_of("0123456789-", from);
    text.replace(from, (end == std::string::npos ? text.size() : end) - from, "…");
  }
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    const auto before = text.find_last_of(kBeside, at), after = text.find_first_of(kBeside, at);
    const auto from = before == std::string::npos ? 0 : before + 1;
    text.replace(from, (after == std::string::npos ? text.size() : after) - from, kSomebody);
    at = from + kSomebody.size() - 1;
  }
  if (text.size() <= kMaxInsert) return text;
  auto cut = kMaxInsert;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return text.substr(0, cut);
}

void log_events_of(const TakenDirectory& taken, const std::string& path) {
  if (!taken.set_aside.empty()) log_event(Event::folder_set_aside, {path, taken.set_aside});
  if (!taken.mended.empty()) log_event(taken.stays_loose ? Event::access_loose : Event::access_mended, {path});
  if (taken.acl_unverifiable) log_event(Event::acl_unverifiable, {path});
}

}  // namespace gokajo::platform
