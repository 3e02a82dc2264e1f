#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::Days, platform::ErrorKind;

namespace {
constexpr const char* kCheck = "backup.recent";

BackupTool made(int days_ago, std::optional<bool> apart = true) { return {"BorgBackup", known(kNow - Days{days_ago}), true, apart, false}; }

Evidence with(std::vector<BackupTool> tools) {
  Evidence evidence;
  evidence.extras.backup.tools = known(std::move(tools));
  evidence.extras.backup.homes_seen = known(true);
  return evidence;
}
const BackupTool kNoRecord{"Kopia", absent<Time>(ErrorKind::unsupported), true, std::nullopt, false};
const BackupTool kRestorePoints{"Timeshift", absent<Time>(ErrorKind::unsupported), true, std::nullopt, true};
}  // namespace

TEST_CASE("a backup on another disk counts for ten days") {
  CHECK(verdict_of(kCheck, with({made(10)})) == Verdict::pass);
  CHECK(verdict_of(kCheck, with({made(11)})) == Verdict::fail);
  CHECK(verdict_of(kCheck, with({made(40), made(2)})) == Verdict::pass);
  CHECK(judged(kCheck, with({made(11)}), kNow, {}, {{"max_days", std::int64_t{30}}}).verdict == Verdict::pass);
}

TEST_CASE("copies on the same disk and restore points are no backup, and no failure either") {
  CHECK(judged(kCheck, with({made(1, false)})).situation == "same-disk");
  CHECK(verdict_of(kCheck, with({made(1, false)})) == Verdict::ask);
  CHECK(verdict_of(kCheck, with({kRestorePoints})) == Verdict::ask);
  CHECK(verdict_of(kCheck, with({kRestorePoints, made(1)})) == Verdict::pass);
}

TEST_CASE("a place, a time or a trace that is not certain is asked") {
  CHECK(judged(kCheck, with({made(1, std::nullopt)})).situation == "place-unknown");
  CHECK(judged(kCheck, with({kNoRecord})).situation == "time-unknown");
  auto looked_at = made(1);
  looked_at.certain = false;
  CHECK(judged(kCheck, with({looked_at})).situation == "time-unknown");
  CHECK(verdict_of(kCheck, with({kNoRecord, made(40)})) == Verdict::ask);
  CHECK(judged(kCheck, with({made(-30)})).situation == "none-seen");
  CHECK(verdict_of(kCheck, with({})) == Verdict::ask);
}

TEST_CASE("a home nobody may look into leaves it unknown, unless a backup is certain") {
  auto evidence = with({});
  evidence.extras.backup.homes_seen = absent<bool>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence.extras.backup.tools = known(std::vector<BackupTool>{made(3)});
  CHECK(verdict_of(kCheck, evidence) == Verdict::pass);
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

TEST_CASE("on Windows a person whose settings are not loaded hides no record of a backup") {
  auto evidence = windows_pc();
  evidence.extras.backup.tools = known(std::vector<BackupTool>{});
  evidence.extras.backup.homes_seen = absent<bool>(platform::ErrorKind::not_found);
  CHECK(judged("backup.recent", evidence).situation == "none-seen");
  evidence.extras.backup.tools = absent<std::vector<BackupTool>>(platform::ErrorKind::denied);
  CHECK(verdict_of("backup.recent", evidence) == Verdict::unknown);
}

}  // namespace gokajo::tests
