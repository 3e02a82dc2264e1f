#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kNetwork = "sharing.network-profile";

Evidence elsewhere(Reach reach, std::int64_t port = 445) {
  auto evidence = waiting({tcp_socket(port, "/usr/sbin/smbd")});
  evidence.sharing.sockets->front().reach_elsewhere = reach;
  return evidence;
}

}  // namespace

TEST_CASE("what a foreign network would see of the shares decides, not what the office sees") {
  const auto open = judged(kNetwork, elsewhere(Reach::everyone));
  CHECK(open.verdict == Verdict::fail);
  CHECK(open.items.at(0).at("name") == Parameter{Name{"smbd (445/tcp)"}});
  CHECK(verdict_of(kNetwork, elsewhere(Reach::nobody)) == Verdict::pass);
  CHECK(verdict_of(kNetwork, elsewhere(Reach::some)) == Verdict::unknown);
  CHECK(verdict_of(kNetwork, elsewhere(Reach::not_known)) == Verdict::unknown);
}

TEST_CASE("a PC that shares nothing is not concerned by foreign networks; one nobody could look at is unknown") {
  CHECK(verdict_of(kNetwork, waiting({tcp_socket(22, "/usr/sbin/sshd")})) == Verdict::not_applicable);
  CHECK(verdict_of(kNetwork, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
