#include "hub/export/tables.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "compliance/wording.h"
#include "hub/company_book.h"
#include "hub/contacts.h"
#include "hub/counted.h"
#include "hub/counters.h"
#include "hub/kept_finding.h"
#include "hub/web/layout.h"
#include "hub/withheld.h"

namespace gokajo::hub {

using compliance::Language, compliance::Verdict;
using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

// One company's PCs, with what every table says of them.
class Pcs {
 public:
  Pcs(const ExportQuestion& question, const CompanyPage& page, Contacts contacts)
      : question_(question), contacts_(std::move(contacts)), reader_{static_cast<int>(page.company.offset_minutes), {}} {}

  static Result<Pcs> of(const ExportQuestion& question, const CompanyPage& page) {
    auto contacts = contacts_of(question.store, calendar_of(page.company), page.company.id, question.now);
    if (!contacts) return contacts.error();
    return Pcs(question, page, std::move(*contacts));
  }

  std::string word(const char* key) const { return page_word(key, question_.language); }
  Cell day(Time time) const {
    return {compliance::render_day(time, question_.language, reader_), platform::local_day(time, reader_.offset_minutes)};
  }
  Cell day(const std::optional<Time>& time) const { return time ? day(*time) : Cell(); }

  std::optional<Contact> contact(const Device& device) const {
    return device.standing == Standing::approved ? std::optional(contacts_.of(device.id)) : std::nullopt;
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
  Contacts contacts_;
  compliance::Reader reader_;
};

Result<std::shared_ptr<const CompanyPage>> page_of(const ExportQuestion& question, const std::string& tenant) {
  return CompanyBook(question.store, question.library).of(tenant, question.now);
}

constexpr std::int64_t kPcsAtOnce = 2000;

// Calls `some` with the PCs that were not removed, by name, so many at a time.
Status each_some(Store& store, const std::string& tenant, const std::function<Status(const std::vector<JudgedDevice>&)>& some) {
  std::optional<Device> last;
  for (;;) {
    auto devices = store.devices_behind(tenant, last ? &*last : nullptr, kPcsAtOnce);
    if (!devices) return devices.error();
    if (devices->empty()) return Done{};
    if (auto done = some(*devices); !done) return done;
    if (static_cast<std::int64_t>(devices->size()) < kPcsAtOnce) return Done{};
    last = std::move(devices->back().device);
  }
}

}  // namespace

Status results_table(const ExportQuestion& question, const std::string& tenant, const RowSink& sink) {
  const auto page = page_of(question, tenant);
  if (!page) return page.error();
  const auto made = Pcs::of(question, **page);
  if (!made) return made.error();
  const auto& pcs = *made;
  const auto rejudging = rejudgings_of(question.store).rejudging(tenant);
  if (!rejudging) return rejudging.error();
  const bool withheld = rejudging->has_value();  // as hub/counted.h has it
  TableRow row = {pcs.word("export.pc"), pcs.word("export.state"), pcs.word("export.last_heard")};
  for (const auto& rule : (*page)->pack.rules) row.push_back(rule.name.in(question.language));
  if (auto taken = sink(row); !taken) return taken;
  std::vector<DeviceRule> rules;
  return each_some(question.store, tenant, [&](const std::vector<JudgedDevice>& devices) -> Status {
    for (const auto& [device, verdicts] : devices) {
      const auto contact = pcs.contact(device);
      rules.clear();
      if (!read_verdicts(device.id, verdicts, rules)) return Error{ErrorKind::failed, "store: damaged: verdicts of " + device.id};
      row = {shown(device.shown_name()), pcs.state(contact), pcs.day(device.last_receipt)};
      for (const auto& rule : (*page)->pack.rules) {
        const auto own = std::find_if(rules.begin(), rules.end(), [&](const DeviceRule& one) { return one.rule == rule.id; });
        auto counted = contact ? counted_as(*contact, own == rules.end() ? Verdict::unknown : own->verdict) : std::nullopt;
        if (counted && withheld && is_good(*counted)) counted = Verdict::unknown;
        row.push_back(counted ? std::string(compliance::verdict_name(*counted, question.language)) : "");
      }
      if (auto taken = sink(row); !taken) return taken;
    }
    return Done{};
  });
}

Status assets_table(const ExportQuestion& question, const std::string& tenant, const RowSink& sink) {
  const auto page = page_of(question, tenant);
  if (!page) return page.error();
  const auto made = Pcs::of(question, **page);
  if (!made) return made.error();
  const auto& pcs = *made;
  TableRow row;
  for (const char* key : {"export.pc", "export.host_name", "export.system", "export.vendor", "export.model", "export.memory",
                          "export.state", "export.registered", "export.last_heard"})
    row.push_back(pcs.word(key));
  if (auto taken = sink(row); !taken) return taken;
  return each_some(question.store, tenant, [&](const std::vector<JudgedDevice>& devices) -> Status {
    for (const auto& [device, verdicts] : devices) {
      const auto& machine = device.machine;
      const auto taken = sink({shown(device.shown_name()), shown(device.host_name), shown(machine.system), shown(machine.vendor),
                               shown(machine.model), machine.memory_mib > 0 ? count_cell(machine.memory_mib) : Cell(),
                               pcs.state(pcs.contact(device)), pcs.day(device.enrolled), pcs.day(device.last_receipt)});
      if (!taken) return taken;
    }
    return Done{};
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
    const auto counted = counted_now(question.store, (*page)->company, question.now);
    if (!counted) return counted.error();
    const auto of = [&](const char* what, const char* verdict) { return counter_of(counted->counters, what, verdict); };
    const auto& company = (*page)->company;
    Line line;
    line.row = {shown(company.name),
                company.stated_devices ? count_cell(*company.stated_devices) : Cell(),
                count_cell(of("device", "approved")),
                count_cell(of("device", "waiting")),
                count_cell(counted->silent),
                count_cell(counted->resting)};
    for (const char* rule : {"updates", "antivirus", "passwords", "sharing", "threats"}) {
      line.to_fix = std::max(line.to_fix, of(rule, "fail"));
      line.row.push_back(count_cell(of(rule, "fail")));
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
