#include "hub/device_list.h"

#include "hub/company_book.h"
#include "hub/device_pages.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Result;

namespace {

std::optional<Verdict> shown_verdict(const DeviceLine& line, Verdict worst) {
  if (line.device.standing != Standing::approved) return std::nullopt;
  return counted_as(line.contact, worst);
}

}  // namespace

std::pair<Verdict, std::string> deciding_rule(const std::map<std::string, Verdict>& rules,
                                              const std::vector<std::pair<std::string, compliance::Text>>& order) {
  if (rules.empty()) return {Verdict::unknown, {}};
  for (const auto verdict : {Verdict::fail, Verdict::unknown, Verdict::ask})
    for (const auto& [id, name] : order)
      if (const auto found = rules.find(id); found != rules.end() && found->second == verdict) return {verdict, id};
  return {Verdict::pass, {}};
}

Result<DeviceList> device_list(Store& store, const std::string& tenant, DeviceQuery query, Time now, const Library* library) {
  CompanyBook book(store, library);
  const auto held = book.of(tenant, now);
  if (!held) return held.error();
  DeviceList list;
  for (const auto& rule : (*held)->pack.rules) list.rules.emplace_back(rule.id, rule.name);
  auto contacts = contacts_of(store, calendar_of((*held)->company), tenant, now);
  if (!contacts) return contacts.error();
  query.silence = contacts->silence;
  auto page = page_of_devices(store, tenant, query);
  if (!page) return page.error();
  auto groups = store.groups(tenant);
  if (!groups) return groups.error();
  list.groups = std::move(*groups);
  list.all = page->all;
  std::vector<std::string> ids;
  for (const auto& one : page->devices) ids.push_back(one.device.id);
  std::map<std::string, std::map<std::string, Verdict>> rules;
  if (!ids.empty()) {
    const auto found = store.rules_of(tenant, ids);
    if (!found) return found.error();
    for (const auto& one : *found) rules[one.device].emplace(one.rule, one.verdict);
  }
  for (auto& one : page->devices) {
    DeviceLine line{std::move(one.device), std::move(one.group), Contact::heard, std::nullopt, {}};
    line.contact = contacts->of(line.device.id);
    const auto [worst, decides] = deciding_rule(rules[line.device.id], list.rules);
    line.verdict = shown_verdict(line, worst);
    if (line.verdict) line.decides = decides;
    list.lines.push_back(std::move(line));
  }
  return list;
}

}  // namespace gokajo::hub
