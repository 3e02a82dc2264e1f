// What is expected stands in people.md section 2 (iv): results kept, none lost, a grave change that came and went; and in its rule that no
// number is said which nobody counted.
#include "hub/mail/outage_from_store.h"

#include "hub/mail/weekly_text.h"
#include "hub/silence.h"
#include "protocol/report.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::Json, platform::Time;
using namespace std::chrono_literals;

namespace {

Time jst(const char* text, int hour, int minute = 0) {
  return *platform::parse_time(text) + std::chrono::hours{hour - 9} + std::chrono::minutes{minute};
}

const Stopped kStopped{jst("2026-11-19", 18), jst("2026-11-25", 9), true};
const Time kNow = jst("2026-11-25", 11);

const Json& guarded() {
  static const Json content = content_of_pc("falcon-on", jst("2026-11-19", 9));
  return content;
}
const Json& unguarded() {
  static const Json content = content_of_pc("eset", jst("2026-11-19", 9));
  return content;
}

struct LateOffice {
  Office office;
  std::map<std::string, std::pair<Pc, std::int64_t>> pcs;  // with the last number used
  std::int64_t epoch = 1;

  void add(const std::string& label, CodeKind kind = CodeKind::one_time) {
    pcs.try_emplace(label);
    const auto reply = office.send(pcs[label].first.enrolment(office.code(kind), label));
    REQUIRE_MESSAGE(reply.status == 200, reply.body);
  }
  void report(const std::string& label, Time scanned_at, Time received_at, const Json& content = guarded(), std::int64_t discarded = 0) {
    auto& [pc, seq] = pcs.at(label);
    protocol::Report report;
    report.device = pc.id();
    report.position = {epoch, ++seq};
    report.scanned_at = scanned_at;
    report.agent_version = "0.1.0";
    report.pack = {"5kajo", "1"};
    report.content = content;
    if (discarded > 0) report.discarded["spool full"] = discarded;
    office.receipt(pc.request("POST", "/v1/reports", report.position, protocol::write_report(report)), received_at);
  }
  // A morning's scan before the hub stopped, sent at once.
  void as_usual(const std::string& label, const Json& content = guarded()) {
    report(label, jst("2026-11-19", 9, 10), jst("2026-11-19", 9, 11), content);
  }
  Outage outage(Time now = kNow) {
    const auto company = *office.store->company("yamada");
    auto outage = outage_from(*office.store, company, calendar_of(company), kStopped, now);
    REQUIRE(outage);
    return *outage;
  }
};

std::string text_with(const Outage& outage) {
  Weekly week;
  week.counted_at = kNow;
  week.registered = 3;
  week.stated = 3;
  week.outage = outage;
  return weekly_text(week, compliance::Language::ja).text;
}

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the late mail tells what PCs had kept, that nothing was lost, and what came and went meanwhile") {
  LateOffice office;
  for (const char* label : {"PC-03 経理", "PC-11 受付", "PC-17 現場ノート"}) {
    office.add(label);
    office.as_usual(label);
  }
  const auto back = jst("2026-11-25", 10, 50);
  for (const char* day : {"2026-11-20", "2026-11-24"}) office.report("PC-03 経理", jst(day, 9), jst("2026-11-25", 9, 20));
  office.report("PC-03 経理", jst("2026-11-25", 9, 30), jst("2026-11-25", 9, 31));  // not kept: the hub was there
  office.report("PC-11 受付", jst("2026-11-20", 9), back);
  office.report("PC-11 受付", jst("2026-11-21", 9), back, unguarded());
  office.report("PC-11 受付", jst("2026-11-21", 15), back);
  const auto outage = office.outage();
  CHECK(outage.reports == 5);
  CHECK(outage.lost == 0);
  CHECK(outage.all_in == back);
  CHECK(outage.missing == std::vector<std::string>{"PC-17 現場ノート"});
  REQUIRE(outage.changes);
  REQUIRE(outage.changes->size() == 1);
  CHECK(outage.changes->front().label == "PC-11 受付");
  CHECK(outage.changes->front().rule == "antivirus");
  CHECK(outage.changes->front().lost == jst("2026-11-21", 9));
  CHECK(outage.changes->front().back == jst("2026-11-21", 15));
  const auto text = text_with(outage);
  CHECK(holds(text, "■結果は無事でした\n各PCに保管した5件が、25日10時までに\n届きました。失われた結果は0件です。\n"));
  CHECK(holds(text, "止まっていた間の急な変化：1件\n（PC-11 21日に保護が切れ、同日復旧）\n"));
}

TEST_CASE("that nothing changed is said only where every PC was heard of and nothing was lost") {
  LateOffice office;
  for (const char* label : {"PC-01", "PC-02"}) {
    office.add(label);
    office.as_usual(label);
  }
  office.report("PC-01", jst("2026-11-20", 9), jst("2026-11-25", 9, 20));
  CHECK_FALSE(office.outage().changes);
  CHECK_FALSE(holds(text_with(office.outage()), "ありませんでした"));
  office.report("PC-02", jst("2026-11-20", 9), jst("2026-11-25", 9, 25), guarded(), 4);
  auto outage = office.outage();
  CHECK_FALSE(outage.changes);
  CHECK(outage.lost == 4);
  CHECK(holds(text_with(outage), "■失われた結果があります\n"));
  CHECK(holds(text_with(outage), "失われた結果は4件です。"));
  CHECK_FALSE(holds(text_with(outage), "無事"));
  LateOffice whole;
  for (const char* label : {"PC-01", "PC-02"}) {
    whole.add(label);
    whole.as_usual(label);
    whole.report(label, jst("2026-11-20", 9), jst("2026-11-25", 9, 20));
  }
  REQUIRE(whole.outage().changes);
  CHECK(whole.outage().changes->empty());
  CHECK(holds(text_with(whole.outage()), "止まっていた間の急な変化は\nありませんでした。"));
}

TEST_CASE("what failed before the hub stopped is no change of that time; what still fails has no day of its return") {
  LateOffice office;
  for (const char* label : {"PC-01", "PC-02"}) office.add(label);
  office.as_usual("PC-01", unguarded());
  office.as_usual("PC-02");
  const auto back = jst("2026-11-25", 9, 20);
  office.report("PC-01", jst("2026-11-20", 9), back, unguarded());
  office.report("PC-02", jst("2026-11-20", 9), back, unguarded());
  const auto outage = office.outage();
  REQUIRE(outage.changes);
  REQUIRE(outage.changes->size() == 1);
  CHECK(outage.changes->front().label == "PC-02");
  CHECK_FALSE(outage.changes->front().back);
  CHECK(holds(text_with(outage), "（PC-02 20日に保護が切れ）"));
}

TEST_CASE("a clock that cannot be believed leaves numbers and changes unsaid") {
  const std::pair<const char*, std::chrono::seconds> clocks[] = {{"a year behind", -platform::Days{365}}, {"nine hours ahead", 9h}};
  for (const auto& [name, wrong_by] : clocks) {
    CAPTURE(name);
    LateOffice office;
    office.add("PC-01");
    office.report("PC-01", jst("2026-11-19", 9, 10) + wrong_by, jst("2026-11-19", 9, 11));
    const auto back = jst("2026-11-25", 9, 20);
    office.report("PC-01", jst("2026-11-20", 9) + wrong_by, back, unguarded());
    office.report("PC-01", jst("2026-11-20", 12) + wrong_by, back);
    office.report("PC-01", back + wrong_by, back);
    const auto outage = office.outage();
    CHECK_FALSE(outage.reports);
    CHECK_FALSE(outage.changes);
    CHECK(outage.lost == 0);
    const auto text = text_with(outage);
    CHECK(holds(text, "各PCに保管した結果は、25日9時までに\n届きました。"));
    CHECK_FALSE(holds(text, "急な変化："));
  }
  // One that was right until it was set back meanwhile, and is right again.
  LateOffice jumped;
  jumped.add("PC-01");
  jumped.as_usual("PC-01");
  jumped.report("PC-01", jst("2025-11-20", 9), jst("2026-11-25", 9, 20), unguarded());
  jumped.report("PC-01", jst("2026-11-21", 9), jst("2026-11-25", 9, 20));
  jumped.report("PC-01", jst("2026-11-25", 9, 21), jst("2026-11-25", 9, 22));
  CHECK_FALSE(jumped.outage().reports);
  CHECK_FALSE(jumped.outage().changes);
  // A jump that was over before counts no more.
  LateOffice office;
  office.add("PC-01");
  office.report("PC-01", jst("2027-11-10", 9), jst("2026-11-10", 9));
  office.as_usual("PC-01");
  office.report("PC-01", jst("2026-11-20", 9), jst("2026-11-25", 9, 20));
  CHECK(office.outage().reports == 1);
}

TEST_CASE("a PC that enrolled anew counts from nothing: what it lost before is not known; one that waits counts for nothing") {
  LateOffice office;
  office.add("PC-01");
  office.as_usual("PC-01");
  office.add("PC-01");
  office.epoch = 2;
  office.report("PC-01", jst("2026-11-25", 9, 15), jst("2026-11-25", 9, 16));
  CHECK_FALSE(office.outage().lost);
  CHECK_FALSE(holds(text_with(office.outage()), "無事"));
  LateOffice waiting;
  waiting.add("PC-01");
  waiting.as_usual("PC-01");
  waiting.report("PC-01", jst("2026-11-25", 9, 30), jst("2026-11-25", 9, 31));
  waiting.add("PC-02", CodeKind::install_day);
  waiting.report("PC-02", jst("2026-11-19", 9), jst("2026-11-19", 9), guarded());
  waiting.report("PC-02", jst("2026-11-20", 9), jst("2026-11-25", 9, 20), unguarded());
  const auto outage = waiting.outage();
  CHECK(outage.reports == 0);
  REQUIRE(outage.changes);
  CHECK(outage.changes->empty());
  CHECK(holds(text_with(outage), "■止まっていた間の結果\n25日9時までに届いた中に、\n止まっていた間の結果はありません。\n"));
}

}  // namespace gokajo::tests
