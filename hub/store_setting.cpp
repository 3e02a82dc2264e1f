#include "hub/store_setting.h"

#include "hub/hub_toml.h"
#include "hub/open_store.h"
#include "hub/toml.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

Result<std::optional<std::string>> read_store_setting(std::string_view text) {
  if (text.size() > kMaxHubToml) return Error{ErrorKind::too_large, "hub.toml: more than " + std::to_string(kMaxHubToml) + " bytes"};
  const auto parsed = toml_tree(text);
  if (!parsed) return parsed.error();
  const auto& whole = *parsed;
  const auto* node = whole.get("store");
  if (!node) return std::optional<std::string>{};
  const auto store = node->value_exact<std::string>();
  if (!store || !is_postgres(*store) || store->find('\0') != std::string::npos)
    return Error{ErrorKind::malformed, "line " + std::to_string(node->source().begin.line) + ": store: expected \"postgres://…\""};
  return std::optional(*store);
}

Result<std::string> find_store(const std::string& directory) {
  const auto store = from_hub_toml(directory, [](const std::string& text) { return read_store_setting(text); });
  if (!store) return store.error();
  return store->value_or(directory + "/hub.db");
}

}  // namespace gokajo::hub
