#include <algorithm>
#include <set>

#include "collectors/powered_on.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::PoweredOn;
using parse::PowerEvent, parse::PowerEventKind;
using platform::ask, platform::Days, platform::Error, platform::ErrorKind, platform::Host, platform::local_day, platform::ReadFile,
    platform::Time;
using std::chrono::sys_days;

namespace {

constexpr Days kKept{60};
constexpr Days kOne{1};

/// Follows a record, event by event.
class Record {
 public:
  explicit Record(sys_days today) : today_(today) {}

  void add(const PowerEvent& event) {
    if (event.day > today_ + kOne) return restart();               // the clock was ahead
    if (newest_ && event.day + kOne < *newest_) return restart();  // it was behind
    if (!last_ || event.day > *newest_ + kKept) {
      restart();
      first_ = event.day;
    } else if (event.day < *newest_) {
      return add_of_day_before(event);
    } else {
      fill_gap(event);
    }
    on_.insert(event.day);
    newest_ = event.day;
    last_ = event.kind;
    if (event.kind == PowerEventKind::boot) boot_ = event.day;
  }

  std::optional<PoweredOn> up_to_now(sys_days booted) && {
    if (!last_) return std::nullopt;
    const auto start = boot_.value_or(first_);
    if (start + kOne < booted || (boot_ && start > booted + kOne)) return std::nullopt;
    first_ = std::min(first_, today_);  // a first record hours ahead
    for (auto day = std::max(first_, booted); day <= today_; day += kOne) on_.insert(day);
    PoweredOn record;
    const auto first = std::max(first_, today_ - kKept);
    record.first_day = Time{first};
    for (const auto day : on_)
      if (day >= first && day <= today_) record.days.push_back(Time{day});
    for (const auto day : unsure_)
      if (day >= first && day <= today_ && !on_.contains(day)) record.unsure.push_back(Time{day});
    return record;
  }

 private:
  void restart() {
    on_.clear();
    unsure_.clear();
    last_.reset();
    boot_.reset();
  }

  // A clock some hours ahead at the start, set right since (a hardware clock that keeps local time): the later day is not certain.
  void add_of_day_before(const PowerEvent& event) {
    if (event.day >= first_) on_.insert(event.day);
    on_.erase(*newest_);
    unsure_.insert(*newest_);
    last_ = event.kind;
    if (event.kind == PowerEventKind::boot) boot_ = event.day;
  }

  // Between a shutdown and a start it was off, between a start and whatever followed in it on. A start without a shutdown before it (a
  // power cut), or a sign of life without a start, leaves it open.
  void fill_gap(const PowerEvent& event) {
    const bool was_down = last_ == PowerEventKind::down, starts = event.kind == PowerEventKind::boot;
    if (was_down && starts) return;
    auto& days = !was_down && !starts ? on_ : unsure_;
    for (auto day = *newest_ + kOne; day < event.day; day += kOne) days.insert(day);
  }

  sys_days today_;
  sys_days first_{};                ///< what the record covers from, once last_ is set
  std::optional<sys_days> newest_;  ///< kept over a restart: what is older than it was written by a wrong clock
  std::optional<PowerEventKind> last_;
  std::optional<sys_days> boot_;
  std::set<sys_days> on_, unsure_;
};

// The error of a source that could not be had, or the days it tells of.
using Told = Fact<PoweredOn>;

template <class Answer>
Told told(const std::vector<PowerEvent>& events, const platform::Seen<Answer>& seen, Time booted) {
  auto days = days_powered_on(events, local_day(booted, platform::kJapanOffset), local_day(seen.observed_at, platform::kJapanOffset));
  if (days) return observed(std::move(*days), seen);
  return compliance::no_fact<PoweredOn>({ErrorKind::not_found, "the running start does not stand in it"}, seen.source, seen.observed_at);
}

platform::Seen<platform::FileContents> read_wtmp(const Host& host, const char* path) {
  constexpr std::int64_t kMaxBytes = 8 << 20;
  constexpr std::int64_t kWritableByAll = 0002;
  auto seen = ask(host, ReadFile{.path = path, .reducer = "wtmp_days", .max_bytes = kMaxBytes});
  if (seen && (seen->status.mode & kWritableByAll) != 0)
    seen.result = Error{ErrorKind::denied, std::string(path) + ": anybody can change it"};
  return seen;
}

Told from_wtmp(const Host& host, Time booted) {
  const auto seen = read_wtmp(host, "/var/log/wtmp");
  if (!seen) return unavailable<PoweredOn>(seen);
  auto events = parse::parse_power_events(seen->bytes.data);
  if (!events) return malformed<PoweredOn>("events of power", seen);
  // A file that ends with a shutdown was not moved away by logrotate while the PC ran: something may be missing between the two.
  if (const auto older = read_wtmp(host, "/var/log/wtmp.1"))
    if (const auto before = parse::parse_power_events(older->bytes.data); before && !before->empty())
      if (before->back().kind != PowerEventKind::down) events->insert(events->begin(), before->begin(), before->end());
  return told(*events, seen, booted);
}

Told from_journal(const Host& host, Time booted) {
  const auto seen = ask(
      host,
      platform::RunHelper{.helper = "journalctl", .arguments = {"--list-boots", "-o", "json", "--no-pager", "-q"}, .reducer = "boot_days"});
  if (!seen) return unavailable<PoweredOn>(seen);
  const auto events = parse::parse_power_events(seen->out.data);
  if (!events) return malformed<PoweredOn>("events of power", seen);
  return told(*events, seen, booted);
}

}  // namespace

std::optional<PoweredOn> days_powered_on(const std::vector<PowerEvent>& events, sys_days booted, sys_days today) {
  Record record(today);
  for (const auto& event : events) record.add(event);
  return std::move(record).up_to_now(booted);
}

Fact<PoweredOn> collect_powered_on_linux(const Host& host, const Device& device) {
  const auto& around = device.surroundings;
  const auto& system = device.system;
  const auto none = [](const auto& fact, Error error) {
    return compliance::no_fact<PoweredOn>(std::move(error), fact.source, fact.observed_at);
  };
  if (!around) return none(around, {around.absent, around.detail});
  if (around->container || around->wsl) return none(around, {ErrorKind::unsupported, "a container is not a PC"});
  if (!system) return none(system, {system.absent, system.detail});
  if (!system->booted) return none(system, {ErrorKind::not_found, "when this PC started"});
  auto wtmp = from_wtmp(host, *system->booted);
  if (wtmp) return wtmp;
  // Without root the journal shows a person's own entries only, and lacks every start that person did not see.
  if (!system->elevated) return wtmp.absent == ErrorKind::not_found ? none(wtmp, {ErrorKind::denied, "the journal needs root"}) : wtmp;
  auto journal = from_journal(host, *system->booted);
  return journal || wtmp.absent == ErrorKind::not_found ? journal : wtmp;
}

}  // namespace gokajo::collectors
