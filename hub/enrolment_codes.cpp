#include "hub/enrolment_codes.h"

#include "hub/enrolment_sheet.h"
#include "platform/own_file.h"
#include "protocol/enrolment.h"
#include "protocol/setup.h"

namespace gokajo::hub {

using platform::Result;

namespace {
constexpr std::size_t kMaxPem = 256U << 10U;
}  // namespace

bool may_issue(const Company& company) { return !company.responsible.empty() && company.staff_told.has_value(); }

Result<IssuedCode> issue_code(Store& store, const Pepper& pepper, const Company& company, CodeKind kind, std::int64_t hours, Time now) {
  const bool many = kind == CodeKind::install_day;
  if (hours <= 0) hours = many ? kInstallDayHours : kOneTimeHours;
  IssuedCode issued;
  issued.clear = random_code();
  issued.code = {company.id,  0, pepper.code(issued.clear), kind, many ? kInstallDayUses : 1, now, now + std::chrono::hours{hours},
                 std::nullopt};
  const auto number = store.add_code(issued.code);
  if (!number) return number.error();
  issued.code.number = *number;
  return issued;
}

CodeStanding standing_of(const Code& code, Time now) {
  if (code.revoked) return CodeStanding::revoked;
  if (code.valid_until <= now) return CodeStanding::ended;
  return code.uses_left < 1 ? CodeStanding::used : CodeStanding::valid;
}

Result<std::string> setup_text(const std::string& directory, const Serving& serving, const std::string& clear_code) {
  protocol::Setup setup;
  setup.hub = "https://" + place_of(serving);
  setup.pin = serving.pin;
  setup.code = protocol::shown_code(clear_code);
  if (serving.own_certificate.value_or(true)) {
    auto authority = platform::read_own_file(directory + "/tls/ca.pem", kMaxPem);
    if (!authority) return authority.error();
    setup.ca = std::move(*authority);
  }
  return protocol::write_setup(setup);
}

}  // namespace gokajo::hub
