#include "protocol/enrolment.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace protocol;
using platform::Json;

namespace {

Enrol small_enrol() {
  const auto key = DeviceKey::from_seed(std::string(DeviceKey::kSeedBytes, '7'));
  const auto& bytes = key->public_key();
  Enrol enrol;
  enrol.code = "K7WMP2QX";
  enrol.public_key = platform::base64_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  enrol.label = "PC-09 設計";
  enrol.host_name = "pc09";
  enrol.agent_version = "0.1.0";
  return enrol;
}

bool takes(const char* member, const Json& value) {
  Json json = Json::parse(write_enrol(small_enrol()));
  json[member] = value;
  return read_enrol(json.dump()).has_value();
}

}  // namespace

TEST_CASE("a code is read however a person writes it, and only if it is one") {
  CHECK(*read_code("K7WM-P2QX") == "K7WMP2QX");
  CHECK(*read_code(" k7wm p2qx\n") == "K7WMP2QX");
  CHECK(shown_code("K7WMP2QX") == "K7WM-P2QX");
  for (const char* wrong : {"", "K7WM-P2Q", "K7WM-P2QXX", "K7WM-P2Q0", "K7WM-P2QO", "K7WM-P2Q1", "K7WM_P2QX", "Ｋ7WM-P2QX"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_code(wrong));
  }
  for (const char mistaken : {'0', 'O', '1', 'I', 'L', 'U'}) CHECK(kCodeCharacters.find(mistaken) == std::string_view::npos);
}

TEST_CASE("an enrolment is read as it was written, and refused with the place") {
  const auto read = read_enrol(write_enrol(small_enrol()));
  REQUIRE(read);
  CHECK(read->label == "PC-09 設計");
  CHECK(key_of(*read) == DeviceKey::from_seed(std::string(DeviceKey::kSeedBytes, '7'))->public_key());
  CHECK(takes("label", ""));
  std::string sixty;
  for (std::size_t i = 0; i < kMaxLabel; ++i) sixty += "あ";
  CHECK(takes("label", sixty));
  CHECK_FALSE(takes("label", sixty + "あ"));
  CHECK_FALSE(takes("label", "PC\r\nBcc: x"));
  CHECK_FALSE(takes("code", "k7wm-p2qx"));  // one form travels
  CHECK_FALSE(takes("public_key", "AAAA"));
  CHECK_FALSE(takes("public_key", small_enrol().public_key + "="));
  CHECK_FALSE(takes("format", "gokajo-enrol/2"));
  CHECK_FALSE(takes("admin", true));
}

TEST_CASE("what the hub answers to an enrolment") {
  const Enrolled enrolled{kEnrolledFormat, sha256_hex("key"), 2, "山田工務店", DeviceState::waiting};
  const auto read = read_enrolled(write_enrolled(enrolled));
  REQUIRE(read);
  CHECK(read->epoch == 2);
  CHECK(read->state == DeviceState::waiting);
  auto none = enrolled;
  none.epoch = 0;
  CHECK_FALSE(read_enrolled(write_enrolled(none)));
}

}  // namespace gokajo::tests
