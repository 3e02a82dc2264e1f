#include "hub/thresholds.h"

namespace gokajo::hub {

using platform::Place;

platform::Status all_in_range(const compliance::Policy& policy) {
  for (std::size_t i = 0; i < policy.settings.size(); ++i) {
    const auto& one = policy.settings[i];
    const auto fits = compliance::in_range(one.check, one.name, one.value, Place{"settings"}.index(i).key("value"));
    if (!fits) return fits;
  }
  return platform::Done{};
}

}  // namespace gokajo::hub
