/// \file
/// `journalctl --list-boots -o json` as events of power (power_events.h): no boot id and no clock time leaves it. An array, oldest boot
/// first, of objects with first_entry and last_entry in microseconds (systemd 252 to 257, action_list_boots). The last one is still
/// running. Older versions print a table whatever -o says: refused.
#include "platform/json_form.h"
#include "platform/reducer.h"
#include "platform/reducers/power_events.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::size_t kMaxBytes = 4U << 20U;

std::optional<Time> moment(const Json& boot, const char* name) {
  constexpr std::uint64_t kYear2100 = 4102444800;
  const auto found = boot.find(name);
  if (found == boot.end() || !found->is_number_unsigned()) return std::nullopt;
  const auto seconds = found->get<std::uint64_t>() / 1000000;
  if (seconds == 0 || seconds > kYear2100) return std::nullopt;
  return Time{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

}  // namespace

Result<std::string> boot_days(std::string_view bytes) {
  if (bytes.find_first_not_of(" \r\n") == std::string_view::npos) return std::string();
  const Error malformed{ErrorKind::malformed, "not the list of boots as JSON"};
  const auto json = parse_json(bytes, kMaxBytes);
  if (!json || !json->is_array()) return malformed;
  PowerEvents events;
  for (std::size_t i = 0; i < json->size(); ++i) {
    const auto& boot = (*json)[i];
    if (!boot.is_object()) return malformed;
    const auto first = moment(boot, "first_entry"), last = moment(boot, "last_entry");
    if (!first || !last) return malformed;
    events.add("boot", *first);
    events.add(i + 1 == json->size() ? "seen" : "down", *last);
  }
  return events.text();
}

}  // namespace gokajo::platform::reducers
