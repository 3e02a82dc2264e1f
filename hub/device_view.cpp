#include "hub/device_view.h"

#include <algorithm>

#include "compliance/scan_document.h"
#include "hub/company_book.h"
#include "hub/device_list.h"
#include "hub/kept_content.h"
#include "hub/read_finding.h"
#include "protocol/body.h"
#include "protocol/content.h"
#include "protocol/report.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr const char* kExtras = "extras";

int urgency(const ViewedFinding& finding) {
  static constexpr Verdict kOrder[] = {Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::pass, Verdict::not_applicable};
  const auto at = std::find(std::begin(kOrder), std::end(kOrder), finding.kept.verdict) - std::begin(kOrder);
  return static_cast<int>(at) * 2 + (finding.kept.required ? 0 : 1);
}

// A "windows" evidence names its release in parts only.
std::string system_of(const compliance::Device& device) {
  if (device.os) return device.os->pretty_name;
  if (!device.windows) return {};
  const auto& windows = *device.windows;
  const bool server = windows.kind != compliance::WindowsKind::workstation;
  std::string name = server ? "Windows Server" : windows.build >= 22000 ? "Windows 11" : "Windows 10";
  if (!windows.display_version.empty()) name += " " + windows.display_version;
  return name + " (" + std::to_string(windows.build) + (windows.level ? "." + std::to_string(*windows.level) : "") + ")";
}

std::optional<std::size_t> software_count(const compliance::Inventory& inventory) {
  std::optional<std::size_t> count;
  for (const auto* list : {&inventory.apt, &inventory.rpm, &inventory.pacman, &inventory.snap, &inventory.flatpak, &inventory.windows})
    if (*list) count = count.value_or(0) + (*list)->size();
  return count;
}

// Read once, for everything that rests on it.
class Viewer {
 public:
  Viewer(Store& store, const CompanyPage& page, Time now) : store_(store), page_(page), now_(now) {}

  Result<DeviceView> view(Device device) {
    view_.device = std::move(device);
    for (const auto& step : {&Viewer::contact, &Viewer::content, &Viewer::rules, &Viewer::findings, &Viewer::history, &Viewer::groups})
      if (auto status = (this->*step)(); !status) return status.error();
    return std::move(view_);
  }

 private:
  const std::string& tenant() const { return page_.company.id; }

  platform::Status contact() {
    const auto contact = contact_of(store_, calendar_of(page_.company), view_.device, now_);
    if (!contact) return contact.error();
    view_.contact = *contact;
    return platform::Done{};
  }

  platform::Status content() {
    reader_.offset_minutes = static_cast<int>(page_.company.offset_minutes);
    const auto kept = store_.content(tenant(), view_.device.id, Store::Which::current);
    if (!kept) return kept.error().kind == ErrorKind::not_found ? platform::Status(platform::Done{}) : kept.error();
    view_.scanned = std::min(kept->scanned_at, kept->received_at);
    auto json = content_of(*kept);
    if (!json) return json.error();
    const auto content = protocol::read_content(std::move(*json), *view_.scanned);
    if (!content) return platform::Done{};  // judged as what it is: not readable
    reader_.systems = compliance::system_names(content->evidence);
    view_.system = system_of(content->evidence.device);
    const auto& inventory = content->evidence.inventory;
    if (!compliance::wants_inventory(page_.company.policy)) return platform::Done{};
    if (inventory.hardware) view_.inventory.hardware = *inventory.hardware;
    view_.inventory.software = software_count(inventory);
    return platform::Done{};
  }

  platform::Status rules() {
    const auto verdicts = store_.rules(tenant(), view_.device.id);
    if (!verdicts) return verdicts.error();
    std::vector<std::pair<std::string, compliance::Text>> order;
    for (const auto& rule : page_.pack.rules) {
      const auto found = verdicts->find(rule.id);
      view_.rules.push_back({rule.id, rule.number, rule.name, found == verdicts->end() ? Verdict::unknown : found->second, {}});
      order.emplace_back(rule.id, rule.name);
    }
    const auto [worst, decides] = deciding_rule(*verdicts, order);
    if (view_.device.standing == Standing::approved) view_.verdict = counted_as(view_.contact, worst);
    if (view_.verdict) view_.decides = decides;
    return platform::Done{};
  }

  platform::Status findings() {
    const auto kept = store_.findings(tenant(), view_.device.id);
    if (!kept) return kept.error();
    const auto plans = store_.plans(tenant(), view_.device.id);
    if (!plans) return plans.error();
    for (const auto& one : *kept) {
      ViewedFinding finding{one, read_finding(one), {}, std::nullopt, false};
      compliance::Finding plain;
      plain.check = one.check;
      plain.verdict = one.verdict;
      finding.text = compliance::render(finding.judged ? finding.judged->finding : plain, compliance::built_in_wording(), reader_);
      for (const auto& plan : *plans)
        if (plan.check == one.check) finding.plan = plan;
      finding.catching_up = one.to_do == ToDo::catching_up;
      rule_for(one.rule).findings.push_back(std::move(finding));
    }
    for (auto& rule : view_.rules)
      std::stable_sort(rule.findings.begin(), rule.findings.end(),
                       [](const ViewedFinding& a, const ViewedFinding& b) { return urgency(a) < urgency(b); });
    return platform::Done{};
  }

  ViewedRule& rule_for(const std::string& id) {
    for (auto& rule : view_.rules)
      if (rule.id == id) return rule;
    return view_.rules.emplace_back(ViewedRule{kExtras, 0, {}, Verdict::not_applicable, {}});
  }

  platform::Status history() {
    auto changes = store_.changes_of(tenant(), view_.device.id, 4 * kShownChanges);
    if (!changes) return changes.error();
    for (auto& change : *changes) {
      const bool wish = change.kind == "device" && change.after == kScanWanted;
      if (wish && !view_.wish) view_.wish = ScanWish{change.at, std::nullopt};
      const bool tells = wish || change.kind == "device" || (change.kind == "check" && !change.before.empty());
      if (tells && view_.changes.size() < static_cast<std::size_t>(kShownChanges)) view_.changes.push_back(std::move(change));
    }
    if (!view_.wish || view_.device.scan_wanted) return platform::Done{};
    const auto marks = store_.report_marks(tenant(), view_.device.id, view_.wish->wished, now_ + std::chrono::seconds{1});
    if (!marks) return marks.error();
    for (const auto& mark : *marks)
      if (mark.scanned_at && *mark.scanned_at >= view_.wish->wished && !view_.wish->answered) view_.wish->answered = mark.stored_at;
    return platform::Done{};
  }

  platform::Status groups() {
    auto group = store_.group(tenant(), view_.device.id);
    if (!group) return group.error();
    view_.group = std::move(*group);
    const auto all = store_.groups(tenant());
    if (!all) return all.error();
    for (const auto& [name, pcs] : *all) view_.groups.push_back(name);
    return platform::Done{};
  }

  Store& store_;
  const CompanyPage& page_;
  Time now_;
  compliance::Reader reader_;
  DeviceView view_;
};

}  // namespace

Result<Device> device_of(Store& store, const std::string& tenant, const std::string& id) {
  auto device = store.device_by_id(id);
  if (!device) return device;
  // A key may belong to another company.
  if (device->tenant != tenant || device->standing == Standing::removed) return Error{ErrorKind::not_found, "no such PC"};
  return device;
}

Result<DeviceView> device_view(Store& store, const std::string& tenant, const std::string& id, Time now, const Library* library) {
  CompanyBook book(store, library);
  const auto held = book.of(tenant, now);
  if (!held) return held.error();
  auto device = device_of(store, tenant, id);
  if (!device) return device.error();
  return Viewer(store, **held, now).view(std::move(*device));
}

Result<platform::Json> last_report(Store& store, const Device& device) {
  const auto report = store.report(device.tenant, device.id, device.latest);
  if (!report) return report.error();
  const auto text = protocol::expand(report->body, protocol::kMaxReportBytes);
  if (!text) return text.error();
  return platform::parse_json(*text, protocol::kMaxReportBytes);
}

}  // namespace gokajo::hub
