#include "compliance/checks.h"
#include "compliance/smb_shares.h"

namespace gokajo::compliance {
namespace {

constexpr const char* kId = "sharing.folders-restricted";

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (auto finding = smb_not_judged(evidence)) return *finding;
  const auto& samba = evidence.sharing.samba;
  std::vector<Parameters> open, refused, asked;
  std::int64_t restricted = 0;
  bool declared_any = false;
  for (const auto& share : samba->shares) {
    const auto* answer = declared(evidence, kId, share.name, now);
    if (share.strangers != Access::none)
      open.push_back(share_item(share));
    else if (!share.everyone || share.hosts == Reach::nobody)
      ++restricted;
    else if (!answer || (answer->answer != "yes" && answer->answer != "no"))
      asked.push_back(share_item(share));
    else if (answer->answer == "no")
      refused.push_back(share_item(share));
    else
      declared_any = true;
  }
  if (!open.empty()) return smb_fail(evidence, fail("open-to-all", samba.observed_at, {}, std::move(open)));
  if (!refused.empty()) {
    auto finding = fail("too-open", samba.observed_at, {}, std::move(refused));
    finding.declared = true;
    return smb_fail(evidence, std::move(finding));
  }
  if (!asked.empty()) return smb_fail(evidence, ask("for-everyone", samba.observed_at, {}, std::move(asked)));
  if (samba->shares.empty()) return not_applicable("no-folders", samba.observed_at);
  auto finding = pass("restricted", samba.observed_at, {{"count", Count{restricted}}});
  if (declared_any)
    finding = pass("restricted-or-meant", samba.observed_at, {{"count", Count{static_cast<std::int64_t>(samba->shares.size())}}});
  finding.declared = declared_any;
  return finding;
}

}  // namespace

// A folder for everybody with an account is asked about once, by its name; the answer "yes" (meant for everybody) holds as long as it is
// valid.
const Check sharing_folders_restricted{
    .id = "sharing.folders-restricted", .judge = judge, .settings = {{"answer_valid_months", std::int64_t{12}}}};

}  // namespace gokajo::compliance
