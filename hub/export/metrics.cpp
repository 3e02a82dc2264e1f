#include "hub/export/metrics.h"

#include <sodium.h>

#include "hub/counted.h"
#include "hub/toml.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxToml = 64U << 10U;

void family(std::string& text, const std::string& name, const std::string& help) {
  text += "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n";
}

bool is_this_machine(const HttpRequest& request) {
  return request.address == "127.0.0.1" || request.address == "::1" || request.address == "::ffff:127.0.0.1";
}

bool is_by_proxy(const HttpRequest& request) {
  for (const char* header : {"forwarded", "x-forwarded-for", "x-real-ip", "via"})
    if (request.headers.contains(header)) return true;
  return false;
}

}  // namespace

std::string metrics_label(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n')
      text += "\\n";
    else
      text += c;
  }
  return text;
}

Result<std::string> metrics_text(Store& store, Time now) {
  const auto companies = store.companies();
  if (!companies) return companies.error();
  Counters all;
  std::int64_t silent = 0, resting = 0;
  for (const auto& company : *companies) {
    const auto counted = counted_now(store, company, now);
    if (!counted) return counted.error();
    silent += counted->silent;
    resting += counted->resting;
    for (const auto& [what, verdicts] : counted->counters)
      for (const auto& [verdict, devices] : verdicts) all[what][verdict] += devices;
  }
  std::string text;
  family(text, "gokajo_companies", "Companies kept by this hub.");
  text += "gokajo_companies " + std::to_string(companies->size()) + "\n";
  family(text, "gokajo_devices", "PCs by whether they count: approved, waiting, removed.");
  for (const auto& [standing, devices] : all["device"])
    text += "gokajo_devices{standing=\"" + metrics_label(standing) + "\"} " + std::to_string(devices) + "\n";
  family(text, "gokajo_devices_silent", "Approved PCs that have not reported for so long that they count for nothing else.");
  text += "gokajo_devices_silent " + std::to_string(silent) + "\n";
  family(text, "gokajo_devices_resting", "Approved PCs that a person said nobody uses for a while.");
  text += "gokajo_devices_resting " + std::to_string(resting) + "\n";
  family(text, "gokajo_device_verdicts", "Approved PCs by rule and verdict; silent and resting ones pass nothing and count as that.");
  for (const auto& [rule, verdicts] : all) {
    if (rule == "device") continue;
    for (const auto& [verdict, devices] : verdicts)
      text += "gokajo_device_verdicts{rule=\"" + metrics_label(rule) + "\",verdict=\"" + metrics_label(verdict) + "\"} " +
              std::to_string(devices) + "\n";
  }
  return text;
}

bool may_read_metrics(const HttpRequest& request, std::string_view token) {
  if (token.empty()) return is_this_machine(request) && !is_by_proxy(request);
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view given = request.header("authorization");
  if (!given.starts_with(kBearer)) return false;
  const auto secret = given.substr(kBearer.size());
  return secret.size() == token.size() && sodium_memcmp(secret.data(), token.data(), token.size()) == 0;
}

Result<std::optional<std::string>> read_metrics_settings(std::string_view text) {
  if (text.size() > kMaxToml) return Error{ErrorKind::too_large, "hub.toml: more than " + std::to_string(kMaxToml) + " bytes"};
  const auto tree = toml_tree(text);
  if (!tree) return tree.error();
  const auto wrong = [](const toml::node& node, const char* what) {
    return Error{ErrorKind::malformed, "line " + std::to_string(node.source().begin.line) + ": metrics: " + what};
  };
  const auto* node = tree->get("metrics");
  if (!node) return std::optional<std::string>();
  const auto* table = node->as_table();
  if (!table) return wrong(*node, "expected a table");
  std::optional<std::string> file;
  for (const auto& [key, value] : *table) {
    if (key.str() != "token_file") return wrong(value, "only token_file stands here");
    file = value.value_exact<std::string>();
    if (!file || file->empty()) return wrong(value, "token_file: expected the path of a file");
  }
  return file;
}

}  // namespace gokajo::hub
