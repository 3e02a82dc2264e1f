#include <algorithm>
#include <map>

#include "collectors/antivirus.h"
#include "collectors/antivirus_vendors_windows.h"
#include "collectors/defender_windows.h"
#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Antivirus, compliance::AntivirusProduct, compliance::Definitions, compliance::Device, compliance::Fact,
    compliance::no_fact, compliance::WindowsKind, compliance::RealTime, compliance::Time;
using platform::AskApi, platform::ask, platform::ErrorKind, platform::Host, platform::Rows, platform::Seen, platform::StatFile;

namespace {

constexpr const char* kDefender = "WinDefend";
constexpr const char* kDefenderPage = "windowsdefender://";
constexpr std::int64_t kAntivirus = 4;                                 // WSC_SECURITY_PROVIDER_ANTIVIRUS
constexpr std::int64_t kGood = 0;                                      // WSC_SECURITY_PROVIDER_HEALTH_GOOD
constexpr std::int64_t kOn = 0, kOff = 1, kSnoozed = 2, kExpired = 3;  // WSC_SECURITY_PRODUCT_STATE
constexpr std::int64_t kRunning = 4;                                   // SERVICE_RUNNING

// An entry of the Security Center.
struct Entry {
  std::string name;
  std::int64_t state = kOff;
  std::optional<bool> current;
  std::string program;
};

struct Entries {
  Seen<Rows> seen;
  std::vector<Entry> list;
  bool answered = false;
  bool unread_entry = false;  // it may be of a product that is on
  bool is_server = false;

  // A server has no Security Center, and nothing is missing then; a workstation without one tells nothing.
  bool is_whole() const { return (answered && !unread_entry) || (is_server && !seen && seen.error().kind == ErrorKind::unsupported); }
  Fact<std::vector<AntivirusProduct>> missing() const {
    platform::Error why{ErrorKind::failed, "the Security Center has not started yet"};
    if (unread_entry) why = {ErrorKind::malformed, "an entry without provider, name or state"};
    return no_fact<std::vector<AntivirusProduct>>(seen ? why : seen.error(), seen.source, seen.observed_at);
  }
};

// What the Security Center thinks now of antivirus. A service that has not started yet calls everything poor, and its list says nothing.
struct Health {
  bool not_started = false;
  bool good = false;
};

Health health_of(const Host& host) {
  Health found;
  const auto health = ask(host, AskApi{.api = "security_health"});
  if (!health) return found;
  for (const auto& row : health->rows) {
    const auto provider = number_in(row, "provider"), state = number_in(row, "health");
    const auto running = truth_in(row, "service_running");
    if (!provider || *provider != kAntivirus || !running || !*running) continue;
    found.not_started = found.not_started || *running == false;
    found.good = *running == true && state && *state && **state == kGood;
  }
  return found;
}

Entries registered(const Host& host, const Device& device) {
  Entries entries{ask(host, AskApi{.api = "security_products"}), {}, false};
  entries.is_server = device.windows && device.windows->kind != WindowsKind::workstation;
  if (!entries.seen) return entries;
  const auto health = health_of(host);
  if (health.not_started) return entries;
  // Whoever could contradict an earlier answer must have been heard: what is not known now could be that it is off.
  if (entries.seen.no_newer && !health.good) entries.seen = held_back(entries.seen);
  if (!entries.seen) return entries;
  std::map<std::string, Entry> by_name;  // an update leaves a second entry behind: the one that is on is the product's
  for (const auto& row : entries.seen->rows) {
    const auto provider = number_in(row, "provider"), state = number_in(row, "state"), signatures = number_in(row, "signatures");
    const auto name = text_in(row, "name"), program = text_in(row, "remediation");
    if (provider && *provider && **provider != kAntivirus) continue;
    if (!provider || !*provider || !name || !*name || !state || !*state || !program) {
      entries.unread_entry = true;  // of a bad entry the others are not lost
      continue;
    }
    Entry entry{**name, **state, std::nullopt, program->value_or("")};
    if (signatures && *signatures) entry.current = **signatures == 1;
    // What was up to date days ago may be out of date now.
    if (entries.seen.no_newer && entry.current == true) entry.current.reset();
    const auto [place, is_new] = by_name.try_emplace(entry.name, entry);
    if (!is_new && place->second.state != kOn) place->second = entry;
  }
  for (auto& [name, entry] : by_name) entries.list.push_back(std::move(entry));
  entries.answered = true;
  return entries;
}

// An answer that names what was not asked for is none: a service that runs could stand behind the foreign name.
Seen<Rows> services(const Host& host) {
  const auto question = antivirus_services();
  auto seen = ask(host, question);
  if (!seen) return seen;
  for (const auto& row : seen->rows) {
    const auto name = text_in(row, "name");
    if (name && *name && std::find(question.arguments.begin(), question.arguments.end(), **name) == question.arguments.end())
      seen.result = platform::Error{ErrorKind::malformed, "a service that was not asked for"};
    if (!seen) break;
  }
  return seen;
}

// Whether a service runs; not_found where it is not there.
Fact<bool> runs(const Seen<Rows>& services, std::string_view wanted) {
  if (!services) return unavailable<bool>(services);
  bool all_named = true;
  for (const auto& row : services->rows) {
    const auto name = text_in(row, "name");
    all_named = all_named && name && *name;
    if (!name || *name != wanted) continue;
    const auto state = number_in(row, "state");
    return state && *state ? observed(**state == kRunning, services) : malformed<bool>("no state", services);
  }
  if (!all_named) return malformed<bool>("a service without a name", services);
  return no_fact<bool>({ErrorKind::not_found, std::string(wanted)}, services.source, services.observed_at);
}

// Whether any service of it runs.
Fact<bool> runs(const Seen<Rows>& services, const WindowsVendor& vendor) {
  if (!services) return unavailable<bool>(services);
  std::optional<Fact<bool>> unclear;
  for (const auto name : vendor.services) {
    auto one = runs(services, name);
    if (one.value == true) return one;
    if (!one && one.absent != ErrorKind::not_found) unclear = std::move(one);
  }
  return unclear ? std::move(*unclear) : observed(false, services);
}

// A product that was removed stays registered: its program is gone, and no service of it runs. Of one whose services nobody knows or
// could ask, a program that is gone proves nothing, and of one without a service the program must be seen.
enum class Remains { product, nothing, unclear };
Remains remains_of(const Host& host, const Entry& entry, const Fact<bool>& service) {
  const auto& path = entry.program;
  const bool plain = path.size() > 3 && path[1] == ':' && path[2] == '\\' && path.ends_with(".exe");
  if (!plain || service.value == true) return Remains::product;
  const auto there = ask(host, StatFile{.path = path});
  if (there) return Remains::product;
  return there.error().kind == ErrorKind::not_found && service ? Remains::nothing : Remains::unclear;
}

platform::Error reason_of(const Fact<bool>& service) {
  if (!service && service.absent != ErrorKind::not_asked) return {service.absent, service.detail};
  return {ErrorKind::failed, "its program is not seen, and no service of it is known to run"};
}

AntivirusProduct of_entry(const Host& host, const Entry& entry, const WindowsVendor* vendor, const Fact<bool>& service,
                          const Seen<Rows>& seen) {
  AntivirusProduct product;
  product.name = entry.name;
  product.proof = entry.program.empty() ? "Security Center" : entry.program;
  product.expires = no_fact<Time>({ErrorKind::unsupported, "no date is told"}, seen.source, seen.observed_at);
  product.licensed = no_fact<bool>({ErrorKind::unsupported, "not told"}, seen.source, seen.observed_at);
  if (entry.state == kExpired) product.licensed = observed(false, seen);
  product.running = entry.state == kOff ? observed(service.value.value_or(false), seen) : observed(true, seen);
  if (entry.state < kOn || entry.state > kExpired)
    product.real_time = malformed<RealTime>("unknown state", seen);
  else
    product.real_time = observed(entry.state == kOn ? RealTime::on : RealTime::off, seen);
  Definitions definitions{.used = !vendor || vendor->definitions};
  if (vendor && vendor->definitions) definitions.published = written_date(host, *vendor);
  definitions.called_current = entry.current;
  const bool told = !definitions.used || definitions.published || definitions.called_current;
  product.definitions = told ? observed(std::move(definitions), seen)
                             : no_fact<Definitions>({ErrorKind::not_asked, "not told"}, seen.source, seen.observed_at);
  product.scanned = no_fact<Time>({ErrorKind::unsupported, "not told"}, seen.source, seen.observed_at);
  product.quick_scanned = product.scanned;
  return product;
}

// Its service runs, and whether it guards is for its console to say: it is registered nowhere.
AntivirusProduct unregistered(const WindowsVendor& vendor, const Seen<Rows>& services) {
  const auto not_told = [&](ErrorKind kind) { return platform::Error{kind, "it is not registered at the Security Center"}; };
  AntivirusProduct product;
  product.name = vendor.name;
  product.proof = vendor.services.front();
  product.running = observed(true, services);
  product.real_time = no_fact<RealTime>(not_told(ErrorKind::not_found), services.source, services.observed_at);
  product.definitions = no_fact<Definitions>(not_told(ErrorKind::not_found), services.source, services.observed_at);
  if (!vendor.definitions) product.definitions = observed(Definitions{.used = false}, services);
  product.licensed = no_fact<bool>(not_told(ErrorKind::unsupported), services.source, services.observed_at);
  product.expires = no_fact<Time>(not_told(ErrorKind::unsupported), services.source, services.observed_at);
  product.scanned = no_fact<Time>(not_told(ErrorKind::unsupported), services.source, services.observed_at);
  product.quick_scanned = product.scanned;
  return product;
}

}  // namespace

Antivirus collect_antivirus_windows(const Host& host, const Device& device) {
  const auto entries = registered(host, device);
  const auto running = services(host);
  std::vector<AntivirusProduct> found;
  std::vector<const WindowsVendor*> seen_vendors;
  std::optional<Registered> defenders_entry;
  for (const auto& entry : entries.list) {
    if (entry.program.starts_with(kDefenderPage)) {
      defenders_entry = {entry.state == kOn, entry.current};
      continue;
    }
    const auto* vendor = vendor_named(entry.name);
    const auto service = vendor ? runs(running, *vendor) : Fact<bool>{};
    const auto remains = remains_of(host, entry, service);
    if (remains == Remains::nothing) continue;
    if (vendor) seen_vendors.push_back(vendor);
    found.push_back(of_entry(host, entry, vendor, service, entries.seen));
    if (remains == Remains::unclear)
      found.back().running = compliance::no_fact<bool>(reason_of(service), entry.program, entries.seen.observed_at);
    // It may have been removed since: its own service, asked now, must run.
    if (entries.seen.no_newer && service.value != true)
      found.back().running = compliance::no_fact<bool>(*entries.seen.no_newer, entry.program, entries.seen.observed_at);
  }
  const bool another_is_on =
      std::any_of(found.begin(), found.end(), [](const auto& product) { return product.real_time.value == RealTime::on; });
  const auto service = runs(running, kDefender);
  const DefenderAsked asked{.of_class = !another_is_on && !entries.unread_entry, .called_good = health_of(host).good};
  if (auto product = defender(host, defenders_entry, service, asked)) found.push_back(std::move(*product));
  if (running)
    for (const auto& vendor : windows_vendors())
      if (std::find(seen_vendors.begin(), seen_vendors.end(), &vendor) == seen_vendors.end() && runs(running, vendor).value == true)
        found.push_back(unregistered(vendor, running));
  Antivirus antivirus;
  antivirus.products = running ? observed(std::move(found), running) : observed(std::move(found), entries.seen);
  // Nothing that is registered and no service that is known: other programs that could guard are not looked for on Windows.
  antivirus.other_guards = running ? observed(std::vector<std::string>{}, running) : unavailable<std::vector<std::string>>(running);
  // Where the Security Center should tell and does not, a product nobody knows may guard: the list is good only with one that does.
  const auto& products = *antivirus.products;
  const bool one_guards = std::any_of(products.begin(), products.end(), [](const auto& product) {
    return product.running.value == true && product.real_time.value == RealTime::on;
  });
  if (!one_guards && !entries.is_whole()) antivirus.products = entries.missing();
  return antivirus;
}

}  // namespace gokajo::collectors
