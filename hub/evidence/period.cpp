#include "hub/evidence/period.h"

#include "hub/company_change.h"
#include "hub/evidence/make_pack.h"

namespace gokajo::hub {

std::optional<PackPeriod> period_of_days(const std::string& first, const std::string& last, int offset_minutes) {
  const auto from = platform::parse_time(day_in(first)), until = platform::parse_time(day_in(last));
  if (!from || !until || *until < *from) return std::nullopt;
  const std::chrono::minutes offset{offset_minutes};
  const PackPeriod period{*from - offset, *until + platform::Days{1} - offset};
  if (period.until - period.from > kLongestPeriod) return std::nullopt;
  return period;
}

}  // namespace gokajo::hub
