#include "compliance/administrators_windows.h"

#include <algorithm>
#include <array>

#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {

namespace {

// Groups that hold whoever has signed in: Everyone, INTERACTIVE, Authenticated Users, Users; and every account of the PC itself.
constexpr std::array<std::string_view, 4> kEverybody = {"S-1-1-0", "S-1-5-4", "S-1-5-11", "S-1-5-32-545"};
constexpr std::string_view kLocalAccounts = "S-1-5-113";

struct Daily {
  std::string sid;
  bool kept_here = false;
};

bool is_among(const std::vector<std::string>& sids, const std::string& sid) {
  return std::find(sids.begin(), sids.end(), sid) != sids.end();
}

// Accounts of this PC that were used in the last 30 days, and whoever else has a session now.
std::vector<Daily> daily_people(const WindowsSignIn& sign_in, bool server) {
  std::vector<Daily> people;
  for (const auto& account : *sign_in.accounts) {
    const auto rid = rid_of(account.sid);
    const bool person = rid >= kFirstOwnRid || (rid == kAdministratorRid && !server);
    if (person && account.enabled && (account.used_lately || is_among(*sign_in.signed_in, account.sid)))
      people.push_back({account.sid, true});
  }
  for (const auto& sid : *sign_in.signed_in)
    if (!kept_here(*sign_in.accounts, sid)) people.push_back({sid, false});
  return people;
}

enum class Administrator { no, yes, unseen };

Administrator administrator(const std::vector<WindowsAdministrator>& members, const Daily& person) {
  bool groups = false;
  for (const auto& member : members) {
    if (member.sid == person.sid || std::find(kEverybody.begin(), kEverybody.end(), member.sid) != kEverybody.end() ||
        (person.kept_here && member.sid == kLocalAccounts))
      return Administrator::yes;
    groups = groups || member.group;
  }
  // Groups of a domain and roles of a directory hold accounts kept there, never those of this PC.
  return groups && !person.kept_here ? Administrator::unseen : Administrator::no;
}

bool only_administrator(const std::vector<WindowsAccount>& accounts) {
  return std::all_of(accounts.begin(), accounts.end(),
                     [](const auto& account) { return !account.enabled || rid_of(account.sid) == kAdministratorRid; });
}

}  // namespace

Finding judge_administrators_windows(const WindowsSignIn& sign_in, const Device& device) {
  if (!sign_in.accounts) return unmeasured(sign_in.accounts);
  if (!sign_in.administrators) return unmeasured(sign_in.administrators);
  if (!sign_in.signed_in) return unmeasured(sign_in.signed_in);
  if (!device.windows) return unmeasured(device.windows);
  const bool server = device.windows->kind != WindowsKind::workstation;
  const auto people = daily_people(sign_in, server);
  const auto at = sign_in.accounts.observed_at;
  if (people.empty() && server && only_administrator(*sign_in.accounts)) return not_applicable("server-upkeep", at);
  if (people.empty()) return unknown("nobody-lately", at);
  std::vector<Parameters> administrators, unseen;
  for (const auto& person : people) {
    const auto found = administrator(*sign_in.administrators, person);
    const Parameters item = {{"name", Name{name_of(sign_in, person.sid)}}, {"by", Name{"Administrators"}}};
    if (found == Administrator::yes) administrators.push_back(item);
    if (found == Administrator::unseen) unseen.push_back(item);
  }
  if (!administrators.empty()) return fail("daily-administrators", at, {}, std::move(administrators));
  if (!unseen.empty()) return unknown("groups-unseen", at);
  return pass("separate", at, {{"count", Count{static_cast<std::int64_t>(people.size())}}});
}

}  // namespace gokajo::compliance
