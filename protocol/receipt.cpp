#include "protocol/receipt.h"

namespace gokajo::protocol {

std::string write_receipt(const Receipt& receipt) { return platform::to_form(receipt).dump() + "\n"; }

platform::Result<Receipt> read_receipt(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxReceiptBytes);
  if (!json) return json.error();
  const platform::Place top{"receipt"};
  Receipt receipt;
  if (auto status = platform::read_form(*json, receipt, top); !status) return status.error();
  if (receipt.format != kReceiptFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kReceiptFormat + "\"");
  return receipt;
}

}  // namespace gokajo::protocol
