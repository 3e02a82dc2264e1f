/// \file
/// What `cvtsudoers -e -f json` prints, reduced to who may run every command as root:
/// [{"users": ["yamada", "%group", "#uid", "%#gid", "!%negated", "ALL"], "hosts": ["ALL"]}]. Command lines and defaults are dropped.
#include <nlohmann/json.hpp>

#include "platform/json_form.h"
#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::size_t kMaxRulesBytes = 4U << 20U;

const Json* list(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? &*found : nullptr;
}

bool negated(const Json& entry) { return entry.is_object() && entry.value("negated", Json(false)) == Json(true); }

bool says(const Json& entry, const char* key, const char* value) {
  return entry.is_object() && entry.value(key, Json()) == Json(value) && !negated(entry);
}

/// "In a Runas_List an absent list means root", sudoers(5).
bool runs_as_root(const Json& rule) {
  const auto* users = list(rule, "runasusers");
  if (!users) return !list(rule, "runasgroups");
  for (const auto& user : *users)
    if (says(user, "username", "ALL") || says(user, "username", "root") || (user.is_object() && user.value("userid", Json()) == Json(0)))
      return true;
  return false;
}

bool everything_as_root(const Json& spec) {
  const auto* rules = list(spec, "Cmnd_Specs");
  if (!rules) return false;
  for (const auto& rule : *rules) {
    const auto* commands = list(rule, "Commands");
    if (!commands || !runs_as_root(rule)) continue;
    for (const auto& command : *commands)
      if (says(command, "command", "ALL")) return true;
  }
  return false;
}

/// Entries of a User_List in sudoers' own notation; kinds without one (netgroups, plug-ins) are left out.
Json users_of(const Json& spec) {
  Json kept = Json::array();
  const auto* users = list(spec, "User_List");
  if (!users) return kept;
  for (const auto& user : *users) {
    if (!user.is_object()) continue;
    const std::string sign = negated(user) ? "!" : "";
    if (const auto name = user.find("username"); name != user.end() && name->is_string()) kept.push_back(sign + name->get<std::string>());
    if (const auto group = user.find("usergroup"); group != user.end() && group->is_string())
      kept.push_back(sign + "%" + group->get<std::string>());
    if (const auto id = user.find("userid"); id != user.end() && id->is_number_integer()) kept.push_back(sign + "#" + id->dump());
    if (const auto id = user.find("usergid"); id != user.end() && id->is_number_integer()) kept.push_back(sign + "%#" + id->dump());
  }
  return kept;
}

Json hosts_of(const Json& spec) {
  Json kept = Json::array();
  if (const auto* hosts = list(spec, "Host_List"))
    for (const auto& host : *hosts)
      if (host.is_object() && host.contains("hostname") && host["hostname"].is_string() && !negated(host)) kept.push_back(host["hostname"]);
  return kept;
}

}  // namespace

Result<std::string> sudo_rules(std::string_view bytes) {
  if (bytes.empty()) return std::string();  // the tool failed; its exit code says so
  auto whole = parse_json(bytes, kMaxRulesBytes);
  if (!whole) return whole.error();
  if (!whole->is_object()) return Error{ErrorKind::malformed, "expected an object with \"User_Specs\""};
  Json kept = Json::array();
  if (const auto* specs = list(*whole, "User_Specs"))
    for (const auto& spec : *specs)
      if (everything_as_root(spec)) kept.push_back({{"users", users_of(spec)}, {"hosts", hosts_of(spec)}});
  return kept.dump();
}

}  // namespace gokajo::platform::reducers
