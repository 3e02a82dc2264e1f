#include "compliance/checks.h"
#include "compliance/smb_shares.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

constexpr const char* kId = "sharing.folders-restricted";

// What was found over all folders; the worst decides.
struct Found {
  std::vector<Parameters> open, unread, refused, asked;
  std::int64_t restricted = 0;
  std::int64_t meant = 0;  // for everybody, by a person's answer
};

void add_for_everyone(Found& found, const Declaration* answer, Parameters item) {
  if (!answer || (answer->answer != "yes" && answer->answer != "no"))
    found.asked.push_back(std::move(item));
  else if (answer->answer == "no")
    found.refused.push_back(std::move(item));
  else
    ++found.meant;
}

// Without what is open to strangers: whose fault that is depends on the system.
Finding conclude_from(Found found, Time at) {
  if (!found.refused.empty()) {
    auto finding = fail("too-open", at, {}, std::move(found.refused));
    finding.declared = true;
    return finding;
  }
  if (!found.asked.empty()) return ask("for-everyone", at, {}, std::move(found.asked));
  if (found.restricted + found.meant == 0) return not_applicable("no-folders", at);
  auto finding = found.meant > 0 ? pass("restricted-or-meant", at, {{"count", Count{found.restricted + found.meant}}})
                                 : pass("restricted", at, {{"count", Count{found.restricted}}});
  finding.declared = found.meant > 0;
  return finding;
}

Finding judge_windows(const Evidence& evidence, Time now) {
  if (auto finding = windows_shares_not_judged(evidence)) return *finding;
  const auto& shares = evidence.sharing.windows_shares;
  Found found;
  for (const auto& share : *shares) {
    if (share.printer) continue;
    const auto strangers = without_password(share, evidence.sharing.windows_guest);
    if (strangers && *strangers != Access::none)
      found.open.push_back(share_item(share));
    else if (!strangers || !share.accounts)
      found.unread.push_back(share_item(share));
    else if (*share.accounts == Access::none)
      ++found.restricted;
    else
      add_for_everyone(found, declared(evidence, kId, share.name, now), share_item(share));
  }
  if (!found.open.empty()) return fail("open-to-all", shares.observed_at, {}, std::move(found.open));
  if (!found.unread.empty() && found.refused.empty()) return shares_unread(evidence, std::move(found.unread));
  return conclude_from(std::move(found), shares.observed_at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (on_windows(evidence)) return judge_windows(evidence, now);
  if (auto finding = smb_not_judged(evidence)) return *finding;
  const auto& samba = evidence.sharing.samba;
  Found found;
  for (const auto& share : samba->shares) {
    if (share.strangers != Access::none)
      found.open.push_back(share_item(share));
    else if (!share.everyone || share.hosts == Reach::nobody)
      ++found.restricted;
    else
      add_for_everyone(found, declared(evidence, kId, share.name, now), share_item(share));
  }
  if (!found.open.empty()) return smb_fail(evidence, fail("open-to-all", samba.observed_at, {}, std::move(found.open)));
  auto finding = conclude_from(std::move(found), samba.observed_at);
  const bool settled = finding.verdict != Verdict::fail && finding.verdict != Verdict::ask;
  return settled ? finding : smb_fail(evidence, std::move(finding));
}

}  // namespace

// A folder for everybody with an account is asked about once, by its name; the answer "yes" (meant for everybody) holds as long as it is
// valid.
const Check sharing_folders_restricted{
    .id = "sharing.folders-restricted", .judge = judge, .settings = {{"answer_valid_months", std::int64_t{12}}}};

}  // namespace gokajo::compliance
