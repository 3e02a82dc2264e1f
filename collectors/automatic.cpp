#include "collectors/automatic.h"

#include <algorithm>
#include <array>

#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::AutomaticUpdates, compliance::Tristate;
using platform::ask, platform::ErrorKind, platform::Host, platform::StatFile;

namespace {

int rank(const AutomaticUpdates& automatic) {
  const std::array layers = {automatic.configured, automatic.installer_present, automatic.timer_runs};
  const auto count = [&](Tristate state) { return static_cast<int>(std::count(layers.begin(), layers.end(), state)); };
  if (count(Tristate::no) == 0) return 100 + count(Tristate::yes);
  // Nothing is installed; the one that runs, or is there, is what a person knows of.
  return (automatic.timer_runs == Tristate::yes ? 20 : 0) + (automatic.installer_present == Tristate::yes ? 10 : 0) + count(Tristate::yes);
}

}  // namespace

Tristate is_there(const Host& host, std::initializer_list<std::string> paths) {
  auto state = Tristate::no;
  for (const auto& path : paths) {
    const auto seen = ask(host, StatFile{.path = path});
    if (seen) return Tristate::yes;
    if (seen.error().kind != ErrorKind::not_found) state = Tristate::unknown;
  }
  return state;
}

AutomaticUpdates best_of(std::vector<AutomaticUpdates> found) {
  return *std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

}  // namespace gokajo::collectors
