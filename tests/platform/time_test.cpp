#include "platform/time.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

namespace {
std::string read(std::string_view text) {
  const auto time = parse_time(text);
  return time ? format_time(*time) : "no";
}
std::string read_mail(std::string_view text) {
  const auto time = parse_rfc5322_date(text);
  return time ? format_time(*time) : "no";
}
}  // namespace

TEST_CASE("a time is UTC to the second, or a calendar day; nothing else is a time") {
  CHECK(read("2026-11-22T01:02:03Z") == "2026-11-22T01:02:03Z");
  CHECK(read("2026-11-22") == "2026-11-22T00:00:00Z");
  CHECK(read("2024-02-29") == "2024-02-29T00:00:00Z");
  CHECK(read("1970-01-01T00:00:00Z") == "1970-01-01T00:00:00Z");
  for (const char* bad : {"", "2026-11-22T01:02:03", "2026-11-22T01:02:03+09:00", "2026-11-22t01:02:03z", "2026-11-22 01:02:03Z",
                          "2025-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "2026-11-22T24:00:00Z", "2026-11-22T00:60:00Z",
                          "26-11-22", "2026/11/22", "2026-11-2a", "+026-11-22", "2026-11-22T01:02:03Zx", " 2026-11-22"}) {
    CAPTURE(bad);
    CHECK(read(bad) == "no");
  }
}

// Expectations by GNU date: date -u -d '<text>' +%FT%TZ
TEST_CASE("dates of mails, changelogs and Release files") {
  CHECK(read_mail("Sat, 11 Jul 2026 09:12:44 +0200") == "2026-07-11T07:12:44Z");
  CHECK(read_mail("Sat, 11 Jul 2026 09:12:44 UTC") == "2026-07-11T09:12:44Z");
  CHECK(read_mail("Thu, 1 Jan 1970 00:00:00 -0930") == "1970-01-01T09:30:00Z");
  CHECK(read_mail("11 Jul 2026 09:12:44 +0000") == "2026-07-11T09:12:44Z");
  for (const char* bad :
       {"", "Sat, 11 Jul 2026", "Sat, 11 Jux 2026 09:12:44 +0200", "Sat, 31 Jun 2026 09:12:44 +0200", "Sat, 11 Jul 2026 25:12:44 +0200",
        "Sat, 11 Jul 2026 09:12:44 CEST", "Sat, 11 Jul 2026 09:12:44 0200x", "2026-07-11T09:12:44Z", ", , , , ,"}) {
    CAPTURE(bad);
    CHECK(read_mail(bad) == "no");
  }
}

// chrono keeps a year in 16 bits and a day in 8: 67562 is 2026 and 267 is 11 when only those are looked at.
TEST_CASE("numbers no calendar has are no dates, and no date is what is left of them") {
  for (const char* bad : {"Sat, 267 Jul 2026 09:12:44 +0200", "Sat, 11 Jul 67562 09:12:44 +0200", "Sat, 11 Jul 999999999 09:12:44 +0200",
                          "Sat, 11 Jul 2026 09:12:44 +9999", "Sat, 11 Jul 2026 09:12:44 +0260", "31 Dec 9999 23:00:00 -0200"}) {
    CAPTURE(bad);
    CHECK(read_mail(bad) == "no");
  }
  CHECK(read("9999-12-31T23:59:60Z") == "no");
}

TEST_CASE("every time that is written can be read again") {
  CHECK(format_time(*time_from_unix(0)) == "1970-01-01T00:00:00Z");
  CHECK(format_time(*time_from_unix(253402300799)) == "9999-12-31T23:59:59Z");
  CHECK(format_time(*time_from_unix(-62167219200)) == "0000-01-01T00:00:00Z");
  for (const std::int64_t seconds :
       {std::int64_t{253402300800}, std::int64_t{-62167219201}, std::int64_t{999999999999999999}, INT64_MIN, INT64_MAX}) {
    CAPTURE(seconds);
    CHECK_FALSE(time_from_unix(seconds));
    CHECK(parse_time(format_time(Time{std::chrono::seconds{seconds}})));
  }
}

TEST_CASE("a calendar day is the reader's, not UTC's") {
  const auto evening = *parse_time("2026-11-21T15:30:00Z");
  CHECK(format_time(local_day(evening, 540)) == "2026-11-22T00:00:00Z");
  CHECK(format_time(local_day(evening, 0)) == "2026-11-21T00:00:00Z");
  CHECK(format_time(local_day(*parse_time("2026-11-22T00:30:00Z"), -60)) == "2026-11-21T00:00:00Z");
  CHECK(format_time(local_day(*parse_time("1969-12-31T23:00:00Z"), 0)) == "1969-12-31T00:00:00Z");
}

}  // namespace gokajo::tests
