#include <algorithm>
#include <functional>

#include "collectors/dnf_automatic.h"
#include "collectors/parse/dnf.h"
#include "collectors/parse/lines.h"
#include "collectors/rpm_packages.h"
#include "collectors/rpm_restart.h"
#include "collectors/seen.h"
#include "collectors/updates_dnf.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::PackageManager, compliance::PendingState, compliance::PendingUpdate, compliance::PendingUpdates,
    compliance::Tristate;
using parse::DnfAdvisory, parse::DnfOffer;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Result, platform::RunHelper;

namespace {

using Words = std::vector<std::string>;

// dnf 4 exits 0 without a word when -C finds no cache, unless skip_if_unavailable is off (measured on 4.14); exit_on_lock: another dnf
// may hold the lock for hours. logdir and persistdir: what it would write to /var/log and /var/lib/dnf.
const Words kCacheOnly = {"-C", "--setopt=skip_if_unavailable=0", "--setopt=exit_on_lock=1", "--setopt=logdir=/run/gokajo/dnf",
                          "--setopt=persistdir=/run/gokajo/dnf"};
const Words kNothingLeftOut = {"--disableexcludes=all", "--disableplugin=versionlock"};

struct Dnf {
  const Host& host;
  bool five = false;
  std::vector<std::string> inputs;  // what decides the answers: indexes, configuration, the rpm database

  platform::Seen<platform::HelperOutput> run(const Words& options, const Words& command) const {
    RunHelper question{.helper = five ? "dnf5" : "dnf4", .arguments = kCacheOnly};
    // dnf5(8) knows no exit_on_lock, and keeps no history that a question would open.
    if (five)
      std::erase_if(question.arguments,
                    [](const auto& word) { return word == "--setopt=exit_on_lock=1" || word.starts_with("--setopt=persistdir"); });
    question.arguments.insert(question.arguments.end(), options.begin(), options.end());
    question.arguments.insert(question.arguments.end(), command.begin(), command.end());
    question.unchanged_while = inputs;
    return ask(host, question);
  }
};

Error unexpected_end(const platform::HelperOutput& output) {
  return {ErrorKind::failed, "dnf ended with " + std::to_string(output.exit_code) + ": " + output.err.data};
}

// Exit 100: there are updates; 0: none.
Result<std::vector<DnfOffer>> offers(const Dnf& dnf, Words options) {
  options.insert(options.begin(), "-q");
  const auto seen = dnf.run(options, {dnf.five ? "check-upgrade" : "check-update"});
  if (!seen) return seen.error();
  if (seen->exit_code != 0 && seen->exit_code != 100) return unexpected_end(*seen);
  auto rows = parse::dnf_offers(seen->out.data);
  if (!rows) return Error{ErrorKind::malformed, "expected rows of package, version, repository"};
  return std::move(*rows);
}

Result<std::vector<DnfAdvisory>> advisories(const Dnf& dnf, Words options) {
  options.insert(options.begin(), "-q");
  const auto seen =
      dnf.run(options, dnf.five ? Words{"advisory", "list", "--security", "--json"} : Words{"updateinfo", "list", "--security"});
  if (!seen) return seen.error();
  if (seen->exit_code != 0) return unexpected_end(*seen);
  auto rows = dnf.five ? parse::dnf5_advisories(seen->out.data) : parse::dnf_advisories(seen->out.data);
  if (!rows) return Error{ErrorKind::malformed, "expected rows of advisory, severity, package"};
  if (dnf.five || rows->empty()) return std::move(*rows);
  const auto info = dnf.run(options, {"updateinfo", "info", "--security"});
  if (info && info->exit_code == 0)
    for (const auto dates = parse::dnf_advisory_dates(info->out.data); auto& row : *rows)
      if (const auto found = dates.find(row.id); found != dates.end()) row.updated = found->second;
  return std::move(*rows);
}

// The names a person holds: the first word of each pattern up to its version ("hana-0:1.0-1.*"); "!" excludes one version only.
std::vector<std::string> held_names(const Host& host) {
  std::vector<std::string> names;
  const auto list = ask(host, ReadFile{.path = "/etc/dnf/plugins/versionlock.list"});
  if (!list) return names;
  for (const auto line : parse::lines(list->bytes.data)) {
    const auto word = parse::trimmed(line.substr(0, line.find('#')));
    if (word.empty() || word.front() == '!') continue;
    const auto release = word.rfind('-');
    const auto version = release == std::string_view::npos || release == 0 ? release : word.rfind('-', release - 1);
    names.emplace_back(word.substr(0, version));
  }
  return names;
}

bool leaves_packages_out(const Host& host, const RpmRepositories& repositories) {
  if (repositories.excluding) return true;
  const auto main = ask(host, ReadFile{.path = "/etc/dnf/dnf.conf", .reducer = "package_repositories"});
  if (main && main->bytes.data.find("clude") != std::string::npos) return true;
  for (const char* list : {"/etc/dnf/plugins/versionlock.list", "/etc/dnf/versionlock.toml"})
    if (ask(host, platform::StatFile{.path = list})) return true;
  return false;
}

// The earliest security fix of each package decides since when it is missing.
void mark_security(PendingUpdate& update, const std::vector<DnfAdvisory>& fixes) {
  for (const auto& fix : fixes) {
    if (fix.name != update.name || fix.architecture != update.architecture) continue;
    const bool first = update.security != Tristate::yes;
    update.security = Tristate::yes;
    if (!first && (!fix.updated || (update.fix_not_after && *update.fix_not_after <= *fix.updated))) continue;
    update.first_fix = fix.evr;
    update.advisory = fix.id;
    update.fix_not_after = fix.updated;
    update.fix_dated_by = fix.updated ? "updateinfo of the repository" : "";
  }
}

struct Answers {
  std::vector<DnfOffer> offers, all_offers;
  std::vector<DnfAdvisory> fixes;
  std::optional<parse::DnfTransaction> transaction;
};

Result<Answers> all_answers(const Dnf& dnf, bool left_out, bool elevated) {
  Answers answers;
  auto normal = offers(dnf, {});
  if (!normal) return normal.error();
  answers.offers = *normal;
  answers.all_offers = answers.offers;
  if (left_out) {
    auto all = offers(dnf, kNothingLeftOut);
    if (!all) return all.error();
    answers.all_offers = std::move(*all);
  }
  auto fixes = advisories(dnf, left_out ? kNothingLeftOut : Words{});
  if (!fixes) return fixes.error();
  answers.fixes = std::move(*fixes);
  // Only root may compute a transaction, and dnf 5 prints another table.
  if (elevated && !dnf.five) {
    const auto seen = dnf.run({}, {"upgrade", "--assumeno"});
    if (seen) answers.transaction = parse::dnf_transaction(seen->out.data);
  }
  return answers;
}

class Builder {
 public:
  Builder(const std::vector<parse::RpmPackage>& installed, const RpmRepositories& repositories, const Answers& answers)
      : installed_(installed), repositories_(repositories), answers_(answers) {
    pending_.manager = PackageManager::dnf;
    pending_.installed_count = static_cast<std::int64_t>(installed.size());
  }

  void add(const DnfOffer& offer, const std::string& installed, const std::string& offered, PendingState state) {
    if (knows(offer)) return;
    PendingUpdate update;
    update.name = offer.name;
    update.architecture = offer.architecture;
    update.installed = installed;
    update.offered = offered;
    update.state = state;
    update.security = offered.empty() || repositories_.with_advisories.count(offer.repository) ? Tristate::no : Tristate::unknown;
    mark_security(update, answers_.fixes);
    pending_.updates.push_back(std::move(update));
  }

  void add_offer(const DnfOffer& offer, PendingState state) {
    add(offer, installed_version(installed_, offer.name, offer.architecture), offer.evr, state);
  }

  void add_transaction(const parse::DnfTransaction& table) {
    for (const auto& row : table.installs) add(row, "", row.evr, PendingState::install);
    for (const auto& row : table.changes) add_offer(row, PendingState::install);
    for (const auto& row : table.removals) add(row, installed_version(installed_, row.name, row.architecture), "", PendingState::install);
  }

  PendingUpdates take() { return std::move(pending_); }

 private:
  bool knows(const DnfOffer& offer) const {
    return std::any_of(pending_.updates.begin(), pending_.updates.end(),
                       [&](const PendingUpdate& u) { return u.name == offer.name && u.architecture == offer.architecture; });
  }

  const std::vector<parse::RpmPackage>& installed_;
  const RpmRepositories& repositories_;
  const Answers& answers_;
  PendingUpdates pending_;
};

PendingUpdates pending_from(const Host& host, const std::vector<parse::RpmPackage>& installed, const RpmRepositories& repositories,
                            const Answers& answers) {
  Builder builder(installed, repositories, answers);
  if (answers.transaction) builder.add_transaction(*answers.transaction);
  for (const auto& offer : answers.offers) builder.add_offer(offer, answers.transaction ? PendingState::kept_back : PendingState::install);
  const auto held = held_names(host);
  for (const auto& offer : answers.all_offers)
    builder.add_offer(offer, std::find(held.begin(), held.end(), offer.name) != held.end() ? PendingState::held : PendingState::ignored);
  return builder.take();
}

Fact<PendingUpdates> no_pending(Error error, const compliance::Device& device) {
  return compliance::no_fact<PendingUpdates>(std::move(error), "dnf", device.os.observed_at);
}

}  // namespace

void collect_dnf_updates_linux(const Host& host, const compliance::Device& device, compliance::Updates& into) {
  Dnf dnf{host, bool(ask(host, platform::StatFile{.path = "/usr/bin/dnf5"})), {}};
  const auto repositories = rpm_repositories(host, PackageManager::dnf, "/etc/yum.repos.d",
                                             dnf.five ? "/var/cache/libdnf5" : "/var/cache/dnf", IndexFolders::by_id_and_hash);
  into.sources = repositories.sources;
  into.automatic = collect_dnf_automatic(host, into.sources, device.os, dnf.five);
  into.restart = collect_dnf_restart(host, device, dnf.five);
  if (!repositories.sources) {
    into.pending = no_pending({repositories.sources.absent, repositories.sources.detail}, device);
    return;
  }
  if (!repositories.unfetched.empty()) {
    into.pending = no_pending({ErrorKind::failed, "no index on this PC of the repository " + repositories.unfetched.front()}, device);
    return;
  }
  const auto installed = installed_rpm_packages(host);
  if (!installed) {
    into.pending = unavailable<PendingUpdates>(installed);
    return;
  }
  dnf.inputs = repositories.indexes;
  for (const char* path :
       {"/etc/dnf/dnf.conf", "/etc/yum.repos.d", "/etc/dnf/plugins/versionlock.list", "/etc/dnf/versionlock.toml", "/etc/dnf/modules.d",
        "/var/lib/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages"})
    dnf.inputs.emplace_back(path);
  const auto answers = all_answers(dnf, leaves_packages_out(host, repositories), device.system && device.system->elevated);
  into.pending = answers ? compliance::fact(pending_from(host, *installed, repositories, *answers), "dnf", installed.observed_at)
                         : no_pending(answers.error(), device);
}

}  // namespace gokajo::collectors
