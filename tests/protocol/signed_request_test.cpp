#include "protocol/signed_request.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "platform/json_form.h"
#include "protocol/receipt.h"

namespace gokajo::tests {

using namespace protocol;

namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

// RFC 8032 section 7.1, test 1.
constexpr const char* kSeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr const char* kPublic = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr const char* kSignatureOfNothing =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

DeviceKey known_key() {
  auto key = DeviceKey::from_seed(from_hex(kSeed));
  REQUIRE(key);
  return std::move(*key);
}

RequestHead head_for(const DeviceKey& key) { return {"POST", "/v1/reports", key.id(), {3, 42}, sha256_hex("{}")}; }

}  // namespace

TEST_CASE("keys and signatures are those of RFC 8032") {
  const auto key = known_key();
  const auto expected_public = from_hex(kPublic), expected = from_hex(kSignatureOfNothing);
  CHECK(std::equal(key.public_key().begin(), key.public_key().end(), expected_public.begin(),
                   [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
  const auto signature = key.sign("");
  CHECK(std::equal(signature.begin(), signature.end(), expected.begin(),
                   [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
  CHECK(key.seed() == from_hex(kSeed));
  CHECK_FALSE(DeviceKey::from_seed("short"));
  CHECK(DeviceKey::make().id() != DeviceKey::make().id());
}

TEST_CASE("the signed bytes are those of docs/protocol.md") {
  // FIPS 180-4: SHA-256 of the empty message.
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const auto key = known_key();
  const auto text = signing_text(head_for(key));
  REQUIRE(text);
  CHECK(*text == "gokajo-request/1\nPOST\n/v1/reports\n" + sha256_hex(from_hex(kPublic)) +
                     "\n3\n42\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n");
}

TEST_CASE("the test vector of docs/protocol.md, made with openssl pkeyutl (OpenSSL 3.0)") {
  const auto key = known_key();
  CHECK(key.id() == "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9");
  const auto signature = sign_request(head_for(key), key);
  REQUIRE(signature);
  CHECK(*signature == "C/KNq1aPTVCYNhY4gbWs7gmmMbNm4SsXYqvqXdC5ATyB85KbL/gaPnPh8+nVDBY1Ddzs/hHC7f83kU+UO7nRBA==");
}

TEST_CASE("a request verifies as it was signed, and with nothing changed") {
  const auto key = known_key();
  const auto head = head_for(key);
  const auto signature = sign_request(head, key);
  REQUIRE(signature);
  CHECK(signature->size() == 88);
  CHECK(verify_request(head, *signature, key.public_key()));

  const auto refused = [&](auto change) {
    auto other = head;
    change(other);
    return !verify_request(other, *signature, key.public_key());
  };
  CHECK(refused([](auto& h) { h.method = "PUT"; }));
  CHECK(refused([](auto& h) { h.path = "/v1/reports?x"; }));
  CHECK(refused([](auto& h) { h.position.seq = 43; }));
  CHECK(refused([](auto& h) { h.position.epoch = 4; }));
  CHECK(refused([](auto& h) { h.body_sha256 = sha256_hex("{ }"); }));
  CHECK(refused([](auto& h) { h.device = sha256_hex("another"); }));

  const auto other = DeviceKey::make();
  CHECK_FALSE(verify_request(head, *signature, other.public_key()));
  auto theirs = head;
  theirs.device = other.id();
  CHECK_FALSE(sign_request(head, other));
  CHECK_FALSE(verify_request(theirs, *signature, other.public_key()));
}

TEST_CASE("forged, cut and rewritten signatures are refused") {
  const auto key = known_key();
  const auto head = head_for(key);
  const auto signature = *sign_request(head, key);
  auto bytes = *platform::base64_decode(signature);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    CHECK_FALSE(verify_request(head, platform::base64_encode(flipped), key.public_key()));
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(verify_request(head, platform::base64_encode(bytes.substr(0, size)), key.public_key()));
  for (const auto& text : {std::string(), signature + "\n", " " + signature, signature.substr(0, 86), signature + "AAAA"})
    CHECK_FALSE(verify_request(head, text, key.public_key()));

  // RFC 8032 section 5.1.7: S is below the order L. S + L signs the same equation and must not count.
  const auto order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  auto high = bytes;
  int carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const int sum = static_cast<std::uint8_t>(high[32 + i]) + static_cast<std::uint8_t>(order[i]) + carry;
    high[32 + i] = static_cast<char>(sum & 0xff);
    carry = sum >> 8;
  }
  CHECK_FALSE(verify_request(head, platform::base64_encode(high), key.public_key()));

  // A key of small order would let anybody sign for anything.
  PublicKey identity{};
  identity[0] = 1;
  auto nobody = head;
  nobody.device = device_id(identity);
  CHECK_FALSE(verify_request(nobody, platform::base64_encode(std::string(64, '\0')), identity));
}

TEST_CASE("a head in which two requests could read alike is not signed") {
  const auto key = known_key();
  const auto bad = [&](auto change) {
    auto head = head_for(key);
    change(head);
    return !signing_text(head);
  };
  CHECK(bad([](auto& h) { h.method = "post"; }));
  CHECK(bad([](auto& h) { h.method = ""; }));
  CHECK(bad([](auto& h) { h.path = "/v1/reports\n/v1/other"; }));
  CHECK(bad([](auto& h) { h.path = "v1"; }));
  CHECK(bad([](auto& h) { h.path = "/v1 /x"; }));
  CHECK(bad([](auto& h) { h.device = "abc"; }));
  CHECK(bad([](auto& h) {
    std::transform(h.device.begin(), h.device.end(), h.device.begin(), [](char c) { return c == 'a' ? 'A' : c; });
    h.device[0] = 'A';
  }));
  CHECK(bad([](auto& h) { h.body_sha256 += "0"; }));
  CHECK(bad([](auto& h) { h.position.seq = -1; }));
}

TEST_CASE("a receipt is read strictly: what a captive portal says is none") {
  const Receipt receipt{kReceiptFormat, sha256_hex("key"), 3, 42, sha256_hex("{}"), *platform::parse_time("2026-11-24T01:00:00Z"), false};
  const auto text = write_receipt(receipt);
  const auto read = read_receipt(text);
  REQUIRE(read);
  CHECK(read->seq == 42);
  CHECK(read->body_sha256 == receipt.body_sha256);
  for (const std::string& other : {std::string("<html>Welcome</html>"), std::string("{}"), std::string("\"ok\""), std::string(),
                                   text.substr(0, text.size() / 2), std::string(kMaxReceiptBytes + 1, ' ')})
    CHECK_FALSE(read_receipt(other));
  auto json = platform::Json::parse(text);
  json["format"] = "gokajo-receipt/2";
  CHECK_FALSE(read_receipt(json.dump()));
  json = platform::Json::parse(text);
  json["command"] = "reboot";
  const auto more = read_receipt(json.dump());
  REQUIRE_FALSE(more);
  CHECK(more.error().detail.find("receipt.command") != std::string::npos);
}

}  // namespace gokajo::tests
