#include <algorithm>

#include "collectors/antivirus.h"
#include "collectors/antivirus_products.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Antivirus, compliance::AntivirusProduct, compliance::Fact, compliance::RealTime;
using platform::ask, platform::ErrorKind, platform::Host, platform::Process, platform::StatFile;

namespace {

struct KnownProduct {
  const char* name;
  Paths proofs;
  Paths engines;
  std::string_view folder;
  void (*ask_state)(const Host&, const ProcessList&, AntivirusProduct&);
};

const std::vector<KnownProduct>& known_products() {
  static const std::vector<KnownProduct> kProducts = {
#define GOKAJO_ANTIVIRUS(name, proofs, engines, folder, ask_state) {name, proofs, engines, folder, ask_state},
#include "collectors/antivirus_products.inc"
#undef GOKAJO_ANTIVIRUS
  };
  return kProducts;
}

// Programs with permission marks that are no antivirus: fapolicyd(8) decides which programs may run at all.
constexpr std::string_view kNoAntivirus[] = {"/usr/sbin/fapolicyd", "/usr/bin/fapolicyd", "/usr/sbin/clamonacc", "/usr/bin/clamonacc"};

bool belongs(const Process& process, std::string_view folder, const Paths& paths) {
  if (!process.executable) return false;
  if (!folder.empty() && process.executable->starts_with(folder)) return true;
  return std::any_of(paths.begin(), paths.end(), [&](std::string_view path) {
    return path.ends_with('*') ? process.executable->starts_with(path.substr(0, path.size() - 1)) : *process.executable == path;
  });
}

constexpr const char* kNoWay = "this product has no way to ask that is known here";

template <class T>
Fact<T> not_told(const std::string& source, platform::Time at) {
  return compliance::no_fact<T>({ErrorKind::unsupported, kNoWay}, source, at);
}

// Judging accepts "unsupported" as a product that has no way to tell. One that has, and could not be asked for that reason, failed.
template <class T>
void keep_apart(Fact<T>& fact) {
  if (!fact && fact.absent == ErrorKind::unsupported && fact.detail != kNoWay) fact.absent = ErrorKind::failed;
}

void keep_apart(AntivirusProduct& product) {
  keep_apart(product.running);
  keep_apart(product.real_time);
  keep_apart(product.definitions);
  keep_apart(product.licensed);
  keep_apart(product.expires);
  keep_apart(product.scanned);
}

// The path that shows the product is there; an error other than not_found is kept in `unclear`.
std::optional<std::string> installed_at(const Host& host, const KnownProduct& known,
                                        std::optional<platform::Seen<platform::FileStatus>>& unclear) {
  for (const auto path : known.proofs) {
    const auto seen = ask(host, StatFile{.path = std::string(path)});
    if (seen) return std::string(path);
    if (seen.error().kind != ErrorKind::not_found) unclear = seen;
  }
  return std::nullopt;
}

AntivirusProduct describe(const Host& host, const KnownProduct& known, std::string proof, const ProcessList& list) {
  AntivirusProduct product;
  product.name = known.name;
  product.running = known.engines.empty() ? not_told<bool>(proof, list.observed_at) : any_runs(list, known.engines);
  product.real_time = not_told<RealTime>(proof, list.observed_at);
  product.definitions = not_told<compliance::Definitions>(proof, list.observed_at);
  product.licensed = not_told<bool>(proof, list.observed_at);
  product.expires = not_told<platform::Time>(proof, list.observed_at);
  product.scanned = not_told<platform::Time>(proof, list.observed_at);
  product.proof = std::move(proof);
  known.ask_state(host, list, product);
  keep_apart(product);
  if (!product.real_time && product.real_time.absent == ErrorKind::unsupported) {
    const auto guards = guards_opens(list, known.folder, known.engines);
    if (!guards)
      product.real_time = compliance::no_fact<RealTime>({guards.absent, guards.detail}, guards.source, guards.observed_at);
    else if (*guards)
      product.real_time = compliance::fact(RealTime::on, guards.source, guards.observed_at);
    keep_apart(product);
  }
  return product;
}

// A process that would not show itself may be an engine. The first process may not: it starts the others, and some systems hide it even
// from root.
bool may_be_engine(const platform::Process& process) { return process.pid != 1; }

Fact<std::vector<std::string>> other_guards(const ProcessList& list) {
  using Names = std::vector<std::string>;
  if (!list) return unavailable<Names>(list);
  Names names;
  for (const auto& process : list->processes) {
    if (!process.fanotify_permission && !may_be_engine(process)) continue;
    if (!process.fanotify_permission)
      return compliance::no_fact<Names>({ErrorKind::denied, "open files of other users' programs"}, list.source, list.observed_at);
    if (!*process.fanotify_permission) continue;
    const std::string name = process.executable.value_or(process.name);
    bool known = std::find(std::begin(kNoAntivirus), std::end(kNoAntivirus), name) != std::end(kNoAntivirus);
    for (const auto& product : known_products()) known = known || belongs(process, product.folder, product.engines);
    if (!known && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return observed(std::move(names), list);
}

}  // namespace

Fact<bool> any_runs(const ProcessList& list, const Paths& executables) {
  if (!list) return unavailable<bool>(list);
  bool hidden = false;
  for (const auto& process : list->processes) {
    if (belongs(process, "", executables)) return observed(true, list);
    hidden = hidden || (process.executable_denied && may_be_engine(process));
  }
  if (hidden) return compliance::no_fact<bool>({ErrorKind::denied, "executables of other users' programs"}, list.source, list.observed_at);
  return observed(false, list);
}

Fact<bool> guards_opens(const ProcessList& list, std::string_view folder, const Paths& paths) {
  if (!list) return unavailable<bool>(list);
  bool hidden = false;
  for (const auto& process : list->processes) {
    if (!belongs(process, folder, paths)) {
      hidden = hidden || (process.executable_denied && may_be_engine(process));
      continue;
    }
    if (process.fanotify_permission == true) return observed(true, list);
    hidden = hidden || !process.fanotify_permission;
  }
  if (hidden) return compliance::no_fact<bool>({ErrorKind::denied, "open files of other users' programs"}, list.source, list.observed_at);
  return observed(false, list);
}

// Where the engine lies is general knowledge, not proven: seeing it proves that it runs, not seeing it proves nothing.
void ask_nothing(const Host&, const ProcessList& list, AntivirusProduct& product) {
  if (product.running && !*product.running) product.running = not_told<bool>(product.proof, list.observed_at);
}

Antivirus collect_antivirus_linux(const Host& host) {
  const auto list = ask(host, platform::ListProcesses{});
  Antivirus found;
  std::vector<AntivirusProduct> products;
  std::optional<platform::Seen<platform::FileStatus>> unclear;
  for (const auto& known : known_products())
    if (auto proof = installed_at(host, known, unclear)) products.push_back(describe(host, known, std::move(*proof), list));
  // A product that may be there but could not be looked for leaves the list unknown only when it could change what is said.
  if (products.empty() && unclear)
    found.products = unavailable<std::vector<AntivirusProduct>>(*unclear);
  else
    found.products = observed(std::move(products), list);
  found.other_guards = other_guards(list);
  return found;
}

}  // namespace gokajo::collectors
