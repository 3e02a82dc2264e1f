/// \file
/// The calls behind AskApi, one file per topic in api/. What each means stands in apis.inc. All of them only read.
#pragma once

#include "platform/question_windows.h"
#include "platform/result.h"

namespace gokajo::platform {

/// Calls it in this very process. Error{denied}: not on the list; Error{unsupported}: this Windows has no such call.
Result<Rows> call_api(const AskApi& question);

namespace api {

using Arguments = std::vector<std::string>;

Result<Rows> product(const Arguments&);
Result<Rows> join(const Arguments&);
Result<Rows> hardware(const Arguments&);
Result<Rows> drives(const Arguments&);
Result<Rows> power(const Arguments&);
Result<Rows> file_version(const Arguments&);
Result<Rows> users(const Arguments&);
Result<Rows> password_rules(const Arguments&);
Result<Rows> password_properties(const Arguments&);
Result<Rows> group_members(const Arguments&);
Result<Rows> account_rights(const Arguments&);
Result<Rows> sessions(const Arguments&);
Result<Rows> shares(const Arguments&);
Result<Rows> networks(const Arguments&);
Result<Rows> firewall(const Arguments&);
Result<Rows> security_health(const Arguments&);
Result<Rows> security_products(const Arguments&);
Result<Rows> services(const Arguments&);
Result<Rows> update_client(const Arguments&);
Result<Rows> update_history(const Arguments&);
Result<Rows> updates_pending(const Arguments&);
Result<Rows> wifi_in_use(const Arguments&);
Result<Rows> wifi_saved(const Arguments&);
Result<Rows> days_on(const Arguments&);
Result<Rows> proxy_for(const Arguments&);

}  // namespace api
}  // namespace gokajo::platform
