#include "platform/windows/api.h"

#include <map>

#include "platform/windows/allowed.h"

namespace gokajo::platform {
namespace {

using Function = Result<Rows> (*)(const api::Arguments&);

const std::map<std::string, Function>& functions() {
  static const std::map<std::string, Function> all = {
      {"product", api::product},
      {"join", api::join},
      {"hardware", api::hardware},
      {"drives", api::drives},
      {"power", api::power},
      {"file_version", api::file_version},
      {"users", api::users},
      {"password_rules", api::password_rules},
      {"password_properties", api::password_properties},
      {"group_members", api::group_members},
      {"account_rights", api::account_rights},
      {"sessions", api::sessions},
      {"shares", api::shares},
      {"networks", api::networks},
      {"firewall", api::firewall},
      {"security_health", api::security_health},
      {"security_products", api::security_products},
      {"services", api::services},
      {"update_client", api::update_client},
      {"update_history", api::update_history},
      {"updates_pending", api::updates_pending},
      {"wifi_in_use", api::wifi_in_use},
      {"wifi_saved", api::wifi_saved},
      {"days_on", api::days_on},
      {"proxy_for", api::proxy_for},
  };
  return all;
}

}  // namespace

Result<Rows> call_api(const AskApi& question) {
  const auto found = functions().find(question.api);
  if (!find_api(question.api) || found == functions().end())
    return Error{ErrorKind::denied, question.api + ": not on the list of what is asked"};
  auto rows = found->second(question.arguments);
  return rows;
}

}  // namespace gokajo::platform
