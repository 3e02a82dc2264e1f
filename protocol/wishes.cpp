#include "protocol/wishes.h"

namespace gokajo::protocol {

std::string write_wishes(const Wishes& wishes) { return platform::to_form(wishes).dump() + "\n"; }

platform::Result<Wishes> read_wishes(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxWishesBytes);
  if (!json) return json.error();
  const platform::Place top{"wishes"};
  Wishes wishes;
  if (auto status = platform::read_form(*json, wishes, top); !status) return status.error();
  if (wishes.format != kWishesFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kWishesFormat + "\"");
  return wishes;
}

}  // namespace gokajo::protocol
