#include "compliance/checks.h"
#include "compliance/smb_shares.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

Finding judge_windows(const Evidence& evidence) {
  if (auto finding = windows_shares_not_judged(evidence)) return *finding;
  const auto& shares = evidence.sharing.windows_shares;
  std::vector<Parameters> open, unread;
  bool writable = false;
  for (const auto& share : *shares) {
    if (share.printer) continue;
    const auto access = without_password(share, evidence.sharing.windows_guest);
    if (access == Access::none) continue;
    writable = writable || access == Access::write;
    (access ? open : unread).push_back(share_item(share));
  }
  if (!open.empty()) return fail(writable ? "share-write" : "share-read", shares.observed_at, {}, std::move(open));
  if (!unread.empty()) return shares_unread(evidence, std::move(unread));
  return pass("passwords-needed", shares.observed_at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (on_windows(evidence)) return judge_windows(evidence);
  if (auto finding = smb_not_judged(evidence)) return *finding;
  const auto& samba = evidence.sharing.samba;
  std::vector<Parameters> open;
  bool writable = false;
  for (const auto& share : samba->shares) {
    if (share.strangers == Access::none) continue;
    writable = writable || share.strangers == Access::write;
    open.push_back(share_item(share));
  }
  if (open.empty()) return pass("passwords-needed", samba.observed_at);
  return smb_fail(evidence, fail(writable ? "open-to-write" : "open-to-read", samba.observed_at, {}, std::move(open)));
}

}  // namespace

// Reading without a password fails too: what an office shares is not meant for its visitors.
const Check sharing_guest_access_off{.id = "sharing.guest-access-off", .judge = judge};

}  // namespace gokajo::compliance
