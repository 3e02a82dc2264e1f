#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kAll[] = {"sharing.folders-restricted", "sharing.guest-access-off", "sharing.smb1-off",
                                "sharing.firewall-on",        "sharing.network-profile",  "sharing.remote-login-restricted",
                                "sharing.other-services"};

Evidence windows_pc() {
  Evidence evidence;
  evidence.device.system = fact(System{OsFamily::windows, "office-pc", "", "", "", true, {}}, "system", kSeenAt);
  return evidence;
}

WindowsFirewallProfile profile(FirewallProfile which, bool in_use) { return {which, in_use, true, false, false, false, false, false}; }

// A PC in the office: one folder for one person, remote desktop off.
Evidence quiet_pc() {
  auto evidence = windows_pc();
  evidence.device.windows = fact(WindowsRelease{.edition = "Professional", .build = 26200}, "product", kSeenAt);
  auto& sharing = evidence.sharing;
  sharing.windows_shares =
      fact(std::vector<WindowsShare>{{"見積", "D:\\見積", false, Access::none, Access::none, Access::none, ""}}, "shares", kSeenAt);
  sharing.windows_guest = fact(WindowsGuest{false, false}, "users", kSeenAt);
  sharing.windows_smb1_server = fact(false, "smb", kSeenAt);
  sharing.windows_smb1_client = fact(false, "smb", kSeenAt);
  sharing.windows_firewall =
      fact(std::vector<WindowsFirewallProfile>{profile(FirewallProfile::domain, false), profile(FirewallProfile::private_network, true),
                                               profile(FirewallProfile::public_network, false)},
           "firewall", kSeenAt);
  sharing.windows_other_firewalls = fact(std::vector<std::string>{}, "products", kSeenAt);
  sharing.windows_firewall_health = fact(SecurityHealth::good, "health", kSeenAt);
  sharing.windows_services = fact(std::vector<std::string>{"mpssvc", "LanmanServer"}, "services", kSeenAt);
  sharing.windows_remote_desktop = fact(WindowsRemoteDesktop{false, true}, "registry", kSeenAt);
  return evidence;
}

std::string situation(const char* check, const Evidence& evidence) { return judged(check, evidence).situation; }

WindowsShare& share_of(Evidence& evidence) { return evidence.sharing.windows_shares->front(); }
WindowsFirewallProfile& private_of(Evidence& evidence) { return (*evidence.sharing.windows_firewall)[1]; }
WindowsFirewallProfile& public_of(Evidence& evidence) { return (*evidence.sharing.windows_firewall)[2]; }

}  // namespace

TEST_CASE("Windows sharing: what was not asked, refused or malformed settles nothing") {
  for (const char* check : kAll) {
    CAPTURE(check);
    CHECK(verdict_of(check, windows_pc()) == Verdict::unknown);
  }
  for (const auto kind : {ErrorKind::denied, ErrorKind::malformed, ErrorKind::failed, ErrorKind::timed_out}) {
    auto evidence = quiet_pc();
    auto& sharing = evidence.sharing;
    sharing.windows_shares = absent<std::vector<WindowsShare>>(kind);
    sharing.windows_smb1_server = absent<bool>(kind);
    sharing.windows_firewall = absent<std::vector<WindowsFirewallProfile>>(kind);
    sharing.windows_remote_desktop = absent<WindowsRemoteDesktop>(kind);
    for (const char* check : kAll) {
      CAPTURE(check);
      CHECK(verdict_of(check, evidence) == Verdict::unknown);
    }
  }
}

TEST_CASE("Windows sharing: a quiet PC passes or has nothing to judge") {
  const auto evidence = quiet_pc();
  CHECK(situation("sharing.folders-restricted", evidence) == "restricted");
  CHECK(situation("sharing.guest-access-off", evidence) == "passwords-needed");
  CHECK(situation("sharing.smb1-off", evidence) == "off");
  CHECK(situation("sharing.firewall-on", evidence) == "windows-on");
  CHECK(situation("sharing.network-profile", evidence) == "closed-elsewhere");
  CHECK(situation("sharing.remote-login-restricted", evidence) == "nothing-waits");
  CHECK(situation("sharing.other-services", evidence) == "nothing-offered");
}

TEST_CASE("Windows folders: by who gets in, and whether that could be read") {
  constexpr const char* kFolders = "sharing.folders-restricted";
  constexpr const char* kGuest = "sharing.guest-access-off";
  auto evidence = quiet_pc();
  share_of(evidence).accounts = Access::read;
  CHECK(judged(kFolders, evidence).verdict == Verdict::ask);
  share_of(evidence).accounts.reset();
  CHECK(situation(kFolders, evidence) == "rights-unread");
  share_of(evidence) = {"見積", "D:\\見積", false, Access::none, Access::read, Access::read, ""};
  CHECK(situation(kGuest, evidence) == "passwords-needed");
  evidence.sharing.windows_guest->enabled = true;
  CHECK(situation(kGuest, evidence) == "share-read");
  CHECK(situation(kFolders, evidence) == "open-to-all");
  evidence.sharing.windows_guest->denied = true;
  CHECK(verdict_of(kGuest, evidence) == Verdict::pass);
  evidence.sharing.windows_guest = absent<WindowsGuest>(ErrorKind::denied);
  CHECK(verdict_of(kGuest, evidence) == Verdict::unknown);
  CHECK(verdict_of(kFolders, evidence) == Verdict::unknown);
  share_of(evidence).anonymous = Access::write;
  CHECK(situation(kGuest, evidence) == "share-write");
  share_of(evidence).anonymous.reset();
  share_of(evidence).guests = Access::none;
  CHECK(verdict_of(kGuest, evidence) == Verdict::unknown);
  evidence.sharing.windows_shares = absent<std::vector<WindowsShare>>(ErrorKind::failed);
  CHECK(verdict_of(kFolders, evidence) == Verdict::unknown);
  evidence.sharing.windows_services->pop_back();
  CHECK(situation(kFolders, evidence) == "server-stopped");
  CHECK(situation(kGuest, evidence) == "server-stopped");
}

TEST_CASE("Windows SMB1: the server is required, the client a note unless a pack requires it") {
  constexpr const char* kSmb1 = "sharing.smb1-off";
  auto evidence = quiet_pc();
  evidence.sharing.windows_smb1_client = fact(true, "smb", kSeenAt);
  CHECK(situation(kSmb1, evidence) == "off-client-may");
  const Settings strict = {{"required_parts", std::vector<std::string>{"server", "client"}}};
  CHECK(judged(kSmb1, evidence, kSeenAt, {}, strict).situation == "windows-client-on");
  evidence.sharing.windows_smb1_client = absent<bool>(ErrorKind::denied);
  CHECK(verdict_of(kSmb1, evidence) == Verdict::unknown);
  evidence.sharing.windows_smb1_server = fact(true, "smb", kSeenAt);
  CHECK(situation(kSmb1, evidence) == "windows-server-on");
}

TEST_CASE("Windows firewall: the profile in use, its service, and another firewall in its place") {
  constexpr const char* kFirewall = "sharing.firewall-on";
  auto evidence = quiet_pc();
  public_of(evidence).on = false;
  CHECK(situation(kFirewall, evidence) == "windows-on");
  private_of(evidence).in_use = false;
  CHECK(situation(kFirewall, evidence) == "windows-off");
  public_of(evidence).by_policy = true;
  CHECK(situation(kFirewall, evidence) == "windows-off-by-policy");
  evidence.sharing.windows_other_firewalls = fact(std::vector<std::string>{"ESET Firewall"}, "products", kSeenAt);
  CHECK(situation(kFirewall, evidence) == "other-firewall");
  evidence.sharing.windows_firewall_health = fact(SecurityHealth::poor, "health", kSeenAt);
  CHECK(situation(kFirewall, evidence) == "other-firewall-unclear");
  evidence.sharing.windows_other_firewalls = absent<std::vector<std::string>>(ErrorKind::failed);
  CHECK(verdict_of(kFirewall, evidence) == Verdict::fail);
  evidence.sharing.windows_firewall_health = absent<SecurityHealth>(ErrorKind::failed);
  CHECK(verdict_of(kFirewall, evidence) == Verdict::unknown);
  // Only a server's Security Center is known not to exist.
  evidence.sharing.windows_other_firewalls = absent<std::vector<std::string>>(ErrorKind::unsupported);
  CHECK(verdict_of(kFirewall, evidence) == Verdict::unknown);
  evidence.device.windows->kind = WindowsKind::server;
  CHECK(verdict_of(kFirewall, evidence) == Verdict::fail);

  evidence = quiet_pc();
  private_of(evidence).inbound_allowed = true;
  CHECK(situation(kFirewall, evidence) == "windows-lets-all-in");
  private_of(evidence).block_all = true;
  CHECK(situation(kFirewall, evidence) == "windows-on");
  evidence.sharing.windows_services->erase(evidence.sharing.windows_services->begin());
  CHECK(situation(kFirewall, evidence) == "windows-service-stopped");
  evidence.sharing.windows_services = absent<std::vector<std::string>>(ErrorKind::failed);
  CHECK(verdict_of(kFirewall, evidence) == Verdict::unknown);
  evidence = quiet_pc();
  evidence.sharing.windows_firewall->clear();
  CHECK(situation(kFirewall, evidence) == "profiles-missing");
}

TEST_CASE("Windows remote desktop: NLA, the network in use, the edition") {
  constexpr const char* kRemote = "sharing.remote-login-restricted";
  auto evidence = quiet_pc();
  evidence.sharing.windows_remote_desktop = fact(WindowsRemoteDesktop{true, true}, "registry", kSeenAt);
  private_of(evidence).remote_desktop = true;
  CHECK(situation(kRemote, evidence) == "desktop-with-nla");
  evidence.sharing.windows_remote_desktop->nla.reset();
  CHECK(situation(kRemote, evidence) == "desktop-nla-unsaid");
  evidence.sharing.windows_remote_desktop->nla = false;
  CHECK(situation(kRemote, evidence) == "desktop-without-nla");
  private_of(evidence).remote_desktop = false;
  CHECK(situation(kRemote, evidence) == "desktop-rules-unclear");
  private_of(evidence).remote_desktop.reset();
  CHECK(situation(kRemote, evidence) == "desktop-rules-unclear");
  evidence.sharing.windows_remote_desktop->nla = true;
  public_of(evidence).in_use = public_of(evidence).remote_desktop.emplace(true);
  CHECK(situation(kRemote, evidence) == "desktop-in-public");
  evidence.device.windows->edition = "CoreSingleLanguage";
  CHECK(situation(kRemote, evidence) == "nothing-waits");
  evidence.device.windows = absent<WindowsRelease>(ErrorKind::failed);
  CHECK(verdict_of(kRemote, evidence) == Verdict::unknown);
  evidence = quiet_pc();
  evidence.sharing.windows_remote_desktop->enabled.reset();
  CHECK(situation(kRemote, evidence) == "desktop-unsaid");
  evidence = quiet_pc();
  evidence.sharing.windows_services->push_back("tvnserver");
  CHECK(situation(kRemote, evidence) == "screen-shared");
  evidence.sharing.windows_services->push_back("sshd");
  CHECK(situation(kRemote, evidence) == "other-program");
}

TEST_CASE("Windows on a public network: what its rules let through") {
  constexpr const char* kNetwork = "sharing.network-profile";
  auto evidence = quiet_pc();
  public_of(evidence).file_sharing = true;
  CHECK(situation(kNetwork, evidence) == "open-elsewhere");
  public_of(evidence).in_use = true;
  CHECK(situation(kNetwork, evidence) == "open-here");
  public_of(evidence).file_sharing.reset();
  CHECK(situation(kNetwork, evidence) == "windows-rules-unclear");
  public_of(evidence).file_sharing = false;
  public_of(evidence).on = false;
  CHECK(situation(kNetwork, evidence) == "open-here");
  evidence.sharing.windows_other_firewalls = fact(std::vector<std::string>{"ESET Firewall"}, "products", kSeenAt);
  CHECK(situation(kNetwork, evidence) == "windows-rules-unclear");
  evidence.sharing.windows_shares->clear();
  CHECK(situation(kNetwork, evidence) == "nothing-shared");
}

TEST_CASE("Windows' other services: printers are open to Guest, servers that run cannot be read yet") {
  constexpr const char* kOther = "sharing.other-services";
  auto evidence = quiet_pc();
  share_of(evidence).printer = true;
  CHECK(situation(kOther, evidence) == "restricted");
  evidence.sharing.windows_guest->enabled = true;
  CHECK(situation(kOther, evidence) == "for-the-network");
  evidence.sharing.windows_guest = absent<WindowsGuest>(ErrorKind::denied);
  CHECK(verdict_of(kOther, evidence) == Verdict::unknown);
  evidence = quiet_pc();
  evidence.sharing.windows_services->push_back("FTPSVC");
  CHECK(situation(kOther, evidence) == "windows-server");
}

}  // namespace gokajo::tests
