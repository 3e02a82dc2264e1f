/// \file
/// /var/lib/ubuntu-advantage/status.json of Ubuntu Pro, reduced to {"attached": ..., "services": [{"name", "status"}]}: accounts,
/// contracts, machine tokens and addresses are dropped.
#include <nlohmann/json.hpp>

#include "platform/json_form.h"
#include "platform/reducer.h"

namespace gokajo::platform::reducers {

static constexpr std::size_t kMaxStatusBytes = 1U << 20U;

Result<std::string> ubuntu_pro(std::string_view bytes) {
  auto whole = parse_json(bytes, kMaxStatusBytes);
  if (!whole) return whole.error();
  if (!whole->is_object() || !whole->contains("attached") || !(*whole)["attached"].is_boolean())
    return Error{ErrorKind::malformed, "expected an object with \"attached\""};
  Json kept = {{"attached", (*whole)["attached"]}, {"services", Json::array()}};
  if (const auto services = whole->find("services"); services != whole->end() && services->is_array())
    for (const auto& service : *services) {
      if (!service.is_object() || !service.contains("name") || !service.contains("status")) continue;
      if (service["name"].is_string() && service["status"].is_string())
        kept["services"].push_back({{"name", service["name"]}, {"status", service["status"]}});
    }
  return kept.dump();
}

}  // namespace gokajo::platform::reducers
