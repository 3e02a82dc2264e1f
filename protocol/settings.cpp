#include "protocol/settings.h"

namespace gokajo::protocol {

std::string write_settings(const Settings& settings) { return platform::to_form(settings).dump() + "\n"; }

platform::Result<Settings> read_settings(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxSettingsBytes);
  if (!json) return json.error();
  const platform::Place top{"settings"};
  Settings settings;
  if (auto status = platform::read_form(*json, settings, top); !status) return status.error();
  if (settings.format != kSettingsFormat)
    return platform::misplaced(top.key("format"), std::string("expected \"") + kSettingsFormat + "\"");
  if (settings.offset_minutes < -14 * 60 || settings.offset_minutes > 14 * 60)
    return platform::misplaced(top.key("offset_minutes"), "expected -840 to 840");
  auto policy = compliance::read_policy((*json)["policy"].dump());
  if (!policy) return policy.error();
  settings.policy = std::move(*policy);
  return settings;
}

}  // namespace gokajo::protocol
