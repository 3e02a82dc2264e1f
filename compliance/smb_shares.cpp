#include "compliance/smb_shares.h"

#include "compliance/offers.h"

namespace gokajo::compliance {
namespace {

Offer smb(const Evidence& evidence) { return offer_of(evidence.sharing, {139, 445}, {"smbd"}); }

}  // namespace

std::optional<Finding> smb_not_judged(const Evidence& evidence) {
  const auto& sharing = evidence.sharing;
  if (!sharing.sockets) return unmeasured(sharing.sockets);
  const auto offer = smb(evidence);
  if (!offer.offered) return not_applicable("not-serving", sharing.sockets.observed_at);
  // ksmbd, a container's server: their shares stand elsewhere than Samba's.
  if (offer.owner_known && offer.program != "smbd") {
    if (offer.reach == Reach::nobody) return pass("closed-by-firewall", sharing.sockets.observed_at);
    return unknown("other-server", sharing.sockets.observed_at, {{"program", Name{offer.program.empty() ? "kernel" : offer.program}}});
  }
  if (!sharing.samba) return unmeasured(sharing.samba);
  return std::nullopt;
}

Finding smb_fail(const Evidence& evidence, Finding failing) {
  switch (smb(evidence).reach) {
    case Reach::nobody:
      return pass("closed-by-firewall", failing.observed_at);
    case Reach::not_known:
      return unmeasured(evidence.sharing.packet_filter);
    case Reach::everyone:
    case Reach::some:
      break;
  }
  return failing;
}

Parameters share_item(const SambaShare& share) {
  return {{"name", Name{share.name}}, {"path", Name{share.path}}, {"defined_in", Name{share.defined_in}}};
}

}  // namespace gokajo::compliance
