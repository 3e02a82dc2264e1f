#include "hub/silence.h"

#include <algorithm>

namespace gokajo::hub {

using compliance::Verdict;

Calendar calendar_of(const Company& company) {
  Calendar calendar{static_cast<int>(company.offset_minutes), {}};
  for (const auto& text : company.closed_days)
    if (const auto day = platform::parse_time(text)) calendar.days_off.insert(std::chrono::floor<platform::Days>(*day));
  return calendar;
}

int usual_gap(const std::vector<Time>& heard, const Calendar& calendar) {
  std::set<Day> days;
  for (const auto time : heard) days.insert(platform::local_day(time, calendar.offset_minutes));
  std::vector<int> gaps;
  for (auto day = days.begin(); day != days.end(); ++day)
    if (const auto next = std::next(day); next != days.end()) gaps.push_back(static_cast<int>((*next - *day).count()));
  if (gaps.size() < 2) return 0;
  std::nth_element(gaps.begin(), gaps.begin() + 1, gaps.end(), std::greater<>());
  return std::min(gaps[1], kLongestGap);
}

bool is_silent(Time last, Time now, const Calendar& calendar, int gap) {
  if (now - last < platform::Days{std::max(kSilentDays, 2 * gap)}) return false;
  const auto today = platform::local_day(now, calendar.offset_minutes);
  // Longer than anybody asks for: a clock that jumped must not make this count for long.
  const auto from = std::max(platform::local_day(last, calendar.offset_minutes), today - platform::Days{400});
  return business_days_between(from, today, calendar) >= kSilentBusinessDays;
}

platform::Result<Contact> contact_of(Store& store, const Calendar& calendar, const Device& device, Time now) {
  if (device.resting_until && now < *device.resting_until)
    return device.last_receipt && device.last_receipt > device.resting_since ? Contact::resting_heard : Contact::resting;
  const auto last = device.last_receipt.value_or(device.enrolled);
  if (!is_silent(last, now, calendar)) return Contact::heard;
  if (is_silent(last, now, calendar, kLongestGap)) return Contact::silent;
  const auto marks = store.report_marks(device.tenant, device.id, last - kGapSeen, last + std::chrono::seconds{1});
  if (!marks) return marks.error();
  std::vector<Time> heard;
  for (const auto& mark : *marks) heard.push_back(mark.stored_at);
  return is_silent(last, now, calendar, usual_gap(heard, calendar)) ? Contact::silent : Contact::heard;
}

std::optional<Verdict> counted_as(Contact contact, Verdict verdict) {
  if (contact == Contact::heard || (contact == Contact::resting_heard && verdict == Verdict::fail)) return verdict;
  return std::nullopt;
}

Time end_of_rest(Day last_day, const Calendar& calendar) {
  return Time{last_day + platform::Days{1}} - std::chrono::minutes{calendar.offset_minutes};
}

Day last_day_of_rest(const Device& device, const Calendar& calendar) {
  return platform::local_day(*device.resting_until - std::chrono::seconds{1}, calendar.offset_minutes);
}

}  // namespace gokajo::hub
