/// \file
/// The room protocol: receipts as a hub, a captive portal or anybody else may send them.
#include "protocol/receipt.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace protocol;

void receipt(std::string_view bytes) {
  const auto read = read_receipt(bytes);
  if (!read) {
    HOLDS(!read.error().detail.empty());
    return;
  }
  HOLDS(bytes.size() <= kMaxReceiptBytes);
  const auto written = write_receipt(*read);
  const auto again = read_receipt(written);
  HOLDS(again && write_receipt(*again) == written);
}

// A signature that verifies is the one that was made: any bytes as the signature, or as the head's path, are refused.
void signature(std::string_view bytes) {
  static const auto key = DeviceKey::from_seed(std::string(DeviceKey::kSeedBytes, '7'));
  RequestHead head{"POST", "/v1/reports", key->id(), {1, 2}, sha256_hex("{}")};
  static const auto made = *sign_request(head, *key);
  HOLDS(verify_request(head, made, key->public_key()));
  HOLDS(bytes == made || !verify_request(head, bytes, key->public_key()));
  if (bytes == head.path) return;
  head.path = std::string(bytes);
  HOLDS(!verify_request(head, made, key->public_key()));
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"receipt", receipt, {}, {write_receipt(Receipt{kReceiptFormat, sha256_hex("key"), 3, 42, sha256_hex("{}"), {}, true}), "<html>"}},
      {"signature", signature, {}, {"/v1/reports", "/v1/reports\n", std::string(88, 'A')}},
  };
  return all;
}

}  // namespace gokajo::fuzz
