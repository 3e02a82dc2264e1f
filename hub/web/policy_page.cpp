#include "hub/web/policy_page.h"

#include "compliance/wording.h"
#include "hub/company_change.h"
#include "hub/rejudging.h"

namespace gokajo::hub {

using platform::Result;

Result<KeptPolicy> keep_policy(Visit& visit, const compliance::Policy& policy) {
  auto company = *visit.company;
  CompanyChange change;
  change.policy = policy;
  if (apply_change(change, *shelf_of(visit.parts.library), company, visit.now)) return KeptPolicy{false};
  if (auto put = visit.store().put_company(company); !put) return put.error();
  CompanyBook book(visit.store(), visit.parts.library);
  if (auto judged = judge_company_again(visit.store(), book, company.id, visit.now); !judged) return judged.error();
  return KeptPolicy{};
}

Result<compliance::Pack> pack_alone(const Visit& visit) { return shelf_of(visit.parts.library)->pack(visit.company->pack); }

std::string today_of(const Visit& visit) {
  return platform::format_time(Time{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))}).substr(0, 10);
}

std::string farthest_day(const Visit& visit) {
  return platform::format_time(Time{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))} + kLongestDeparture)
      .substr(0, 10);
}

std::string last_day(const Visit& visit, Time until) { return compliance::render_day(until, visit.language, {0, {}}); }

std::string check_name(const std::string& check, compliance::Language language) {
  const auto& wording = compliance::built_in_wording();
  const auto found = wording.find(check);
  return found == wording.end() ? shown(check) : found->second.name.in(language);
}

}  // namespace gokajo::hub
