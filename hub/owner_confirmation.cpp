#include "hub/owner_confirmation.h"

#include <algorithm>

#include "hub/digits.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kDigits = 4;
constexpr unsigned long kNumbers = 10000;
constexpr const char* kKind = "company";
constexpr const char* kSubject = "confirmation";
constexpr const char* kWrong = "wrong";

}  // namespace

std::string confirmation_of(const Company& company) {
  const auto hash =
      protocol::sha256_hex("confirmation/" + company.id + "/" + platform::format_time(company.created) + "/" + company.owner_mail);
  const auto number = std::to_string(std::stoul(hash.substr(0, 7), nullptr, 16) % kNumbers);
  return std::string(kDigits - number.size(), '0') + number;
}

std::string digits_of(const std::string& typed) {
  auto digits = only_digits(typed);
  return digits.size() == kDigits && digits.find_first_not_of("0123456789") == std::string::npos ? digits : std::string();
}

Result<Confirmation> confirm_owner(Store& store, const std::string& tenant, const std::string& number, Time now) {
  auto company = store.company(tenant);
  if (!company) return company.error();
  if (company->owner_mail.empty()) return Confirmation::no_address;
  const auto lately = store.changes(tenant, now - kWrongNumbersWithin);
  if (!lately) return lately.error();
  const auto wrong = std::count_if(lately->begin(), lately->end(), [](const Change& change) {
    return change.kind == kKind && change.subject == kSubject && change.after == kWrong;
  });
  if (wrong >= kWrongNumbers) return Confirmation::too_many;
  const bool right = number == confirmation_of(*company);
  const Change tried{tenant, now, "", kKind, kSubject, "", right ? "confirmed" : kWrong, {}};
  if (auto status = store.add_change(tried); !status) return status.error();
  if (!right) return Confirmation::wrong;
  company->confirmed = now;
  if (auto status = store.put_company(*company); !status) return status.error();
  return Confirmation::confirmed;
}

}  // namespace gokajo::hub
