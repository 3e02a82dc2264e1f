#include "hub/mail/outage_from_store.h"

#include <algorithm>
#include <map>
#include <set>

#include "hub/mail/grave.h"
#include "hub/silence.h"

namespace gokajo::hub {

using platform::Result, platform::Time;

namespace {

constexpr std::chrono::hours kPrompt{1};    // a report that comes in within this long was not kept
constexpr std::chrono::hours kAhead{1};     // no clock of ours
constexpr platform::Days kChangesSeen{31};  // before the hub stopped: how a check stood then
constexpr platform::Days kTellBy{2};
constexpr std::chrono::hours kNoon{12};

// What one PC's reports tell. `kept`, `lost`: nullopt where that is not known.
struct Delivery {
  bool heard = false;
  bool clock_believed = false;
  std::optional<int> kept;
  std::optional<std::int64_t> lost;
};

// A jump that was over before the hub stopped is forgiven with the next report that came in at once.
bool is_believed(const std::vector<ReportMark>& marks, Time until) {
  bool prompt = false;
  std::optional<Time> before;
  for (const auto& mark : marks) {
    if (!mark.scanned_at) continue;
    const bool future = *mark.scanned_at > mark.stored_at + kAhead;
    if (future || (before && *mark.scanned_at < *before)) {
      if (mark.stored_at >= until) return false;
      prompt = false;
    }
    prompt = prompt || (!future && mark.stored_at - *mark.scanned_at <= kPrompt);
    before = mark.scanned_at;
  }
  return prompt;
}

Delivery delivery_of(const std::vector<ReportMark>& marks, const Stopped& stopped) {
  Delivery delivery;
  delivery.clock_believed = is_believed(marks, stopped.until);
  const ReportMark* last_before = nullptr;
  const ReportMark* newest = nullptr;
  int kept = 0;
  bool counted = delivery.clock_believed;
  for (const auto& mark : marks) {
    if (mark.stored_at < stopped.until) {
      last_before = &mark;
      continue;
    }
    newest = &mark;
    delivery.heard = true;
    counted = counted && mark.scanned_at.has_value();
    if (mark.scanned_at && *mark.scanned_at < stopped.until) ++kept;
  }
  if (counted || !delivery.heard) delivery.kept = kept;
  if (!newest) {
    delivery.lost = 0;  // of what has not come nothing is said
  } else if (last_before && newest->position.epoch == last_before->position.epoch && newest->discarded && last_before->discarded) {
    delivery.lost = *newest->discarded - *last_before->discarded;
    if (*delivery.lost < 0) delivery.lost.reset();
  } else if (!last_before && newest->position.epoch == 1 && newest->discarded) {
    delivery.lost = *newest->discarded;  // its first reports of all
  }
  return delivery;
}

// How one rule of one PC stands by its grave checks, from change to change.
class RuleState {
 public:
  /// `seen`: whether the change was shown by a report that came after the hub was back.
  void take(const Change& change, std::optional<Time> seen) {
    const auto is = [](const std::string& verdict, const char* name) { return verdict == name; };
    if (!known_.contains(change.subject)) {
      if (is(change.before, "fail")) failing_.insert(change.subject);
      if (!change.before.empty() && !is(change.before, "unknown") && !is(change.before, "ask")) known_.insert(change.subject);
    }
    if (is(change.after, "fail")) {
      // A failure that stands at the beginning of what is known is no change.
      if (known_.contains(change.subject) && failing_.empty()) lose(seen);
      failing_.insert(change.subject);
      known_.insert(change.subject);
    } else if (is(change.after, "pass") || is(change.after, "not_applicable")) {
      known_.insert(change.subject);
      if (failing_.erase(change.subject) > 0 && failing_.empty()) mend(seen);
    }
  }
  struct Interval {
    Time lost{};
    std::optional<Time> back;
  };
  const std::vector<Interval>& intervals() const { return intervals_; }

 private:
  void lose(std::optional<Time> seen) {
    open_ = seen.has_value();
    if (!seen) return;
    // One check of the rule was mended and another lost in the same scan: it never was well in between.
    if (!intervals_.empty() && intervals_.back().back == seen) {
      intervals_.back().back.reset();
    } else {
      intervals_.push_back({*seen, std::nullopt});
    }
  }
  void mend(std::optional<Time> seen) {
    if (open_ && !intervals_.empty() && seen) intervals_.back().back = std::max(*seen, intervals_.back().lost);
    open_ = false;
  }
  std::set<std::string> known_, failing_;
  std::vector<Interval> intervals_;
  bool open_ = false;
};

class Reader {
 public:
  Reader(Store& store, const Company& company, const Calendar& calendar, const Stopped& stopped, Time now)
      : store_(store), company_(company), calendar_(calendar), stopped_(stopped), now_(now) {}

  Result<Outage> read() {
    outage_.from = stopped_.from;
    outage_.until = stopped_.until;
    outage_.slept = stopped_.slept;
    outage_.all_in = stopped_.until;
    outage_.tell_by = Time{business_day_from(platform::local_day(now_, calendar_.offset_minutes) + kTellBy, calendar_)} + kNoon;
    if (auto status = devices(); !status) return status.error();
    if (auto status = changes(); !status) return status.error();
    return std::move(outage_);
  }

 private:
  platform::Status devices() {
    const auto devices = store_.devices(company_.id);
    if (!devices) return devices.error();
    std::optional<std::int64_t> kept = 0, lost = 0;
    const auto add = [](std::optional<std::int64_t>& sum, const auto& one) {
      sum = sum && one ? std::optional(*sum + *one) : std::nullopt;
    };
    for (const auto& device : *devices) {
      if (device.standing != Standing::approved) continue;
      const auto marks = store_.report_marks(company_.id, device.id, stopped_.from - kClockSeen, now_ + std::chrono::seconds{1});
      if (!marks) return marks.error();
      const auto delivery = delivery_of(*marks, stopped_);
      add(kept, delivery.kept);
      add(lost, delivery.lost);
      devices_.emplace(device.id, Known{device, delivery.clock_believed});
      const auto contact = contact_of(store_, calendar_, device, now_);
      if (!contact) return contact.error();
      if (device.last_receipt && *device.last_receipt >= stopped_.until)
        outage_.all_in = std::max(outage_.all_in, *device.last_receipt);
      else if (*contact == Contact::heard)
        outage_.missing.push_back(device.shown_name());
      else
        all_heard_ = false;
    }
    if (!outage_.missing.empty()) all_heard_ = false;
    if (kept) outage_.reports = static_cast<int>(*kept);
    if (lost) outage_.lost = static_cast<int>(*lost);
    return platform::Done{};
  }

  platform::Status changes() {
    const auto all = store_.changes(company_.id, stopped_.from - kChangesSeen);
    if (!all) return all.error();
    std::map<std::string, std::map<std::string, std::string>> rules;  // device, required check: its rule
    std::map<std::pair<std::string, std::string>, RuleState> states;
    bool all_times_known = true;
    for (const auto& change : *all) {
      const auto known = devices_.find(change.device);
      if (change.kind != "check" || !is_grave(change.subject) || known == devices_.end()) continue;
      auto [checks, fresh] = rules.try_emplace(change.device);
      if (fresh) {
        const auto findings = store_.findings(company_.id, change.device);
        if (!findings) return findings.error();
        for (const auto& finding : *findings)
          if (finding.required) checks->second.emplace(finding.check, finding.rule);
      }
      const auto rule = checks->second.find(change.subject);
      if (rule == checks->second.end()) continue;
      const bool since = change.at >= stopped_.until;
      if (since && change.seen_at && !known->second.clock_believed) all_times_known = false;
      states[{change.device, rule->second}].take(change, since && known->second.clock_believed ? change.seen_at : std::nullopt);
    }
    std::vector<MissedChange> missed;
    for (const auto& [key, state] : states)
      for (const auto& interval : state.intervals())
        if (interval.lost >= stopped_.from - kPrompt && interval.lost < stopped_.until)
          missed.push_back({devices_.at(key.first).device.shown_name(), key.second, interval.lost, interval.back});
    std::stable_sort(missed.begin(), missed.end(), [](const MissedChange& a, const MissedChange& b) { return a.lost < b.lost; });
    // None is only said where nothing can have been missed.
    const bool complete = all_heard_ && outage_.reports && outage_.lost == 0;
    if (all_times_known && (!missed.empty() || complete)) outage_.changes = std::move(missed);
    return platform::Done{};
  }

  struct Known {
    Device device;
    bool clock_believed = false;
  };

  Store& store_;
  const Company& company_;
  const Calendar& calendar_;
  const Stopped& stopped_;
  Time now_;
  Outage outage_;
  std::map<std::string, Known> devices_;
  bool all_heard_ = true;
};

}  // namespace

Result<Outage> outage_from(Store& store, const Company& company, const Calendar& calendar, const Stopped& stopped, Time now) {
  return Reader(store, company, calendar, stopped, now).read();
}

}  // namespace gokajo::hub
