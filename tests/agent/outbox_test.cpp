#include "agent/outbox.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include <doctest/doctest.h>

#include "protocol/body.h"
#include "protocol/content.h"
#include "tests/support/recorded_pcs.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using compliance::Verdict;
using platform::Json, platform::Time;
using protocol::Position;
using namespace std::chrono_literals;

namespace {

const std::string kDevice = protocol::sha256_hex("a device");

// One PC that is scanned again and again, and what of it is spooled.
class Pc {
 public:
  explicit Pc(const std::string& directory) : directory_(directory) {
    const auto& all = recorded_pcs();
    const auto found = std::find_if(all.begin(), all.end(), [](const auto& pc) { return pc.name == "office-plain.json"; });
    REQUIRE(found != all.end());
    snapshot_ = found->snapshot;
    input_.pack = *compliance::built_in_pack("5kajo");
    result_ = *scan(platform::SnapshotHost(snapshot_), input_, snapshot_.recorded_at);
    REQUIRE(Sequence::begin(directory_ + "/sequence.json", 1));
    start_again();
  }

  void start_again() {
    outbox_.reset();
    spool_ = std::make_unique<Spool>(std::move(*Spool::open(directory_ + "/spool")));
    sequence_ = std::make_unique<Sequence>(std::move(*Sequence::open(directory_ + "/sequence.json")));
    outbox_ = std::make_unique<Outbox>(Outbox::open(directory_, kDevice, *spool_, *sequence_));
  }

  // The same PC, `later` after the last scan: every fact looked at again, the memory the last scan left.
  void scan_again(Time::duration later) {
    input_.memory = result_.memory;
    const auto now = result_.scanned_at + later;
    auto snapshot = snapshot_;
    snapshot.recorded_at = now;
    for (auto& [key, answer] : snapshot.answers) answer.observed_at = now;
    result_ = *scan(platform::SnapshotHost(std::move(snapshot)), input_, now);
  }

  protocol::Report put() {
    const auto position = outbox_->put(input_, result_);
    REQUIRE_MESSAGE(position, position.error().detail);
    const auto body = spool_->read(*position);
    REQUIRE(body);
    body_bytes_ = body->size();
    const auto report = protocol::read_report(*protocol::expand(*body, protocol::kMaxReportBytes));
    REQUIRE_MESSAGE(report, report.error().detail);
    CHECK(report->position == *position);
    return *report;
  }

  // Each report is what a hub makes of it: the content in full, or changes applied to the one they name.
  void check_says(const protocol::Report& report) {
    const auto expected = protocol::write_content({result_.scanned_at, result_.evidence, input_.memory, result_.judgement.findings});
    if (report.content) last_full_ = {report.position.seq, *report.content};
    REQUIRE((report.content || report.changes->since_seq == last_full_.first));
    const auto content = report.content ? *report.content : *protocol::apply_changes(last_full_.second, report.changes->changes, 4 << 20);
    CHECK(content == expected);
    if (report.changes) CHECK(report.changes->sha256 == protocol::content_sha256(content));
  }

  ScanInput input_;
  ScanResult result_;
  std::unique_ptr<Spool> spool_;
  std::unique_ptr<Sequence> sequence_;
  std::unique_ptr<Outbox> outbox_;
  std::size_t body_bytes_ = 0;
  std::pair<std::int64_t, Json> last_full_;
  platform::Snapshot snapshot_;
  std::string directory_;
};

}  // namespace

TEST_CASE("in full at first and once the PC remembers something, then what changed, in full again after 28 days or when the hub asks") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  auto report = pc.put();
  CHECK(report.content);
  CHECK_FALSE(report.still_so);
  pc.check_says(report);
  int still_so = 0;
  for (int day = 1; day <= 35; ++day) {
    CAPTURE(day);
    const auto before = decided_sha256(pc.result_);
    pc.scan_again(24h);
    if (day == 3) pc.start_again();  // what was told is known across a restart
    report = pc.put();
    CHECK(report.content.has_value() == (day == 1 || day == 29));
    CHECK(report.still_so == (decided_sha256(pc.result_) == before));  // what was read of updates grows old on one of the days
    still_so += report.still_so;
    const auto kind = report.still_so && report.changes ? SpoolKind::still_so : SpoolKind::change;
    CHECK(pc.spool_->waiting().back().kind == kind);
    pc.check_says(report);
  }
  CHECK(still_so > 10);
  REQUIRE(pc.outbox_->next_in_full());
  CHECK(pc.put().content);
}

TEST_CASE("a day of a PC where nothing changed costs less than a kilobyte with its headers") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  // The first scans of a PC remember much that is new; what stands afterwards is what a year consists of.
  pc.scan_again(24h);
  pc.put();
  pc.scan_again(24h);
  const auto report = pc.put();
  REQUIRE(report.changes);
  const std::size_t headers = std::string(
                                  "POST /v1/reports HTTP/1.1\r\nHost: hub.example.jp:8443\r\nContent-Type: application/json\r\n"
                                  "Content-Encoding: zstd\r\nGokajo-Device: \r\nGokajo-Epoch: 1\r\nGokajo-Seq: 1000\r\n"
                                  "Gokajo-Signature: \r\nContent-Length: 1000\r\n\r\n")
                                  .size() +
                              64 + 88;
  MESSAGE("body " << pc.body_bytes_ << ", with headers " << pc.body_bytes_ + headers);
  CHECK(pc.body_bytes_ + headers < 1024);
}

TEST_CASE("still so only where the report before told the same verdicts, situations and items") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.put();
  auto& finding = pc.result_.judgement.findings.front().finding;
  const auto verdict = finding.verdict;
  finding.verdict = verdict == Verdict::fail ? Verdict::pass : Verdict::fail;
  CHECK_FALSE(pc.put().still_so);
  CHECK(pc.put().still_so);
  finding.situation += "-other";
  CHECK_FALSE(pc.put().still_so);
  finding.items.push_back({{"name", compliance::Name{"an item"}}});
  CHECK_FALSE(pc.put().still_so);
  CHECK(pc.put().still_so);
  finding.observed_at -= 24h;
  CHECK_MESSAGE(pc.put().still_so, "when it was looked at decides nothing");
  pc.start_again();
  CHECK(pc.put().still_so);
  REQUIRE(pc.spool_->refuse(pc.spool_->waiting().back().position, "refused"));
  CHECK_MESSAGE(!pc.put().still_so, "the one before never arrives");
}

TEST_CASE("a crash between spooling and remembering never makes a change look like none") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  auto& finding = pc.result_.judgement.findings.front().finding;
  const auto verdict = finding.verdict;
  pc.put();
  std::filesystem::copy_file(place.path() + "/outbox.json", place.path() + "/kept");
  finding.verdict = verdict == Verdict::fail ? Verdict::pass : Verdict::fail;
  // The file is gone before the report is spooled: a crash at any moment in between leaves no older one.
  std::filesystem::remove_all(place.path() + "/spool");
  std::ofstream(place.path() + "/spool") << "not a directory";
  CHECK_FALSE(pc.outbox_->put(pc.input_, pc.result_));
  CHECK_FALSE(std::filesystem::exists(place.path() + "/outbox.json"));
}

TEST_CASE("changes larger than a quarter of the whole go as the whole; damaged files cost a report in full") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.put();
  for (auto& judged : pc.result_.judgement.findings) judged.finding.situation = std::string(200, 'x');
  for (int i = 0; i < 400; ++i) pc.input_.memory.first_seen["finding/x/" + std::to_string(i)] = pc.result_.scanned_at;
  CHECK(pc.put().content);
  CHECK(pc.put().changes);
  for (const char* file : {"/outbox-base.json", "/outbox.json", "/outbox-inventory.json"})
    for (const char* text : {"", "{", "[]", "{\"format\":\"gokajo-outbox-base/1\"}", "null"}) {
      std::ofstream(place.path() + file, std::ios::trunc) << text;
      pc.start_again();
      const auto report = pc.put();
      CHECK(report.content.has_value() == (std::string(file) == "/outbox-base.json"));
    }
}

TEST_CASE("what is installed is told at most once a day, and gone at once when the company does not want it") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.put();
  pc.scan_again(1h);
  pc.put();  // in full too: now it remembers something
  const auto told = pc.result_.evidence.inventory.apt;
  REQUIRE(told);
  pc.scan_again(1h);
  auto more = *told;
  more.push_back({"zzz", "1"});
  pc.result_.evidence.inventory.apt.value = more;
  auto report = pc.put();
  REQUIRE(report.changes);
  CHECK(report.changes->changes.dump().find("zzz") == std::string::npos);
  // What was told before stands with the time it was told for, not as of now.
  CHECK(report.changes->changes.dump().find("observed_at") != std::string::npos);
  pc.scan_again(24h);
  pc.result_.evidence.inventory.apt.value = more;
  report = pc.put();
  CHECK(report.changes->changes.dump().find("zzz") != std::string::npos);
  pc.input_.policy.inventory = compliance::Collecting::off;
  pc.result_.evidence.inventory = compliance::inventory_left_out(pc.result_.scanned_at);
  report = pc.put();
  REQUIRE(report.content);
  CHECK(report.content->dump().find("zzz") == std::string::npos);
  CHECK_FALSE(std::filesystem::exists(place.path() + "/outbox-inventory.json"));
  std::ifstream base(place.path() + "/outbox-base.json");
  CHECK(std::string(std::istreambuf_iterator<char>(base), {}).find("\"zzz\"") == std::string::npos);
}

TEST_CASE("what was discarded is told in every report; an entry the hub will never take leaves a copy and a count") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.put();
  REQUIRE(pc.spool_->refuse(pc.spool_->waiting().front().position, "refused"));
  CHECK(pc.spool_->waiting().empty());
  CHECK(std::distance(std::filesystem::directory_iterator(place.path() + "/spool/quarantine"), {}) == 1);
  pc.start_again();
  CHECK(pc.put().discarded == std::map<std::string, std::int64_t>{{"refused", 1}});
  pc.put();
  REQUIRE(pc.spool_->discard_all("another_hub"));
  CHECK(pc.put().discarded == std::map<std::string, std::int64_t>{{"refused", 1}, {"another_hub", 2}});
}

}  // namespace gokajo::tests
