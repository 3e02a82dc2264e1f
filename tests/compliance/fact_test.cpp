#include "compliance/fact.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using compliance::Fact, platform::Json;

namespace {

// What the reader says of it; empty: it was read.
std::string problem_of(const std::string& text) {
  Fact<std::int64_t> fact;
  const auto status = platform::read_form(*platform::parse_json(text, 1000), fact, "days");
  return status ? "" : status.error().detail;
}

}  // namespace

// The form is that of compliance/fact.h, argued there; "source" and "observed_at" may be missing in an older agent's.
TEST_CASE("a fact is either a value or the reason why there is none") {
  CHECK(problem_of(R"({"value":3})").empty());
  CHECK(problem_of(R"({"absent":"denied","detail":"root only"})").empty());
  CHECK(problem_of(R"({"value":3,"no_newer":"timed_out","detail":"WMI"})").empty());
  CHECK(problem_of(R"({"value":3,"absent":"denied"})") == R"(days: expected either "value" or "absent")");
  CHECK(problem_of("{}") == R"(days: expected either "value" or "absent")");
  CHECK(problem_of(R"({"value":"3"})") == "days.value: expected a whole number, found a value of type string");
  CHECK(problem_of(R"({"absent":"denied","no_newer":"timed_out"})") == "days.no_newer: unknown key");
  CHECK(problem_of(R"({"value":3,"detail":"why"})") == "days.detail: unknown key");
  CHECK(problem_of(R"({"value":3,"colour":"red"})") == "days.colour: unknown key");
  CHECK(problem_of("3") == "days: expected a fact, found a value of type number");
}

TEST_CASE("a value that is null is no value, and no reason either") {
  CHECK(problem_of(R"({"value":null})") == "days.value: expected a value, found null");
}

TEST_CASE("what was read is what was written, and nothing of an earlier content stays") {
  Fact<std::int64_t> before{
      3, platform::ErrorKind::denied, "WMI", "test", *platform::parse_time("2026-11-22T00:00:00Z"), platform::ErrorKind::timed_out};
  auto again = before;
  REQUIRE(platform::read_form(platform::to_form(before), again, "days"));
  CHECK(platform::to_form(again) == platform::to_form(before));
  REQUIRE(platform::read_form(Json{{"absent", "denied"}}, again, "days"));
  CHECK(platform::to_form(again) == Json{{"absent", "denied"}, {"source", ""}, {"observed_at", "1970-01-01T00:00:00Z"}});
  CHECK_FALSE(again.no_newer);
}

}  // namespace gokajo::tests
