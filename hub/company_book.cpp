#include "hub/company_book.h"

#include <algorithm>

#include "hub/declaring/to_do.h"
#include "hub/diagnosis/answers.h"
#include "hub/scs3/answers.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kMaxPages = 1000;
constexpr std::int64_t kSmallCompany = 200;

// The hub's and the company's own, the newest first. Of one id the hub's: a file of that name was put there on purpose.
std::vector<protocol::NamedBriefing> briefings_for(const Shelf& shelf, const std::vector<protocol::NamedBriefing>& own) {
  std::vector<protocol::NamedBriefing> all;
  for (const auto& one : shelf.briefings) all.push_back({one.briefing.id, one.briefing.published, one.sha256});
  for (const auto& one : own)
    if (std::none_of(all.begin(), all.end(), [&](const protocol::NamedBriefing& other) { return other.id == one.id; })) all.push_back(one);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.published > b.published; });
  if (all.size() > protocol::kMaxNamedBriefings) all.resize(protocol::kMaxNamedBriefings);
  return all;
}

Result<std::vector<protocol::NamedBriefing>> approved_of(Store& store, const std::string& tenant) {
  const auto kept = store.company_briefings(tenant, 2 * protocol::kMaxNamedBriefings);
  if (!kept) return kept.error();
  std::vector<protocol::NamedBriefing> own;
  for (const auto& one : *kept)
    if (one.state == BriefingState::approved) own.push_back({one.id, one.published, one.sha256});
  return own;
}

std::string write_for(const Company& company, const std::vector<KeptDeclaration>& declarations, const Shelf& rests_on, const Shelf& shelf,
                      const std::vector<protocol::NamedBriefing>& own, const std::string& device) {
  protocol::Settings settings;
  settings.company = company.name;
  settings.pack = company.pack;
  settings.schedule = company.schedule;
  settings.small_company = company.stated_devices.value_or(0) < kSmallCompany;
  settings.offset_minutes = company.offset_minutes;
  settings.policy = company.policy;
  for (const auto& kept : declarations)
    if (!kept.withdrawn && (kept.device.empty() || kept.device == device)) settings.declarations.push_back(kept.declaration);
  // What devices hold or lack is their matter: every file is named, and fetched where it is not compiled in there too.
  settings.packs.emplace();
  for (const auto* one : rests_on.chain(company.pack)) settings.packs->push_back({one->pack.id, one->pack.version, one->sha256});
  settings.briefings = briefings_for(shelf, own);
  if (!rests_on.tables.empty()) settings.tables.emplace();
  for (const auto& [id, one] : rests_on.tables) settings.tables->push_back({id, one.table.version, one.sha256});
  return protocol::write_settings(settings);
}

Result<compliance::Pack> effective_on(const Shelf& shelf, const Company& company, Time now) {
  const auto pack = shelf.pack(company.pack);
  return pack ? compliance::effective_pack(*pack, company.policy, now) : pack;
}

// A policy's changes end with a day, and are looked at again every hour.
std::chrono::sys_time<std::chrono::hours> hour_of(Time time) { return std::chrono::floor<std::chrono::hours>(time); }

}  // namespace

Result<std::shared_ptr<const CompanyPage>> CompanyBook::of(const std::string& tenant, Time now) {
  const auto generation = store_.generation(tenant);
  if (!generation) return generation.error();
  auto found = pages_.find(tenant);
  auto shelf = shelf_of(library_);
  if (found == pages_.end() || found->second->shelf != shelf || found->second->generation != *generation ||
      hour_of(found->second->as_of) != hour_of(now)) {
    auto page = read(tenant, *generation, std::move(shelf), now);
    if (!page) return page.error();
    if (pages_.size() >= kMaxPages) pages_.clear();
    found = pages_.insert_or_assign(tenant, std::make_shared<const CompanyPage>(std::move(*page))).first;
  }
  return found->second;
}

Result<CompanyPage> CompanyBook::read(const std::string& tenant, std::int64_t generation, std::shared_ptr<const Shelf> shelf, Time now) {
  auto company = store_.company(tenant);
  if (!company) return company.error();
  auto declarations = store_.declarations(tenant);
  if (!declarations) return declarations.error();
  // Nothing is judged by those, and no PC need know them.
  std::erase_if(*declarations, [](const KeptDeclaration& kept) {
    return is_diagnosis_answer(kept.declaration) || is_declaring_word(kept.declaration) || is_scs_answer(kept.declaration);
  });
  auto rests_on = shelf;
  auto effective = effective_on(*rests_on, *company, now);
  if (!effective && shelf != built_in_shelf()) {
    // A new file must not leave a company's PCs without a hub.
    if (auto before = effective_on(*built_in_shelf(), *company, now)) {
      effective = std::move(before);
      rests_on = built_in_shelf();
    }
  }
  if (!effective) return platform::Error{platform::ErrorKind::unsupported, "company " + tenant + ": " + effective.error().detail};
  auto own = approved_of(store_, tenant);
  if (!own) return own.error();
  CompanyPage page{std::move(*company), std::move(*declarations), std::move(*effective), {}, {}, generation, now,
                   std::move(shelf),    std::move(rests_on),      std::move(*own)};
  page.settings = write_for(page.company, page.declarations, *page.rests_on, *page.shelf, page.own_briefings, "");
  page.settings_sha256 = protocol::sha256_hex(page.settings);
  return page;
}

SettingsBody settings_of(const CompanyPage& page, const std::string& device) {
  const bool own =
      std::any_of(page.declarations.begin(), page.declarations.end(), [&](const KeptDeclaration& kept) { return kept.device == device; });
  if (!own) return {page.settings, page.settings_sha256};
  SettingsBody body{write_for(page.company, page.declarations, *page.rests_on, *page.shelf, page.own_briefings, device), {}};
  body.sha256 = protocol::sha256_hex(body.text);
  return body;
}

}  // namespace gokajo::hub
