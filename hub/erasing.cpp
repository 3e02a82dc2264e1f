#include "hub/erasing.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "hub/in_transaction.h"
#include "hub/kept_content.h"
#include "protocol/body.h"
#include "protocol/report.h"

namespace gokajo::hub {

using platform::Json, platform::Result, platform::Status;

namespace {

constexpr std::size_t kAllDeeds = 1000000;
constexpr const char* kUnfinished = "erased";
constexpr const char* kErasures = "erasures";

Json head_of(const char* of, Time now) { return {{"format", kExportFormat}, {"of", of}, {"exported_at", platform::format_time(now)}}; }

// Every name the PC had: people wrote them into the record.
std::set<std::string> names_of(const Device& device, const std::vector<Deed>& renamed) {
  std::set<std::string> names{device.label, device.host_name, device.id};
  // The newest first, so that a chain of names is followed backwards.
  for (const auto& deed : renamed)
    if (names.contains(deed.after) || names.contains(deed.subject)) names.insert({deed.before, deed.subject});
  names.erase("");
  return names;
}

Status note_erasure(Store& store) {
  const auto before = erasures(store);
  if (!before) return before.error();
  if (auto noted = store.put_hub_value(kErasures, std::to_string(*before + 1)); !noted) return noted;
  return store.put_hub_value(kUnfinished, "1");
}

bool is_called(const Device& device, const std::string& name) { return device.label == name || device.host_name == name; }

}  // namespace

std::string reduced_name(const std::string& name) {
  std::size_t end = name.empty() ? 0 : 1;
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
  return name.substr(0, end) + "…";
}

Result<Json> export_device(Store& store, const Device& device, Time now) {
  auto kept = store.everything_of_device(device.tenant, device.id);
  if (!kept) return kept.error();
  auto out = head_of("device", now);
  out["reports"] = Json::array();
  const auto marks = store.report_marks(device.tenant, device.id, Time{}, now + platform::Days{1});
  if (!marks) return marks.error();
  for (const auto& mark : *marks) {
    const auto report = store.report(device.tenant, device.id, mark.position);
    if (!report) return report.error();
    const auto text = protocol::expand(report->body, protocol::kMaxReportBytes);
    auto json = text ? platform::parse_json(*text, protocol::kMaxReportBytes) : Result<Json>(text.error());
    if (json) out["reports"].push_back(std::move(*json));
  }
  const auto content = store.content(device.tenant, device.id, Store::Which::current);
  if (content)
    if (auto json = content_of(*content)) out["content"] = std::move(*json);
  out["kept"] = std::move(*kept);
  return out;
}

Result<Json> export_person(Store& store, const Person& person, Time now) {
  auto kept = store.everything_of_person(person.id);
  if (!kept) return kept.error();
  auto out = head_of("person", now);
  out["kept"] = std::move(*kept);
  return out;
}

Status erase_device(Store& store, const Device& device, const std::string& who, Time now) {
  const auto renamed = store.deeds_matching(device.tenant, {"", "pc.rename"}, 0, kAllDeeds);
  if (!renamed) return renamed.error();
  const auto devices = store.devices(device.tenant);
  if (!devices) return devices.error();
  std::vector<std::string> names;
  for (const auto& name : names_of(device, *renamed)) {
    // A name that another PC bears is that one's too.
    const bool shared =
        std::any_of(devices->begin(), devices->end(), [&](const Device& other) { return other.id != device.id && is_called(other, name); });
    if (!shared) names.push_back(name);
  }
  const auto reduced = reduced_name(device.shown_name());
  if (auto gone = store.erase_device(device.tenant, device.id, names, reduced); !gone) return gone;
  if (auto noted = note_erasure(store); !noted) return noted;
  return store.add_deed({device.tenant, now, who, "pc.erase", reduced, "", ""});
}

Result<std::vector<std::string>> companies_naming(Store& store, const Person& person) {
  const auto companies = store.companies();
  if (!companies) return companies.error();
  std::vector<std::string> naming;
  for (const auto& company : *companies)
    if (company.owner_mail == person.mail || company.owner_name == person.name || company.responsible == person.name ||
        company.person_in_charge == person.name)
      naming.push_back(company.name);
  return naming;
}

Status erase_person(Store& store, const Person& person, const std::string& tenant, const std::string& who, Time now) {
  const auto reduced = reduced_name(person.name);
  if (auto gone = store.erase_person(person.id, {person.name, person.mail}, reduced); !gone) return gone;
  if (auto noted = note_erasure(store); !noted) return noted;
  return store.add_deed({tenant, now, who == person.name ? reduced : who, "person.erase", reduced, "", ""});
}

Result<std::int64_t> erasures(Store& store) {
  const auto kept = store.hub_value(kErasures);
  if (!kept && kept.error().kind == platform::ErrorKind::not_found) return std::int64_t{0};
  if (!kept) return kept.error();
  std::int64_t count = 0;
  const auto read = std::from_chars(kept->data(), kept->data() + kept->size(), count);
  if (read.ec != std::errc()) return platform::Error{platform::ErrorKind::malformed, "store: how often something was erased is no number"};
  return count;
}

Status finish_erasing(Store& store) {
  const auto unfinished = store.hub_value(kUnfinished);
  if (!unfinished) return unfinished.error().kind == platform::ErrorKind::not_found ? Status(platform::Done{}) : unfinished.error();
  if (auto overwritten = store.overwrite_erased(); !overwritten) return overwritten;
  return in_transaction(store, store.begin(), [&] { return store.put_hub_value(kUnfinished, ""); });
}

}  // namespace gokajo::hub
