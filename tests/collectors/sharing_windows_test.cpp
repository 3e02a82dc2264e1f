#include <doctest/doctest.h>

#include "collectors/sharing.h"
#include "tests/support/described_windows.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Json;

namespace {

constexpr const char* kOwn = "S-1-5-21-3623811015-3361044348-30300820-1001";
constexpr const char* kLsa = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";
constexpr const char* kServer = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters";

Json empty_pc() {
  Json pc = {{"at", "2026-11-22T00:00:00Z"}, {"absent", {"HKLM\\SOFTWARE\\Policies\\*"}}};
  for (const char* part : {"registry", "errors", "errors_win", "changed", "apis", "wmi", "files", "earlier", "system"})
    pc[part] = Json::object();
  pc["registry"] = {{kLsa, Json::object()}, {kServer, Json::object()}};
  return pc;
}

Json row(const Json& share_sddl, const Json& folder_sddl) {
  Json one = {{"name", "見積"}, {"type", 0}, {"path", "D:\\見積"}};
  if (!share_sddl.is_null()) one["share_sddl"] = share_sddl;
  if (!folder_sddl.is_null()) one["folder_sddl"] = folder_sddl;
  return one;
}

Sharing sharing_of(const Json& pc) { return collectors::collect_sharing_windows(DescribedWindows(pc), {}); }

WindowsShare share_of(const Json& one) {
  auto pc = empty_pc();
  pc["apis"]["shares"] = Json::array({one});
  const auto shares = sharing_of(pc).windows_shares;
  REQUIRE_MESSAGE(shares, shares.detail);
  REQUIRE(shares->size() == 1);
  return shares->front();
}

std::string for_one() { return std::string("D:(A;;FA;;;") + kOwn + ")"; }

}  // namespace

TEST_CASE("Windows shares: the share AND its folder, one half being enough where it gives nothing") {
  const std::string everyone = "D:(A;;FA;;;WD)", reads = "O:BAD:(A;;0x1200a9;;;WD)", users = "O:BAD:(A;;FA;;;BU)",
                    domain = "O:BAD:(A;;FA;;;DU)";
  CHECK(share_of(row(everyone, reads)).accounts == Access::read);
  CHECK(share_of(row(everyone, reads)).guests == Access::read);
  CHECK(share_of(row(everyone, reads)).anonymous == Access::none);
  CHECK(share_of(row(everyone, users)).accounts == Access::write);
  CHECK(share_of(row(everyone, users)).guests == Access::none);
  CHECK(share_of(row(everyone, domain)).accounts == Access::write);
  CHECK(share_of(row(everyone, for_one())).accounts == Access::none);
  CHECK(share_of(row("", reads)).accounts == Access::read);
  // A descriptor without any access list refuses nothing, an empty list refuses all.
  CHECK(share_of(row(everyone, "O:BA")).accounts == Access::write);
  CHECK(share_of(row(everyone, "O:BAD:")).accounts == Access::none);
  // What only things below take over gives nothing here.
  CHECK(share_of(row(everyone, "O:BAD:(A;OICIIO;FA;;;WD)")).accounts == Access::none);
}

TEST_CASE("Windows shares: rights that are absent, broken or of another type are no rights and no refusal") {
  for (const auto& [share, folder] : std::vector<std::pair<Json, Json>>{{"D:(A;;FA;;;WD)", nullptr},
                                                                        {nullptr, "O:BAD:(A;;FA;;;WD)"},
                                                                        {"D:(A;;FA;;;WD)", "O:BAD:(A;;FA"},
                                                                        {"D:(A;;FA;;;WD)", ""},
                                                                        {"D:(A;;FA;;;WD)", 7},
                                                                        {true, "O:BAD:(A;;FA;;;WD)"}}) {
    const auto found = share_of(row(share, folder));
    CHECK_FALSE(found.accounts);
    CHECK_FALSE(found.guests);
    CHECK_FALSE(found.unread.empty());
  }
  CHECK(share_of(row(for_one(), nullptr)).accounts == Access::none);
  auto pc = empty_pc();
  for (const auto& one :
       {Json{{"type", 0}, {"path", "D:\\a"}}, Json{{"name", "a"}, {"type", "0"}, {"path", "D:\\a"}}, Json{{"name", 5}, {"type", 0}}}) {
    pc["apis"]["shares"] = Json::array({one});
    CHECK(sharing_of(pc).windows_shares.absent == ErrorKind::malformed);
  }
}

TEST_CASE("Windows shares: who gives no name, as far as the server lets them in") {
  auto pc = empty_pc();
  pc["apis"]["shares"] = Json::array({row("D:(A;;FA;;;AN)", "O:BAD:(A;;0x1200a9;;;WD)(A;;0x1200a9;;;AN)")});
  const auto anonymous = [&] { return sharing_of(pc).windows_shares->front().anonymous; };
  CHECK(anonymous() == Access::none);
  pc["registry"][kServer] = {{"NullSessionShares", {"見積"}}};
  CHECK(anonymous() == Access::read);
  pc["registry"][kServer] = {{"RestrictNullSessAccess", 0}};
  CHECK(anonymous() == Access::read);
  for (const Json& broken : {Json{{"RestrictNullSessAccess", "0"}}, Json{{"NullSessionShares", "見積"}}}) {
    pc["registry"][kServer] = broken;
    CHECK_FALSE(anonymous());
  }
  pc["registry"].erase(kLsa);
  CHECK_FALSE(anonymous());
}

TEST_CASE("Windows' Guest: off, or kept out itself or by its group") {
  constexpr const char* kGuest = "S-1-5-21-3623811015-3361044348-30300820-501";
  auto pc = empty_pc();
  const auto guest = [&] { return sharing_of(pc).windows_guest; };
  pc["apis"]["users"] = Json::array({{{"sid", kGuest}, {"flags", 66083}}});
  CHECK_FALSE(guest()->enabled);
  pc["apis"]["users"] = Json::array({{{"sid", kGuest}, {"flags", 66081}}});
  CHECK(guest().absent == ErrorKind::not_asked);
  pc["apis"][std::string("account_rights ") + kGuest] = Json::array();
  CHECK_FALSE(guest());
  pc["apis"]["account_rights S-1-5-32-546"] = Json::array();
  CHECK(guest()->enabled);
  CHECK_FALSE(guest()->denied);
  pc["apis"]["account_rights S-1-5-32-546"] = Json::array({{{"right", "SeDenyNetworkLogonRight"}}});
  CHECK(guest()->denied);
  pc["apis"]["users"] = Json::array({{{"sid", kGuest}, {"flags", "66081"}}});
  CHECK(guest().absent == ErrorKind::malformed);
  pc["apis"]["users"] = Json::array();
  CHECK(guest().absent == ErrorKind::malformed);
}

TEST_CASE("Windows' firewall, services and SMB1: an answer of another form is none") {
  auto pc = empty_pc();
  const auto profile = [](int number) {
    return Json{{"profile", number}, {"current", number == 2}, {"enabled", true}, {"inbound_allowed", false}, {"block_all", false}};
  };
  pc["apis"]["firewall"] = Json::array({profile(1), profile(2)});
  CHECK(sharing_of(pc).windows_firewall.absent == ErrorKind::malformed);
  pc["apis"]["firewall"].push_back(profile(4));
  const auto found = sharing_of(pc).windows_firewall;
  REQUIRE(found);
  CHECK((*found)[1].in_use);
  CHECK_FALSE((*found)[1].file_sharing);
  pc["apis"]["firewall"][2]["enabled"] = 1;
  CHECK(sharing_of(pc).windows_firewall.absent == ErrorKind::malformed);
  pc["apis"]["firewall"][2]["enabled"] = true;
  pc["registry"]["HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\PrivateProfile"] = {{"EnableFirewall", "0"}};
  CHECK_FALSE(sharing_of(pc).windows_firewall);

  pc["services_complete"] = true;
  pc["apis"]["services"] = Json::array({{{"name", "mpssvc"}, {"state", 4}}, {{"name", "LanmanServer"}, {"state", 1}}});
  CHECK(*sharing_of(pc).windows_services == std::vector<std::string>{"mpssvc"});
  pc["apis"]["services"] = Json::array({{{"name", "mpssvc"}, {"state", "4"}}});
  CHECK(sharing_of(pc).windows_services.absent == ErrorKind::malformed);

  pc["absent"].push_back("HKLM\\SYSTEM\\CurrentControlSet\\Services\\mrxsmb10");
  pc["wmi"]["MSFT_SmbServerConfiguration"] =
      Json::array({{{"GetConfiguration.ReturnValue", 0}, {"GetConfiguration.EnableSMB1Protocol", 0}}});
  CHECK(sharing_of(pc).windows_smb1_server.absent == ErrorKind::malformed);
  pc["wmi"] = Json::object();
  CHECK(*sharing_of(pc).windows_smb1_client == false);
  CHECK(*sharing_of(pc).windows_smb1_server == false);
  pc["registry"][kServer] = {{"SMB1", 1}};
  CHECK_FALSE(sharing_of(pc).windows_smb1_server);
}

}  // namespace gokajo::tests
