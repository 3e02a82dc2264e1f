#include "platform/own_access.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

namespace {

struct Case {
  OwnPlace place;
  Possession possession;
  const char* descriptor;
  const char* why;
};

#define GOKAJO_ACCESS(place, possession, descriptor, why) {OwnPlace::place, Possession::possession, descriptor, why},
constexpr Case kCases[] = {
#include "tests/platform/own_access_cases.inc"
};
#undef GOKAJO_ACCESS

SecurityDescriptor read(std::string_view text) {
  auto descriptor = parse_sddl(text);
  REQUIRE_MESSAGE(descriptor, descriptor.error().detail);
  return *descriptor;
}

constexpr const char* kPerson = "S-1-5-21-1-2-3-1001";

}  // namespace

TEST_CASE("an access list of our own folders is taken for what Microsoft's rules make of it") {
  std::size_t of[3] = {};
  for (const auto& one : kCases) {
    CAPTURE(one.descriptor);
    CAPTURE(one.why);
    const auto judged = judge_own_access(read(one.descriptor), one.place, own_sids());
    CAPTURE(judged.why);
    CHECK(judged.possession == one.possession);
    CHECK(judged.why.empty() == (judged.possession == Possession::ours));
    ++of[static_cast<std::size_t>(one.possession)];
  }
  for (const auto count : of) CHECK(count >= 6);
}

TEST_CASE("what we make is ours, word for word") {
  CHECK(own_sddl(OwnPlace::kept) == "O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)");
  CHECK(own_sddl(OwnPlace::for_everybody) == "O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FR;;;BU)");
  CHECK(own_sddl(OwnPlace::kept, kPerson) == "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)");
  for (const auto place : {OwnPlace::kept, OwnPlace::for_everybody}) {
    CHECK(judge_own_access(read(own_sddl(place)), place, own_sids()).possession == Possession::ours);
    const auto of_person = read("O:" + std::string(kPerson) + own_sddl(place, kPerson));
    CHECK(judge_own_access(of_person, place, own_sids(kPerson)).possession == Possession::ours);
    CHECK(judge_own_access(of_person, place, own_sids()).possession == Possession::foreign);
  }
}

TEST_CASE("one descriptor is judged by its place: what users may read is not where a key may lie") {
  const auto open = read(own_sddl(OwnPlace::for_everybody));
  CHECK(judge_own_access(open, OwnPlace::kept, own_sids()).possession == Possession::loose);
  CHECK(judge_own_access(read(own_sddl(OwnPlace::kept)), OwnPlace::for_everybody, own_sids()).possession == Possession::loose);
}

TEST_CASE("access lists are unverifiable under Wine alone, and only where what was written does not come back") {
  const auto written = read(own_sddl(OwnPlace::kept));
  const auto another = read("O:S-1-5-21-0-0-0-1000D:(A;;FA;;;S-1-5-21-0-0-0-1000)");
  CHECK(is_access_unverifiable(true, written, another));
  CHECK_FALSE(is_access_unverifiable(false, written, another));  // on Windows a list that does not come back is a fault, and is told as one
  CHECK_FALSE(is_access_unverifiable(true, written, written));   // a Wine that keeps lists is judged like Windows
  CHECK_FALSE(is_access_unverifiable(false, written, written));
  CHECK(is_access_unverifiable(true, written, read("O:BAD:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)")));     // protection lost
  CHECK(is_access_unverifiable(true, written, read("O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FR;;;BA)")));  // another right
  CHECK(is_access_unverifiable(true, written, read("O:BAD:PAI(A;OICI;FA;;;SY)")));
  CHECK(is_access_unverifiable(true, written, read("O:BAD:NO_ACCESS_CONTROL")));
}

}  // namespace gokajo::tests
