#include "compliance/checks.h"
#include "compliance/smb_shares.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
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
