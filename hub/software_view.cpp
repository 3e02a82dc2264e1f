#include "hub/software_view.h"

#include <algorithm>

#include "compliance/evidence.h"
#include "compliance/wording.h"
#include "hub/device_pages.h"
#include "hub/kept_content.h"
#include "hub/read_finding.h"
#include "protocol/content.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::ErrorKind, platform::Result;

namespace {

std::string small(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

platform::Status put_ended(Store& store, const Company& company, const Contacts& contacts, SoftwareView& view) {
  auto found = store.findings_of_check(company.id, kEndedCheck, Verdict::fail, 0, kMostEnded + 1);
  if (!found) return found.error();
  view.more_ended = found->size() > kMostEnded;
  if (view.more_ended) found->pop_back();
  const compliance::Reader reader{static_cast<int>(company.offset_minutes), {}};
  for (const auto& one : *found) {
    if (!counted_as(contacts.of(one.device), Verdict::fail)) continue;
    const auto judged = read_finding(one.finding);
    if (!judged) continue;
    for (const auto& item : compliance::render(judged->finding, compliance::built_in_wording(), reader).items)
      view.ended.push_back({one.device, one.label, item});
  }
  return platform::Done{};
}

// The programs of one PC, added; false: it sent no list.
Result<bool> add_programs(const Device& device, const KeptContent& kept, const std::string& text,
                          std::map<std::string, InstalledProgram>& programs) {
  const auto json = content_of(kept);
  if (!json) return json.error();
  const auto read = protocol::read_inventory(*json, kept.scanned_at);
  if (!read) return false;
  const auto& inventory = *read;
  bool listed = false;
  for (const auto* list : {&inventory.windows, &inventory.apt, &inventory.rpm, &inventory.pacman, &inventory.snap, &inventory.flatpak}) {
    if (!*list) continue;
    listed = true;
    for (const auto& entry : **list) {
      const auto key = small(entry.name);
      if (!text.empty() && key.find(text) == std::string::npos) continue;
      auto& program = programs[key];
      if (program.name.empty()) program.name = entry.name;
      auto& pcs = program.versions[entry.version];
      if (pcs.empty() || pcs.back().device != device.id) pcs.push_back({device.id, device.shown_name()});
    }
  }
  return listed;
}

}  // namespace

Result<SoftwareView> software_view(Store& store, const Company& company, const std::string& text, std::int64_t offset, std::int64_t limit,
                                   Time now) {
  SoftwareView view;
  const auto contacts = contacts_of(store, calendar_of(company), company.id, now);
  if (!contacts) return contacts.error();
  if (auto put = put_ended(store, company, *contacts, view); !put) return put.error();
  DeviceQuery query;
  query.order = DeviceOrder::name;
  query.offset = offset;
  query.limit = limit;
  query.silence = contacts->silence;
  const auto page = page_of_devices(store, company.id, query);
  if (!page) return page.error();
  view.pcs_in_all = page->all;
  std::vector<std::string> approved;
  for (const auto& one : page->devices)
    if (one.device.standing == Standing::approved) approved.push_back(one.device.id);
  view.pcs = static_cast<decltype(view.pcs)>(approved.size());
  const auto contents = store.contents(company.id, approved, Store::Which::current);
  if (!contents) return contents.error();
  std::map<std::string, InstalledProgram> programs;
  const auto wanted = small(text);
  for (const auto& one : page->devices) {
    if (one.device.standing != Standing::approved) continue;
    const auto kept = contents->find(one.device.id);
    const auto listed = kept == contents->end() ? Result<bool>(false) : add_programs(one.device, kept->second, wanted, programs);
    if (!listed) return listed.error();
    if (!*listed) ++view.without;
  }
  view.programs_in_all = programs.size();
  for (auto& [key, program] : programs) {
    if (view.programs.size() == kMostPrograms) break;
    view.programs.push_back(std::move(program));
  }
  return view;
}

}  // namespace gokajo::hub
