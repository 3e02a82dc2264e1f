#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  const auto& guests = evidence.passwords.guests;
  if (!guests) return unmeasured(guests);
  if (guests->empty()) return pass("off", guests.observed_at);
  std::vector<Parameters> items;
  for (const auto& guest : *guests) items.push_back({{"name", Name{guest.program}}, {"where", Name{guest.origin}}});
  return fail("on", guests.observed_at, {}, std::move(items));
}

}  // namespace

const Check passwords_guest_off{.id = "passwords.guest-off", .judge = judge};

}  // namespace gokajo::compliance
