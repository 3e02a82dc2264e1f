#include <map>
#include <set>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "platform/fault_injector.h"
#include "platform/snapshot.h"
#include "tests/support/described_windows.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Damage;

namespace {

const std::set<std::string> kChecks = {"passwords.length",      "passwords.none-blank",    "passwords.auto-login-off",
                                       "passwords.guest-off",   "passwords.complexity",    "passwords.lockout",
                                       "passwords.screen-lock", "accounts.admin-separate", "threats.briefing-read"};
const std::set<std::string> kPcs = {"passwords-autologon",
                                    "passwords-complex",
                                    "passwords-domain-member",
                                    "passwords-entra",
                                    "passwords-guest-on",
                                    "passwords-length-10",
                                    "passwords-screen-saver",
                                    "passwords-screen-never",
                                    "passwords-local-beside-microsoft",
                                    "server-2022",
                                    "win11-home-25h2"};

std::map<std::string, Verdict> verdicts_of(const platform::Host& host, const Pack& pack, platform::Time now) {
  const auto result = agent::scan(host, agent::ScanInput{pack}, now);
  REQUIRE(result);
  std::map<std::string, Verdict> verdicts;
  for (const auto& judged : result->judgement.findings)
    if (kChecks.contains(judged.finding.check)) verdicts[judged.finding.check] = judged.finding.verdict;
  return verdicts;
}

}  // namespace

TEST_CASE("Windows: one question on signing in without an answer, whichever it is and for whatever reason, settles nothing") {
  auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  std::size_t damaged = 0;
  for (const auto& pc : described_windows()) {
    if (!kPcs.contains(pc.name)) continue;
    CAPTURE(pc.name);
    std::set<std::string> keys;
    const platform::FaultInjector watched(pc.host, [&](const platform::Question& question) {
      keys.insert(platform::question_key(question));
      return std::optional<Damage>();
    });
    const auto before = verdicts_of(watched, *pack, pc.host.at());
    for (const auto& key : keys) {
      CAPTURE(key);
      for (const auto damage : {Damage::denied, Damage::malformed, Damage::not_asked, Damage::unsupported, Damage::wrong_reply}) {
        const platform::FaultInjector faulty(pc.host, [&](const platform::Question& question) {
          return platform::question_key(question) == key ? std::optional(damage) : std::nullopt;
        });
        for (const auto& [check, verdict] : verdicts_of(faulty, *pack, pc.host.at())) {
          const bool open = verdict == before.at(check) || verdict == Verdict::unknown || verdict == Verdict::ask;
          CHECK_MESSAGE(open, check << ": " << toString(before.at(check)) << " became " << toString(verdict));
        }
        ++damaged;
      }
    }
  }
  MESSAGE(damaged << " damaged Windows PCs");
  CHECK(damaged > 500);
}

}  // namespace gokajo::tests
