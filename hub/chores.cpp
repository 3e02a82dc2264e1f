#include "hub/chores.h"

#include <algorithm>

#include "hub/company_overview.h"
#include "hub/contacts.h"
#include "hub/erasing.h"
#include "hub/in_transaction.h"
#include "hub/rejudging_store.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr int kCompaniesAtOnce = 20;
constexpr std::size_t kDevicesAtOnce = 20, kMarkedAtOnce = 200;
constexpr std::int64_t kRowsAtOnce = 500, kLinedUpAtOnce = 2000;

}  // namespace

Result<bool> Chores::step(Time now) {
  // Asked after every batch: most of the time there is nothing to do, and no lock to take for it.
  const bool due = !to_mark_.empty() || !to_judge_.empty() || !to_count_.empty() ||
                   marked_at_ != std::chrono::floor<std::chrono::hours>(now) || judged_on_ != std::chrono::floor<platform::Days>(now) ||
                   forgot_at_ != std::chrono::floor<std::chrono::hours>(now);
  if (!due) return false;
  if (const auto ours = leads(now); !ours || !*ours) return ours;
  // What others read when it was erased is overwritten now.
  if (forgot_at_ != std::chrono::floor<std::chrono::hours>(now)) (void)finish_erasing(store_);
  auto more = in_transaction(store_, store_.begin(), [&] {
    auto marked = mark_some(now);
    return marked && !*marked ? judge_some(now) : marked;
  });
  if (more && !*more) more = count_some(now);
  if (more && !*more) more = in_transaction(store_, store_.begin(), [&] { return forget_some(now); });
  return more;
}

Result<bool> Chores::leads(Time now) {
  constexpr std::chrono::seconds kAskAgain{10};
  if (asked_to_lead_ && now >= *asked_to_lead_ && now - *asked_to_lead_ < kAskAgain) return false;
  auto leads = store_.leads("chores");
  if (!leads || *leads)
    asked_to_lead_.reset();
  else
    asked_to_lead_ = now;
  return leads;
}

platform::Status Chores::line_up(const Company& company) {
  std::optional<Device> last;
  for (;;) {
    auto devices = store_.devices_behind(company.id, last ? &*last : nullptr, kLinedUpAtOnce);
    if (!devices) return devices.error();
    for (const auto& one : *devices) to_judge_.push_back(one.device.id);
    if (static_cast<std::int64_t>(devices->size()) < kLinedUpAtOnce) return platform::Done{};
    last = std::move(devices->back().device);
  }
}

Result<bool> Chores::mark_some(Time now) {
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  if (marked_at_ != hour) {
    const auto companies = store_.companies();
    if (!companies) return companies.error();
    to_mark_.clear();
    for (const auto& company : *companies) to_mark_.push_back(company.id);
    marked_at_ = hour;
  }
  for (int i = 0; i < kCompaniesAtOnce && !to_mark_.empty(); ++i) {
    const auto tenant = to_mark_.front();
    const auto company = store_.company(tenant);
    const auto contacts = company ? contacts_of(store_, calendar_of(*company), tenant, now) : Result<Contacts>(company.error());
    if (!contacts) return contacts.error();
    if (auto ended = store_.end_marks(tenant, now + std::chrono::seconds{1}); !ended) return ended.error();
    std::vector<std::string> silent;
    for (const auto& one : contacts->silence.silent)
      if (silent.size() < kMarkedAtOnce) silent.push_back(one.device);
    if (auto marked = store_.mark_silent(tenant, silent, now); !marked) return marked.error();
    if (silent.size() < contacts->silence.silent.size()) return true;
    to_mark_.pop_front();
  }
  return !to_mark_.empty();
}

Result<bool> Chores::judge_some(Time now) {
  const auto today = std::chrono::floor<platform::Days>(now);
  if (judged_on_ != today) {
    const auto companies = store_.companies();
    if (!companies) return companies.error();
    to_judge_.clear();
    to_count_.clear();
    for (const auto& company : *companies) {
      if (auto status = line_up(company); !status) return status.error();
      to_count_.push_back(company.id);
    }
    judged_on_ = today;
  }
  if (to_judge_.empty()) return false;
  // Who is judged again since today is judged today. Asked before any PC is taken off the list: what fails here must leave none unjudged.
  const auto rejudgings = rejudgings_of(store_).rejudgings();
  if (!rejudgings) return rejudgings.error();
  std::vector<Awaited> some;
  for (; some.size() < kDevicesAtOnce && !to_judge_.empty(); to_judge_.pop_front()) some.push_back({std::move(to_judge_.front()), {}});
  const auto judged_anyway = [&](const Device& device) {
    return std::any_of(rejudgings->begin(), rejudgings->end(),
                       [&](const Rejudging& one) { return one.tenant == device.tenant && one.begun >= today; });
  };
  store_.expect(some);
  for (const auto& [id, position] : some) {
    const auto device = store_.device_by_id(id);  // as it is by now
    // A company that cannot be judged by (a pack this program does not know) must not keep the others from it.
    if (device && device->standing != Standing::removed && !judged_anyway(*device)) (void)review_.again(*device, now);
  }
  return !to_judge_.empty();
}

// One company at a time, for its PCs may be many. They are looked at in a transaction that keeps no other hub from its reports.
Result<bool> Chores::count_some(Time now) {
  if (to_count_.empty()) return false;
  const auto tenant = std::move(to_count_.front());
  to_count_.pop_front();
  const auto week = in_transaction(store_, store_.begin_reading(), [&]() -> Result<std::optional<Weekly>> {
    // Half judged by something else a day says nothing.
    const auto rejudging = rejudgings_of(store_).rejudging(tenant);
    if (!rejudging) return rejudging.error();
    if (*rejudging) return std::optional<Weekly>();
    auto counted =
        weekly_from(store_, {.tenant = tenant, .now = now, .since = now, .library = library_, .readers_up_to = 0, .names_up_to = 0});
    return counted ? Result<std::optional<Weekly>>(std::move(*counted)) : counted.error();
  });
  // As with judging: a company with a pack this program does not know is not counted, and must not keep the others from it.
  const auto skipped = [](platform::ErrorKind kind) {
    return kind == platform::ErrorKind::not_found || kind == platform::ErrorKind::unsupported || kind == platform::ErrorKind::malformed;
  };
  if (!week && !skipped(week.error().kind)) return week.error();
  if (!week || !*week || (*week)->registered == 0) return !to_count_.empty();
  const auto put = in_transaction(store_, store_.begin(), [&]() -> platform::Status {
    for (const auto& count : counts_of_day(**week))
      if (auto one = store_.put_daily_count(tenant, count); !one) return one;
    return platform::Done{};
  });
  return put ? Result<bool>(!to_count_.empty()) : Result<bool>(put.error());
}

Result<bool> Chores::forget_some(Time now) {
  const auto hour = std::chrono::floor<std::chrono::hours>(now);
  if (forgot_at_ == hour) return false;
  const auto gone = store_.forget_before(now - kKeepReports, now - kKeepChanges, now - kKeepEnded, kRowsAtOnce);
  if (!gone) return gone.error();
  const auto of_people = store_.forget_people(now, now - kKeepDeeds, kRowsAtOnce);
  if (!of_people) return of_people.error();
  const auto counts = store_.forget_daily_counts(now - kKeepCounts, kRowsAtOnce);
  if (!counts) return counts.error();
  const auto briefings = store_.forget_briefings(now - kKeepBriefings, kRowsAtOnce);
  if (!briefings) return briefings.error();
  const auto all = *gone + *of_people + *counts + *briefings;
  if (all == 0) forgot_at_ = hour;
  return all > 0;
}

}  // namespace gokajo::hub
