#include "platform/sddl.h"

#include <doctest/doctest.h>

#include "platform/person_channel.h"

namespace gokajo::tests {

using namespace platform;

namespace {

SecurityDescriptor read(std::string_view text) {
  auto descriptor = parse_sddl(text);
  REQUIRE_MESSAGE(descriptor, descriptor.error().detail);
  return *descriptor;
}

const std::vector<std::string> kOurs = {"S-1-5-18", "S-1-5-32-544"};

}  // namespace

// Microsoft, "Security Descriptor String Format", its own examples.
TEST_CASE("a descriptor of Microsoft's own description is read as it says") {
  const auto first = read("O:AOG:DAD:(A;;RPWPCCDCLCSWRCWDWOGA;;;S-1-0-0)");
  CHECK(first.owner == "S-1-5-32-548");  // account operators
  REQUIRE(first.entries.size() == 1);
  CHECK(first.entries[0].allow);
  CHECK(first.entries[0].sid == "S-1-0-0");
  CHECK((first.entries[0].mask & kWriteDac) != 0);
  const auto second =
      read("O:DAG:DAD:(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)(A;;RPWPCCDCLCRCWOWDSDSW;;;DA)(OA;;CCDC;bf967aba-0de6-11d0-a285-00aa003049e2;;AO)");
  CHECK(second.owner == "DA");  // of whichever domain
  CHECK(second.entries.size() == 3);
}

TEST_CASE("a list that is not there lets everybody in, and an empty one nobody") {
  CHECK(read("").everybody_may);
  CHECK(read("O:BA").everybody_may);
  CHECK(read("D:NO_ACCESS_CONTROL").everybody_may);
  CHECK(rights_of(read("O:BAD:NO_ACCESS_CONTROL"), {"S-1-1-0"}, kAnyWrite) == kAnyWrite);
  CHECK(rights_of(read("O:BAD:"), {"S-1-1-0"}, kAnyWrite | kReadData) == 0);
  CHECK_FALSE(read("D:").everybody_may);
}

// Microsoft, "How AccessCheck Works": entries in order, and a refusal before a permission wins for that right.
TEST_CASE("the first entry that speaks of a right decides it") {
  CHECK(rights_of(read("D:(D;;FW;;;WD)(A;;FA;;;WD)"), {"S-1-1-0"}, kReadData | kWriteData) == kReadData);
  CHECK(rights_of(read("D:(A;;FA;;;WD)(D;;FW;;;WD)"), {"S-1-1-0"}, kReadData | kWriteData) == (kReadData | kWriteData));
  CHECK(rights_of(read("D:(A;OICIIO;FA;;;WD)"), {"S-1-1-0"}, kReadData) == 0);
  CHECK(rights_of(read("D:(A;;0x1200a9;;;BU)"), {"S-1-1-0", "S-1-5-32-545"}, kReadData | kWriteData) == kReadData);
  CHECK(rights_of(read("D:(A;;GR;;;WD)"), {"S-1-1-0"}, kReadData | kWriteData) == kReadData);
}

TEST_CASE("a condition is never taken to keep somebody out") {
  const auto descriptor = read("D:(XD;;FA;;;WD;(@User.Title==\"PM (1)\"))(XA;;FR;;;WD;(Member_of {SID(BA)}))");
  REQUIRE(descriptor.entries.size() == 2);
  CHECK(descriptor.entries[0].conditional);
  CHECK(rights_of(descriptor, {"S-1-1-0"}, kReadData) == kReadData);
}

// What our own folder must be (people of an office share one ProgramData), and what Windows makes there by itself.
TEST_CASE("our own files are in no stranger's hands") {
  CHECK_FALSE(stranger_with(read("O:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"), kOurs, kAnyWrite));
  CHECK_FALSE(stranger_with(read("O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FR;;;BU)"), kOurs, kAnyWrite));
  CHECK(stranger_with(read("O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FR;;;BU)"), kOurs, kAnyWrite | kReadData) == "S-1-5-32-545");
  // A folder that a user made under ProgramData before us: the user owns it.
  CHECK(stranger_with(read("O:S-1-5-21-1-2-3-1001D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)"),
                      kOurs, kAnyWrite) == "owner S-1-5-21-1-2-3-1001");
  // What ProgramData hands down: users may add files.
  CHECK(
      stranger_with(read("O:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)"),
                    kOurs, kAnyWrite) == "S-1-5-32-545");
  CHECK(stranger_with(read("O:SY"), kOurs, kAnyWrite) == "everybody");
}

// Microsoft, "Named Pipe Security and Access Rights": FILE_CREATE_PIPE_INSTANCE and FILE_APPEND_DATA are the same bit, and
// FILE_GENERIC_WRITE holds it, so that "read and write" is to be said bit by bit.
TEST_CASE("the channel to the people at a PC: they read and write, make no instance, change no rights; from the network nobody") {
  const auto channel = read(kPersonChannelSddl);
  constexpr std::uint32_t kAll = 0x1F01FF, kAttributes = 0x180, kReadControl = 0x20000, kSynchronize = 0x100000;
  const std::string everybody = "S-1-1-0", users = "S-1-5-32-545", interactive = "S-1-5-4", network = "S-1-5-2", anonymous = "S-1-5-7";
  CHECK(channel.is_protected);
  CHECK_FALSE(channel.everybody_may);
  CHECK(rights_of(channel, {"S-1-5-18"}, kAll) == kAll);
  CHECK(rights_of(channel, {"S-1-5-32-544", interactive}, kAll) == kAll);
  CHECK(rights_of(channel, {everybody, users, interactive}, kAll) == (kReadData | kWriteData | kAttributes | kReadControl | kSynchronize));
  CHECK(rights_of(channel, {everybody, users, interactive}, kAppendData) == 0);
  CHECK(rights_of(channel, {everybody, users}, kAll) == 0);
  CHECK(rights_of(channel, {everybody, users, network}, kAll) == 0);
  CHECK(rights_of(channel, {everybody, anonymous}, kAll) == 0);
  CHECK(rights_of(channel, {everybody, "S-1-5-32-544", network}, kAll) == 0);
  CHECK_FALSE(stranger_with(read(std::string("O:SY") + kPersonChannelSddl), kOurs, kAnyWrite & ~kWriteData));
}

TEST_CASE("what is no descriptor is named by its byte") {
  for (const char* text :
       {"O", "X:BA", "O:B", "D:(A;;FA;;;WD", "D:(A;;FA)", "D:(A;;Q1;;;WD)", "D:(A;;FA;;;nobody)", "D:ZZ", "O:S-1-", "D:(A;;0xZZ;;;WD)"}) {
    CAPTURE(text);
    const auto descriptor = parse_sddl(text);
    REQUIRE_FALSE(descriptor);
    CHECK(descriptor.error().kind == ErrorKind::malformed);
    CHECK(descriptor.error().detail.find("byte ") != std::string::npos);
  }
  CHECK(parse_sddl(std::string(kMaxSddlBytes + 1, 'D')).error().kind == ErrorKind::too_large);
}

}  // namespace gokajo::tests
