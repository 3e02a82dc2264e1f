// Expected by people.md section 4: 5 business days and at least 7 days, the company's own days off respected, twice the PC's own usual gap,
// 「休ませる」 with an end date, and silent or resting PCs never count as 適合.
#include "hub/silence.h"

#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;
using platform::Time;

namespace {

Time jst(const char* text, int hour) { return *platform::parse_time(text) + std::chrono::hours{hour - 9}; }

std::vector<Time> mornings(std::initializer_list<const char*> days) {
  std::vector<Time> times;
  for (const char* day : days) times.push_back(jst(day, 9));
  return times;
}

}  // namespace

TEST_CASE("a PC's usual gap is the longest it had twice") {
  const Calendar japan;
  struct Row {
    const char* what;
    std::vector<Time> heard;
    int gap;
  };
  const Row rows[] = {
      {"nothing yet", {}, 0},
      {"two days make no habit", mornings({"2026-11-02", "2026-11-09"}), 0},
      {"business days", mornings({"2026-11-05", "2026-11-06", "2026-11-09", "2026-11-13", "2026-11-16", "2026-11-17"}), 3},
      {"Mondays", mornings({"2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"}), 7},
      {"one long absence is none", mornings({"2026-11-02", "2026-11-04", "2026-11-20", "2026-11-22"}), 2},
      {"never more than twice a month", mornings({"2026-09-01", "2026-09-28", "2026-10-26"}), 15},
      {"many reports of one day are one", {jst("2026-11-02", 9), jst("2026-11-02", 12), jst("2026-11-09", 9), jst("2026-11-09", 10)}, 0},
      // Half past midnight in Japan is the next day already.
      {"days are the company's", {jst("2026-11-02", 23), jst("2026-11-03", 1), jst("2026-11-04", 9)}, 1},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(usual_gap(row.heard, japan) == row.gap);
  }
}

TEST_CASE("a PC of Mondays is silent after two of them, one of every day after a week; nobody later than after a month") {
  const Calendar japan;
  const auto last = jst("2026-11-02", 9);
  CHECK(is_silent(last, jst("2026-11-10", 9), japan));
  CHECK_FALSE(is_silent(last, jst("2026-11-10", 9), japan, 7));
  CHECK_FALSE(is_silent(last, jst("2026-11-16", 8), japan, 7));
  CHECK(is_silent(last, jst("2026-11-16", 9), japan, 7));
  CHECK(is_silent(last, last + kGoneDays, japan, kLongestGap));
  // A short habit never makes it earlier.
  CHECK_FALSE(is_silent(last, jst("2026-11-09", 8), japan, 1));
}

TEST_CASE("the habit is read from the hub's own times, and only from those before the silence") {
  Office office;
  const Pc weekly, daily;
  for (const auto* pc : {&weekly, &daily}) office.enrol(*pc);
  const auto content = content_of_pc("falcon-on", at(0));
  std::int64_t seq = 0;
  for (const char* day : {"2026-12-07", "2026-12-14", "2026-12-21"}) {
    ++seq;
    office.receipt(weekly.report({1, seq}, jst(day, 9), content), jst(day, 9));
    // This one says that it scanned weeks apart, and brings all on three days in a row.
    const auto received = jst("2026-12-19", 9) + platform::Days{seq - 1};
    office.receipt(daily.report({1, seq}, jst(day, 9), content), received);
  }
  const auto contact = [&](const Pc& pc, const char* day) { return *contact_of(*office.store, {}, office.device(pc), jst(day, 10)); };
  CHECK(contact(weekly, "2026-12-30") == Contact::heard);
  CHECK(contact(daily, "2026-12-30") == Contact::silent);
  CHECK(contact(weekly, "2027-01-05") == Contact::silent);
}

TEST_CASE("a rest lasts to the end of its day in the company's offset, and passes nothing") {
  Office office;
  Device device;
  device.tenant = "yamada";
  device.id = "aa";
  device.enrolled = jst("2026-11-01", 9);
  device.last_receipt = jst("2026-11-02", 9);
  device.resting_since = jst("2026-11-03", 9);
  const Calendar japan;
  const auto last_day = std::chrono::floor<platform::Days>(*platform::parse_time("2026-12-31"));
  device.resting_until = end_of_rest(last_day, japan);
  CHECK(last_day_of_rest(device, japan) == last_day);
  const auto contact = [&](Time now) { return *contact_of(*office.store, japan, device, now); };
  CHECK(contact(jst("2026-12-31", 23)) == Contact::resting);
  CHECK(contact(jst("2027-01-01", 0)) == Contact::silent);
  device.last_receipt = jst("2026-11-20", 9);
  CHECK(contact(jst("2026-11-20", 10)) == Contact::resting_heard);
  for (const auto verdict : {Verdict::pass, Verdict::not_applicable, Verdict::unknown, Verdict::ask}) {
    CHECK_FALSE(counted_as(Contact::resting_heard, verdict));
    CHECK_FALSE(counted_as(Contact::resting, verdict));
    CHECK_FALSE(counted_as(Contact::silent, verdict));
    CHECK(counted_as(Contact::heard, verdict) == verdict);
  }
  CHECK(counted_as(Contact::resting_heard, Verdict::fail) == Verdict::fail);
  CHECK_FALSE(counted_as(Contact::resting, Verdict::fail));
}

TEST_CASE("business days leave out weekends and the company's closed days, and silence needs a week besides") {
  Company company;
  company.closed_days = {"2026-12-01"};
  const auto day = [](const char* text) { return *platform::parse_time(text) + std::chrono::hours{3}; };
  const auto business_days = [&](const Company& of, platform::Time from, platform::Time to) {
    const auto calendar = calendar_of(of);
    return business_days_between(platform::local_day(from, calendar.offset_minutes), platform::local_day(to, calendar.offset_minutes),
                                 calendar);
  };
  CHECK(business_days(company, day("2026-11-26"), day("2026-11-27")) == 1);  // Thursday to Friday
  CHECK(business_days(company, day("2026-11-27"), day("2026-11-29")) == 0);
  CHECK(business_days(company, day("2026-11-26"), day("2026-12-03")) == 4);
  CHECK(business_days(company, day("2026-12-03"), day("2026-11-26")) == 0);
  const auto silent_on = [&](const char* text) { return is_silent(day("2026-11-26"), day(text), calendar_of(company)); };
  CHECK_FALSE(silent_on("2026-12-02"));
  CHECK_FALSE(silent_on("2026-12-03"));  // a week, but four business days
  CHECK(silent_on("2026-12-04"));
  // Late in the evening of UTC it is the next day in Japan.
  CHECK(business_days(company, *platform::parse_time("2026-11-26T14:00:00Z"), *platform::parse_time("2026-11-26T16:00:00Z")) == 1);
}

}  // namespace gokajo::tests
