#include "hub/company_book.h"

#include <algorithm>

#include "protocol/device_key.h"
#include "protocol/settings.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kMaxPages = 1000;
constexpr std::int64_t kSmallCompany = 200;

std::string write_for(const Company& company, const std::vector<KeptDeclaration>& declarations, const std::string& device) {
  protocol::Settings settings;
  settings.company = company.name;
  settings.pack = company.pack;
  settings.schedule = company.schedule;
  settings.small_company = company.stated_devices.value_or(0) < kSmallCompany;
  settings.offset_minutes = company.offset_minutes;
  settings.policy = company.policy;
  for (const auto& kept : declarations)
    if (!kept.withdrawn && (kept.device.empty() || kept.device == device)) settings.declarations.push_back(kept.declaration);
  return protocol::write_settings(settings);
}

// A policy's changes end with a day, and are looked at again every hour.
std::chrono::sys_time<std::chrono::hours> hour_of(Time time) { return std::chrono::floor<std::chrono::hours>(time); }

}  // namespace

Result<std::shared_ptr<const CompanyPage>> CompanyBook::of(const std::string& tenant, Time now) {
  const auto generation = store_.generation(tenant);
  if (!generation) return generation.error();
  auto found = pages_.find(tenant);
  if (found == pages_.end() || found->second->generation != *generation || hour_of(found->second->as_of) != hour_of(now)) {
    auto page = read(tenant, *generation, now);
    if (!page) return page.error();
    if (pages_.size() >= kMaxPages) pages_.clear();
    found = pages_.insert_or_assign(tenant, std::make_shared<const CompanyPage>(std::move(*page))).first;
  }
  return found->second;
}

Result<CompanyPage> CompanyBook::read(const std::string& tenant, std::int64_t generation, Time now) {
  auto company = store_.company(tenant);
  if (!company) return company.error();
  auto declarations = store_.declarations(tenant);
  if (!declarations) return declarations.error();
  auto pack = compliance::built_in_pack(company->pack);
  if (!pack) return platform::Error{platform::ErrorKind::unsupported, "company " + tenant + ": " + pack.error().detail};
  auto effective = compliance::effective_pack(*pack, company->policy, now);
  if (!effective) return platform::Error{platform::ErrorKind::unsupported, "company " + tenant + ": " + effective.error().detail};
  CompanyPage page{std::move(*company), std::move(*declarations), std::move(*effective), {}, {}, generation, now};
  page.settings = write_for(page.company, page.declarations, "");
  page.settings_sha256 = protocol::sha256_hex(page.settings);
  return page;
}

SettingsBody settings_of(const CompanyPage& page, const std::string& device) {
  const bool own =
      std::any_of(page.declarations.begin(), page.declarations.end(), [&](const KeptDeclaration& kept) { return kept.device == device; });
  if (!own) return {page.settings, page.settings_sha256};
  SettingsBody body{write_for(page.company, page.declarations, device), {}};
  body.sha256 = protocol::sha256_hex(body.text);
  return body;
}

}  // namespace gokajo::hub
