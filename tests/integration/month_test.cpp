// A month of an office in minutes: 25 agents as they are, one hub as it is, a clock that a script turns, and between them a line that
// loses replies. What must come out is computed from the script alone.
#include <map>
#include <random>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "agent/enrol.h"
#include "agent/service.h"
#include "hub/chores.h"
#include "hub/mail/postmaster.h"
#include "hub/mail/weekly_from_store.h"
#include "hub/silence.h"
#include "platform/snapshot.h"
#include "tests/hub/office.h"
#include "tests/support/fake_clock.h"
#include "tests/support/recorded_pcs.h"

namespace gokajo::tests {

using platform::Time;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::minutes kStep{10};
constexpr int kPcs = 25;

Time jst(const char* day, int hour, int minute = 0) {
  return *platform::parse_time(day) + std::chrono::hours{hour - 9} + std::chrono::minutes{minute};
}

// ---- the script
const Time kBegin = jst("2026-11-02", 8), kEnd = jst("2026-12-02", 8);
const Time kHubDown = jst("2026-11-14", 12), kHubUp = jst("2026-11-17", 9);
constexpr int kLaptop = 7, kGone = 17, kJumpsAhead = 3, kJumpsBack = 4;
const Time kLaptopSleeps = jst("2026-11-09", 12), kLaptopWakes = jst("2026-11-18", 13);
const Time kGoneSince = jst("2026-11-12", 18);
const hub::Calendar kOffice{platform::kJapanOffset, {std::chrono::floor<platform::Days>(*platform::parse_time("2026-11-30"))}};

// From half past eight to six on business days; each PC some minutes apart.
bool is_on(int pc, Time now) {
  if (pc == kGone && now >= kGoneSince) return false;
  const auto day = platform::local_day(now, platform::kJapanOffset);
  if (!hub::is_business_day(day, kOffice)) return false;
  const auto minute = std::chrono::duration_cast<std::chrono::minutes>(now + 9h - Time{day}).count();
  return minute >= 8 * 60 + 30 + pc % 3 * 10 && minute < 18 * 60;
}
bool is_asleep(int pc, Time now) { return pc == kLaptop && now >= kLaptopSleeps && now < kLaptopWakes; }
bool hub_is_up(Time now) { return now < kHubDown || now >= kHubUp; }

// ---- the line
struct World {
  Office office;
  hub::Chores chores{*office.store};
  std::unique_ptr<hub::MailQueue> queue = office.place.queue();
  Time now = kBegin;
  std::mt19937_64 random{20261102};
  int lost = 0, delivered = 0;

  platform::Result<agent::HttpReply> answer(const agent::HttpRequest& request) {
    if (!hub_is_up(now)) return platform::Error{platform::ErrorKind::failed, "no connection"};
    hub::HttpRequest received{request.method, request.path, {}, request.body, "192.0.2.1"};
    for (const auto& line : request.headers) {
      auto name = line.substr(0, line.find(':'));
      for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      received.headers[name] = line.substr(line.find(':') + 2);
    }
    const auto reply = office.ingest->handle(received, now);
    ++delivered;
    if (request.path == "/v1/reports" && random() % 10 < 3) {
      ++lost;
      return platform::Error{platform::ErrorKind::timed_out, "the reply was lost"};
    }
    return agent::HttpReply{reply.status, reply.body, {}};
  }
};

class Line : public agent::HttpClient {
 public:
  explicit Line(World& world) : world_(world) {}
  platform::Result<agent::HttpReply> send(const agent::HttpRequest& request) override { return world_.answer(request); }

 private:
  World& world_;
};

// ---- a PC
platform::Snapshot snapshot_of(const char* name) {
  for (const auto& pc : recorded_pcs())
    if (pc.name == name) return pc.snapshot;
  FAIL("no such PC");
  return {};
}

class OfficePc {
 public:
  OfficePc(World& world, int number) : world_(world), number_(number) {
    const auto label = "PC-" + std::string(number < 10 ? "0" : "") + std::to_string(number);
    agent::Setup setup;
    setup.hub = "https://hub.example";
    setup.code = world.office.code(hub::CodeKind::one_time);
    Line line(world);
    REQUIRE(platform::own_private_directory(directory_.path() + "/state"));
    agent::Enrolment enrolment;
    REQUIRE_FALSE(agent::enrol(directory(), setup, label, label, line, world.now, enrolment));
    device_ = enrolment.device;
  }

  std::string directory() const { return directory_.path() + "/state"; }
  const std::string& device() const { return device_; }
  const std::set<protocol::Position>& spooled() const { return spooled_; }
  std::size_t waiting() const { return service_ ? service_->waiting().value_or(0) : 0; }
  /// The days, by the script's clock, on which a scan was spooled, with their number.
  const std::map<std::chrono::sys_days, int>& scans() const { return scans_; }
  /// When, by the script's clock, each report was spooled.
  const std::vector<Time>& spooled_at() const { return spooled_at_; }

  void live(std::chrono::seconds clock_is_wrong_by) {
    const auto now = world_.now;
    if (!is_on(number_, now)) {
      service_.reset();
      return;
    }
    if (is_asleep(number_, now)) return;
    if (!service_) {
      started_ = now;
      start_ = platform::format_time(now);
    }
    clock_.moment = {now + clock_is_wrong_by, now - started_ + 1min, start_};
    if (!service_) {
      auto opened = agent::Service::open(parts());
      REQUIRE(opened);
      REQUIRE(*opened);
      service_ = std::make_unique<agent::Service>(std::move(**opened));
    }
    service_->tick();
  }

 private:
  agent::ServiceParts parts() {
    return {directory(),
            [this] {
              auto snapshot = std::make_unique<platform::Snapshot>(snapshot_);
              for (auto& [key, answer] : snapshot->answers) answer.observed_at = clock_.moment.wall;
              snapshots_ = std::move(snapshot);
              return std::make_unique<platform::SnapshotHost>(*snapshots_);
            },
            clock_,
            [this](const agent::HubConnection&) { return std::make_unique<Line>(world_); },
            [this] { return static_cast<double>(world_.random() % 1000) / 1000; },
            [] { return true; },
            [](const std::string&) {},
            [this](protocol::Position position) {
              CHECK(spooled_.insert(position).second);
              spooled_at_.push_back(world_.now);
              ++scans_[platform::local_day(world_.now, platform::kJapanOffset)];
            }};
  }

  World& world_;
  int number_;
  TemporaryDirectory directory_;
  std::string device_, start_;
  Time started_{};
  FakeClock clock_;
  platform::Snapshot snapshot_ = snapshot_of("office-plain.json");
  std::unique_ptr<platform::Snapshot> snapshots_;
  std::unique_ptr<agent::Service> service_;
  std::set<protocol::Position> spooled_;
  std::map<std::chrono::sys_days, int> scans_;
  std::vector<Time> spooled_at_;
};

std::chrono::seconds wrong_by(int pc, Time now) {
  if (pc == kJumpsAhead && now >= jst("2026-11-05", 12) && now < jst("2026-11-06", 12)) return platform::Days{365};
  if (pc == kJumpsBack && now >= jst("2026-11-10", 10) && now < jst("2026-11-11", 15)) return -platform::Days{365};
  return 0s;
}

// Who must be silent at a time: by the script, no PC that was on in the last five business days is.
std::set<std::string> silent_by_script(Time now) {
  std::set<std::string> silent;
  for (int pc = 1; pc <= kPcs; ++pc) {
    Time last{};
    for (auto time = now; time > kBegin && last == Time{}; time -= kStep)
      if (is_on(pc, time) && !is_asleep(pc, time) && hub_is_up(time)) last = time;
    int days = 0;
    for (auto day = platform::local_day(last, platform::kJapanOffset) + platform::Days{1};
         day <= platform::local_day(now, platform::kJapanOffset); day += platform::Days{1})
      days += hub::is_business_day(day, kOffice);
    if (now - last >= platform::Days{7} && days >= 5) silent.insert("PC-" + std::string(pc < 10 ? "0" : "") + std::to_string(pc));
  }
  return silent;
}

}  // namespace

TEST_CASE("a month in an office: every report once, every mail as it happened") {
  World world;
  auto company = *world.office.store->company("yamada");
  company.name = "山田工務店";
  company.owner_name = "山田";
  company.owner_mail = "yamada@example.jp";
  company.person_in_charge = "田中";
  company.stated_devices = kPcs;
  company.closed_days = {"2026-11-30"};
  company.created = kBegin;
  REQUIRE(world.office.store->begin());
  REQUIRE(world.office.store->put_company(company));
  REQUIRE(world.office.store->commit());
  hub::Postmaster postmaster(*world.office.store, *world.queue, {{"山田工務店", "gokajo@example.jp"}, {}, {}});
  std::vector<std::unique_ptr<OfficePc>> pcs;
  for (int pc = 1; pc <= kPcs; ++pc) pcs.push_back(std::make_unique<OfficePc>(world, pc));

  std::optional<hub::Stopped> stopped;
  std::map<Time, std::set<std::string>> silent_in_mail;
  std::optional<hub::Outage> told;
  std::vector<std::pair<std::string, Time>> mails;
  for (; world.now < kEnd; world.now += kStep) {
    for (int pc = 1; pc <= kPcs; ++pc) pcs[static_cast<std::size_t>(pc - 1)]->live(wrong_by(pc, world.now));
    if (!hub_is_up(world.now)) continue;
    if (world.now >= kHubUp && !stopped) stopped = hub::Stopped{kHubDown - kStep, kHubUp, true};
    for (int steps = 0; steps < 1000; ++steps) {
      const auto more = world.chores.step(world.now);
      REQUIRE(more);
      if (!*more) break;
    }
    const auto queued = postmaster.run(world.now, stopped);
    REQUIRE(queued);
    if (*queued == 0) continue;
    const auto all = *world.queue->newest("yamada", static_cast<std::size_t>(*queued));
    for (const auto& mail : all) mails.emplace_back(mail.kind.substr(0, mail.kind.find(' ')), mail.created);
    if (world.now == kHubUp + 2h) {
      const auto office = *world.office.store->company("yamada");
      told = *hub::outage_from(*world.office.store, office, hub::calendar_of(office), *stopped, world.now);
    }
    const auto week = hub::weekly_from(*world.office.store, {"yamada", world.now, world.now});
    REQUIRE(week);
    for (const auto& pc : week->silent) silent_in_mail[world.now].insert(pc.label);
    silent_in_mail.try_emplace(world.now);
  }

  // The ledger: generated = stored ∪ waiting, nothing discarded, nothing twice.
  SQLite::Database database(world.office.place.where(), SQLite::OPEN_READONLY);
  std::set<std::pair<std::string, protocol::Position>> stored, generated;
  SQLite::Statement rows(database, "SELECT device, epoch, seq FROM reports");
  while (rows.executeStep())
    CHECK(stored.insert({rows.getColumn(0).getString(), {rows.getColumn(1).getInt64(), rows.getColumn(2).getInt64()}}).second);
  for (const auto& pc : pcs)
    for (const auto& position : pc->spooled()) generated.insert({pc->device(), position});
  for (const auto& one : stored) CHECK(generated.contains(one));
  std::size_t waiting = 0;
  for (const auto& one : generated) waiting += !stored.contains(one);
  CHECK(waiting == 0);  // everybody was on, and the hub up, at the end
  CHECK(world.lost > 100);
  MESSAGE(generated.size() << " reports, " << world.delivered << " requests arrived, " << world.lost << " replies lost, " << mails.size()
                           << " mails");

  // One scan on each day a PC was on; a clock that jumped brings one more at most.
  for (int pc = 1; pc <= kPcs; ++pc) {
    CAPTURE(pc);
    const auto& scans = pcs[static_cast<std::size_t>(pc - 1)]->scans();
    for (auto day = platform::local_day(kBegin, platform::kJapanOffset); day < platform::local_day(kEnd, platform::kJapanOffset);
         day += platform::Days{1}) {
      int minutes = 0;
      for (auto time = Time{day} - 9h; time < Time{day} + 15h; time += kStep) minutes += is_on(pc, time) && !is_asleep(pc, time) ? 10 : 0;
      const int made = scans.contains(day) ? scans.at(day) : 0;
      CAPTURE(platform::format_time(day));
      const bool jumped = pc == kJumpsAhead || pc == kJumpsBack;
      if (minutes == 0) CHECK(made == 0);
      if (minutes > 120) CHECK(made >= (jumped ? 0 : 1));
      CHECK(made <= (jumped ? 2 : 1));
    }
  }

  // The mails: the first a day after the first report, then each week's first business day at ten; 16 November fell into the hub's three
  // days and came two hours after them; 23 November is a holiday, 30 November the office's own day off. No other mail, whatever was off.
  const std::vector<std::pair<std::string, Time>> expected = {{"first", jst("2026-11-04", 8)},
                                                              {"weekly", jst("2026-11-09", 10)},
                                                              {"weekly", kHubUp + 2h},
                                                              {"weekly", jst("2026-11-24", 10)},
                                                              {"weekly", jst("2026-12-01", 10)}};
  std::vector<std::pair<std::string, Time>> weekly, others;
  for (const auto& mail : mails) (mail.first == "weekly" || mail.first == "first" ? weekly : others).push_back(mail);
  CHECK(weekly.size() == expected.size());
  for (std::size_t i = 0; i < std::min(weekly.size(), expected.size()); ++i) {
    CHECK(weekly[i].first == expected[i].first);
    CHECK_MESSAGE(weekly[i].second == expected[i].second, platform::format_time(weekly[i].second));
  }
  for (const auto& mail : others) CHECK_MESSAGE(mail.first == "nothing else", mail.first << " " << platform::format_time(mail.second));
  for (const auto& [time, silent] : silent_in_mail) {
    CAPTURE(platform::format_time(time));
    CHECK(silent == silent_by_script(time));
  }
  // What the late mail told: every report that was made while the hub was down, by clocks that had jumped before too; none lost. Of the
  // sleeping laptop and the one that is gone nobody knows, so that nothing changed is not said.
  std::int64_t made_meanwhile = 0;
  for (const auto& pc : pcs)
    made_meanwhile +=
        std::count_if(pc->spooled_at().begin(), pc->spooled_at().end(), [](Time time) { return time >= kHubDown && time < kHubUp; });
  CHECK(made_meanwhile > 20);
  REQUIRE(told);
  REQUIRE(told->reports);
  CHECK(*told->reports == made_meanwhile);
  CHECK(told->lost == 0);
  CHECK_FALSE(told->changes);
  CHECK(silent_in_mail[jst("2026-11-24", 10)] == std::set<std::string>{"PC-17"});
  CHECK(silent_in_mail[kHubUp + 2h] == std::set<std::string>{"PC-07"});  // the laptop that sleeps, told without alarm
}

}  // namespace gokajo::tests
