#include "protocol/carried.h"

namespace gokajo::protocol {

std::string write_carried(const Carried& carried) {
  auto form = carried;
  form.body = platform::base64_encode(carried.body);
  return platform::to_form(form).dump() + "\n";
}

platform::Result<Carried> read_carried(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxCarriedBytes);
  if (!json) return json.error();
  const platform::Place top{"carried"};
  Carried carried;
  if (auto status = platform::read_form(*json, carried, top); !status) return status.error();
  if (carried.format != kCarriedFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kCarriedFormat + "\"");
  auto body = platform::base64_decode(carried.body);
  if (!body) return platform::misplaced(top.key("body"), "expected base64");
  carried.body = std::move(*body);
  return carried;
}

}  // namespace gokajo::protocol
