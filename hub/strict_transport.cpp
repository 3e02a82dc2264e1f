#include "hub/strict_transport.h"

#include "hub/hub_toml.h"
#include "hub/toml.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr const char* kYear = "max-age=31536000";

bool has_name_of_its_own(const std::string& public_url) {
  const auto host = public_url.find("://");
  return host != std::string::npos && public_url.find(':', host + 3) == std::string::npos;
}

}  // namespace

Result<std::optional<std::string>> read_strict_transport(std::string_view text) {
  if (text.size() > kMaxHubToml) return Error{ErrorKind::too_large, "hub.toml: more than " + std::to_string(kMaxHubToml) + " bytes"};
  const auto parsed = toml_tree(text);
  if (!parsed) return parsed.error();
  const auto* node = parsed->get("strict_transport");
  if (!node) return std::optional<std::string>{};
  auto word = node->value_exact<std::string>();
  if (!word || (*word != "off" && *word != "host" && *word != "subdomains"))
    return Error{ErrorKind::malformed,
                 "line " + std::to_string(node->source().begin.line) + ": strict_transport: expected \"off\", \"host\" or \"subdomains\""};
  return word;
}

Result<std::string> find_strict_transport(const std::string& directory, const std::string& public_url) {
  const auto set = from_hub_toml(directory, [](const std::string& text) { return read_strict_transport(text); });
  if (!set) return set.error();
  const auto word = set->value_or(has_name_of_its_own(public_url) ? "host" : "off");
  if (word == "off") return std::string();
  return std::string(kYear) + (word == "subdomains" ? "; includeSubDomains" : "");
}

}  // namespace gokajo::hub
