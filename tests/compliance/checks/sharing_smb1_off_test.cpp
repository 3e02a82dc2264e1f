#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kSmb1 = "sharing.smb1-off";

Evidence speaking(const std::string& server, const std::string& client = "SMB2_02", Reach reach = Reach::everyone) {
  auto evidence = serving({}, reach);
  evidence.sharing.samba->server_min_protocol = server;
  evidence.sharing.samba->client_min_protocol = client;
  return evidence;
}

}  // namespace

TEST_CASE("SMB1: every protocol name of smb.conf(5)") {
  for (const char* old : {"CORE", "COREPLUS", "LANMAN1", "LANMAN2", "NT1"}) CHECK(verdict_of(kSmb1, speaking(old)) == Verdict::fail);
  for (const char* later : {"SMB2", "SMB2_02", "SMB2_10", "SMB3", "SMB3_00", "SMB3_11", "default"})
    CHECK(verdict_of(kSmb1, speaking(later)) == Verdict::pass);
  for (const char* unheard : {"", "QUIC"}) CHECK(verdict_of(kSmb1, speaking(unheard)) == Verdict::unknown);
}

TEST_CASE("SMB1 as a client is a note, unless a pack requires it") {
  CHECK(judged(kSmb1, speaking("SMB2_02", "NT1")).situation == "off-client-may");
  const Settings strict = {{"required_parts", std::vector<std::string>{"server", "client"}}};
  CHECK(judged(kSmb1, speaking("SMB2_02", "NT1"), kSeenAt, {}, strict).verdict == Verdict::fail);
}

TEST_CASE("SMB1 behind a firewall that refuses everybody is closed, behind an unread one unknown") {
  CHECK(verdict_of(kSmb1, speaking("NT1", "SMB2_02", Reach::nobody)) == Verdict::pass);
  CHECK(verdict_of(kSmb1, speaking("NT1", "SMB2_02", Reach::not_known)) == Verdict::unknown);
  CHECK(verdict_of(kSmb1, Evidence{}) == Verdict::unknown);
  CHECK(verdict_of(kSmb1, waiting({})) == Verdict::not_applicable);
}

}  // namespace gokajo::tests
