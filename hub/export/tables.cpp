#include "hub/export/tables.h"

#include <algorithm>

#include "compliance/wording.h"
#include "hub/company_book.h"
#include "hub/kept_content.h"
#include "hub/silence.h"
#include "hub/web/layout.h"
#include "protocol/content.h"

namespace gokajo::hub {

using compliance::Language, compliance::Verdict;
using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

namespace {

// One company's PCs, with what every table says of them.
class Pcs {
 public:
  Pcs(const ExportQuestion& question, const CompanyPage& page)
      : question_(question), calendar_(calendar_of(page.company)), reader_{static_cast<int>(page.company.offset_minutes), {}} {}

  std::string word(const char* key) const { return page_word(key, question_.language); }
  std::string day(Time time) const { return compliance::render_day(time, question_.language, reader_); }

  Result<std::optional<Contact>> contact(const Device& device) const {
    if (device.standing != Standing::approved) return std::optional<Contact>();
    const auto contact = contact_of(question_.store, calendar_, device, question_.now);
    if (!contact) return contact.error();
    return std::optional(*contact);
  }

  std::string state(std::optional<Contact> contact) const {
    if (!contact) return word("export.waiting");
    switch (*contact) {
      case Contact::silent:
        return word("export.silent");
      case Contact::resting:
      case Contact::resting_heard:
        return word("export.resting");
      case Contact::heard:
        break;
    }
    return word("export.heard");
  }

 private:
  const ExportQuestion& question_;
  Calendar calendar_;
  compliance::Reader reader_;
};

Result<std::shared_ptr<const CompanyPage>> page_of(const ExportQuestion& question, const std::string& tenant) {
  return CompanyBook(question.store, question.library).of(tenant, question.now);
}

// Calls `row` with each PC that was not removed.
Status each_pc(Store& store, const std::string& tenant, const std::function<Status(const Device&)>& row) {
  const auto devices = store.devices(tenant);
  if (!devices) return devices.error();
  for (const auto& device : *devices)
    if (device.standing != Standing::removed)
      if (auto done = row(device); !done) return done;
  return Done{};
}

// What its last report says of the machine; empty where none can be read.
struct Machine {
  std::string system;
  compliance::Hardware hardware;
};

std::string system_of(const compliance::Device& device) {
  if (device.windows) {
    const auto& windows = *device.windows;
    std::string name = windows.kind != compliance::WindowsKind::workstation ? "Windows Server"
                       : windows.build >= 22000                             ? "Windows 11"
                                                                            : "Windows 10";
    name += " " + windows.edition + " " + windows.display_version + " (" + std::to_string(windows.build);
    return name + (windows.level ? "." + std::to_string(*windows.level) : "") + ")";
  }
  return device.os ? device.os->pretty_name : "";
}

Result<Machine> machine_of(Store& store, const Device& device) {
  const auto kept = store.content(device.tenant, device.id, Store::Which::current);
  if (!kept) return kept.error().kind == ErrorKind::not_found ? Result<Machine>(Machine{}) : kept.error();
  auto json = content_of(*kept);
  if (!json) return json.error();
  const auto content = protocol::read_content(std::move(*json), kept->scanned_at);
  if (!content) return Machine{};
  const auto& hardware = content->evidence.inventory.hardware;
  return Machine{system_of(content->evidence.device), hardware ? *hardware : compliance::Hardware{}};
}

}  // namespace

Status results_table(const ExportQuestion& question, const std::string& tenant, const RowSink& sink) {
  const auto page = page_of(question, tenant);
  if (!page) return page.error();
  const Pcs pcs(question, **page);
  TableRow row = {pcs.word("export.pc"), pcs.word("export.state"), pcs.word("export.last_heard")};
  for (const auto& rule : (*page)->pack.rules) row.push_back(rule.name.in(question.language));
  if (auto taken = sink(row); !taken) return taken;
  return each_pc(question.store, tenant, [&](const Device& device) -> Status {
    const auto contact = pcs.contact(device);
    if (!contact) return contact.error();
    const auto rules = question.store.rules(tenant, device.id);
    if (!rules) return rules.error();
    row = {shown(device.shown_name()), pcs.state(*contact), device.last_receipt ? pcs.day(*device.last_receipt) : ""};
    for (const auto& rule : (*page)->pack.rules) {
      const auto found = rules->find(rule.id);
      const auto verdict = found == rules->end() ? Verdict::unknown : found->second;
      const auto counted = *contact ? counted_as(**contact, verdict) : std::nullopt;
      row.push_back(counted ? std::string(compliance::verdict_name(*counted, question.language)) : "");
    }
    return sink(row);
  });
}

Status assets_table(const ExportQuestion& question, const std::string& tenant, const RowSink& sink) {
  const auto page = page_of(question, tenant);
  if (!page) return page.error();
  const Pcs pcs(question, **page);
  TableRow row;
  for (const char* key : {"export.pc", "export.host_name", "export.system", "export.vendor", "export.model", "export.memory",
                          "export.state", "export.registered", "export.last_heard"})
    row.push_back(pcs.word(key));
  if (auto taken = sink(row); !taken) return taken;
  return each_pc(question.store, tenant, [&](const Device& device) -> Status {
    const auto contact = pcs.contact(device);
    if (!contact) return contact.error();
    const auto machine = machine_of(question.store, device);
    if (!machine) return machine.error();
    const auto& hardware = machine->hardware;
    return sink({shown(device.shown_name()), shown(device.host_name), shown(machine->system), shown(hardware.vendor), shown(hardware.model),
                 hardware.memory_mib > 0 ? std::to_string(hardware.memory_mib) : "", pcs.state(*contact), pcs.day(device.enrolled),
                 device.last_receipt ? pcs.day(*device.last_receipt) : ""});
  });
}

Status companies_table(const ExportQuestion& question, const std::vector<std::string>& tenants, const RowSink& sink) {
  struct Line {
    std::int64_t to_fix = 0;
    TableRow row;
  };
  std::vector<Line> lines;
  for (const auto& tenant : tenants) {
    const auto page = page_of(question, tenant);
    if (!page) return page.error();
    const Pcs pcs(question, **page);
    std::int64_t approved = 0, waiting = 0, silent = 0, resting = 0;
    std::map<std::string, std::int64_t> failing;
    const auto counted = each_pc(question.store, tenant, [&](const Device& device) -> Status {
      const auto contact = pcs.contact(device);
      if (!contact) return contact.error();
      if (!*contact) return ++waiting, Status(Done{});
      ++approved;
      silent += **contact == Contact::silent;
      resting += **contact == Contact::resting || **contact == Contact::resting_heard;
      const auto rules = question.store.rules(tenant, device.id);
      if (!rules) return rules.error();
      for (const auto& [rule, verdict] : *rules) failing[rule] += counted_as(**contact, verdict) == Verdict::fail;
      return Done{};
    });
    if (!counted) return counted;
    const auto& company = (*page)->company;
    Line line;
    line.row = {shown(company.name),      company.stated_devices ? std::to_string(*company.stated_devices) : "",
                std::to_string(approved), std::to_string(waiting),
                std::to_string(silent),   std::to_string(resting)};
    for (const char* rule : {"updates", "antivirus", "passwords", "sharing", "threats"}) {
      line.to_fix = std::max(line.to_fix, failing[rule]);
      line.row.push_back(std::to_string(failing[rule]));
    }
    lines.push_back(std::move(line));
  }
  const auto word = [&](const char* key) { return page_word(key, question.language); };
  TableRow head = {word("export.company"), word("export.stated"), word("export.registered_pcs"),
                   word("export.waiting"), word("export.silent"), word("export.resting")};
  for (const char* key :
       {"export.to_fix.updates", "export.to_fix.antivirus", "export.to_fix.passwords", "export.to_fix.sharing", "export.to_fix.threats"})
    head.push_back(word(key));
  if (auto taken = sink(head); !taken) return taken;
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.to_fix > b.to_fix; });
  for (const auto& line : lines)
    if (auto taken = sink(line.row); !taken) return taken;
  return Done{};
}

}  // namespace gokajo::hub
