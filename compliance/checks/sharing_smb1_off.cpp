#include <algorithm>
#include <array>

#include "compliance/checks.h"
#include "compliance/smb_shares.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

enum class Generation { smb1, later, not_known };

// Names of smb.conf(5) "server max protocol"; "default" and SMB2 and above have no SMB1.
Generation generation(const std::string& protocol) {
  static constexpr std::array<std::string_view, 6> kOld = {"CORE", "COREPLUS", "LANMAN1", "LANMAN2", "NT1", "LANMAN"};
  if (std::find(kOld.begin(), kOld.end(), protocol) != kOld.end()) return Generation::smb1;
  return protocol.starts_with("SMB2") || protocol.starts_with("SMB3") || protocol == "default" ? Generation::later : Generation::not_known;
}

bool wants(const Settings& settings, const char* list, const char* part) {
  const auto& parts = names(settings, list);
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

Finding judge_windows(const Evidence& evidence, const Settings& settings) {
  const auto &server = evidence.sharing.windows_smb1_server, &client = evidence.sharing.windows_smb1_client;
  if (wants(settings, "required_parts", "server")) {
    if (!server) return unmeasured(server);
    if (*server) return fail("windows-server-on", server.observed_at, {}, {{{"name", Name{"SMB 1.0/CIFS"}}}});
  }
  if (!client) return unmeasured(client);
  if (*client && wants(settings, "required_parts", "client"))
    return fail("windows-client-on", client.observed_at, {}, {{{"name", Name{"SMB 1.0/CIFS"}}}});
  if (*client && wants(settings, "advice_parts", "client")) return pass("off-client-may", client.observed_at);
  return pass("off", client.observed_at);
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time) {
  if (on_windows(evidence)) return judge_windows(evidence, settings);
  if (auto finding = smb_not_judged(evidence)) return *finding;
  const auto& samba = evidence.sharing.samba;
  const auto server = generation(samba->server_min_protocol), client = generation(samba->client_min_protocol);
  if (wants(settings, "required_parts", "server")) {
    if (server == Generation::smb1)
      return smb_fail(evidence,
                      fail("server-on", samba.observed_at, {}, {{{"name", Name{"server min protocol = " + samba->server_min_protocol}}}}));
    if (server == Generation::not_known)
      return unknown("protocol-unknown", samba.observed_at, {{"protocol", Version{samba->server_min_protocol}}});
  }
  if (wants(settings, "required_parts", "client")) {
    if (client == Generation::smb1)
      return fail("client-on", samba.observed_at, {}, {{{"name", Name{"client min protocol = " + samba->client_min_protocol}}}});
    if (client == Generation::not_known)
      return unknown("protocol-unknown", samba.observed_at, {{"protocol", Version{samba->client_min_protocol}}});
  }
  if (wants(settings, "advice_parts", "client") && client == Generation::smb1) return pass("off-client-may", samba.observed_at);
  return pass("off", samba.observed_at);
}

}  // namespace

// Serving SMB1 is what infections used; a client that would still speak it is told of, because old copiers need it.
const Check sharing_smb1_off{
    .id = "sharing.smb1-off",
    .judge = judge,
    .settings = {{"required_parts", std::vector<std::string>{"server"}}, {"advice_parts", std::vector<std::string>{"client"}}}};

}  // namespace gokajo::compliance
