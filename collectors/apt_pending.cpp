#include "collectors/apt_pending.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "collectors/apt_fix_dates.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"
#include "platform/deb/version.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::PendingState, compliance::PendingUpdate, compliance::PendingUpdates, compliance::SourceState,
    compliance::Time, compliance::Tristate;
using platform::ask, platform::ErrorKind, platform::Host, platform::PackageOffer, platform::PackageOffers, platform::ReadFile,
    platform::RunHelper;

namespace {

constexpr std::size_t kMaxDated = 300;  // packages whose dates are looked up

const std::vector<std::string>& inputs() {
  static const std::vector<std::string> paths = {
      "/var/lib/dpkg/status",    "/var/lib/apt/lists",     "/var/lib/apt/extended_states", "/etc/apt",
      "/etc/apt/sources.list.d", "/etc/apt/preferences.d", "/etc/apt/apt.conf.d",          "/etc/machine-id",
      "/var/lib/dpkg/arch"};
  return paths;
}

// Names of lists and the archive each belongs to.
struct Lists {
  std::vector<std::string> names;
  std::vector<const AptArchive*> archive;
};

Lists lists_of(const AptArchives& archives) {
  Lists lists;
  for (const auto& archive : archives.archives) {
    if (archive.state != SourceState::ok) continue;
    for (const auto& name : archive.lists) {
      if (std::find(lists.names.begin(), lists.names.end(), name) != lists.names.end()) continue;
      lists.names.push_back(name);
      lists.archive.push_back(&archive);
    }
  }
  return lists;
}

bool same_place(const AptStep& step, const PackageOffer& offer) {
  return step.name == offer.name && (step.architecture == offer.architecture || step.architecture == "all" || offer.architecture == "all");
}

const AptArchive* archive_at(const Lists& lists, std::int64_t place) {
  return place >= 0 && place < static_cast<std::int64_t>(lists.archive.size()) ? lists.archive[static_cast<std::size_t>(place)] : nullptr;
}

// What an offered version is: a fix if one of its archives says so. Backports count only where they would really come.
Tristate kind_of(const platform::OfferedVersion& version, const std::string& would_come, const Lists& lists) {
  Tristate kind = Tristate::no;
  for (const auto place : version.lists) {
    const auto* archive = archive_at(lists, place);
    if (!archive || (archive->release.not_automatic && version.version != would_come)) continue;
    if (archive->security == Tristate::yes) return Tristate::yes;
    if (archive->security == Tristate::unknown) kind = Tristate::unknown;
  }
  return kind;
}

// The fix was out when an index listing it was made; so it was when an index of the release it is a fix for listed what supersedes it
// (bookworm of July lists 1.2, bookworm-security 1.1: 1.1 is older than July).
void bound_by_indexes(PendingUpdate& update, const PackageOffer& offer, const Lists& lists) {
  std::vector<std::string> fixed_releases;
  for (const auto& version : offer.newer)
    for (const auto place : version.lists)
      if (const auto* archive = archive_at(lists, place);
          archive && archive->security == Tristate::yes && version.version == update.first_fix)
        fixed_releases.push_back(archive->release.codename);
  for (const auto& version : offer.newer) {
    if (platform::deb::compare_versions(version.version, update.first_fix) < 0) continue;
    for (const auto place : version.lists) {
      const auto* archive = archive_at(lists, place);
      if (!archive || !archive->release.date) continue;
      const bool same_release =
          std::find(fixed_releases.begin(), fixed_releases.end(), archive->release.codename + "-security") != fixed_releases.end();
      if (version.version != update.first_fix && !same_release) continue;
      if (update.fix_not_after && *update.fix_not_after <= *archive->release.date) continue;
      update.fix_not_after = archive->release.date;
      update.fix_dated_by = "Date of " + archive->source.uri + " " + archive->source.suite;
    }
  }
}

// Whether some version above the installed one is a security fix, and which is the lowest such.
void classify(PendingUpdate& update, const PackageOffer& offer, const Lists& lists) {
  update.security = Tristate::no;
  for (const auto& version : offer.newer) {
    const auto kind = kind_of(version, update.offered, lists);
    if (kind == Tristate::no || update.security == Tristate::yes) continue;
    if (kind == Tristate::yes || update.security == Tristate::no) update.first_fix = version.version;
    update.security = kind;
  }
  if (update.security != Tristate::no) bound_by_indexes(update, offer, lists);
}

// The newest version that comes by itself; nullptr where only archives like backports have one.
const platform::OfferedVersion* newest_automatic(const PackageOffer& offer, const Lists& lists) {
  for (auto version = offer.newer.rbegin(); version != offer.newer.rend(); ++version)
    for (const auto place : version->lists)
      if (const auto* archive = archive_at(lists, place); archive && !archive->release.not_automatic) return &*version;
  return nullptr;
}

std::string asked_name(const PackageOffer& offer) {
  return offer.architecture == "all" ? offer.name : offer.name + ":" + offer.architecture;
}

// Why apt leaves these as they are: its own candidate tells a pin from an obstacle.
platform::Status explain_left(const Host& host, std::vector<PendingUpdate>& updates, const std::vector<std::size_t>& unexplained) {
  if (unexplained.empty()) return platform::Done{};
  std::vector<std::string> arguments = {"-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", "policy", "--"};
  for (const auto i : unexplained) arguments.push_back(asked_name({updates[i].name, updates[i].architecture}));
  const auto policy = ask(host, RunHelper{.helper = "apt-cache", .arguments = std::move(arguments), .unchanged_while = inputs()});
  if (!policy) return policy.error();
  std::map<std::string, std::string> candidates;
  for (auto& [name, candidate] : parse_apt_policy(policy->out.data)) candidates.insert_or_assign(name, candidate);
  for (const auto i : unexplained) {
    auto found = candidates.find(asked_name({updates[i].name, updates[i].architecture}));
    if (found == candidates.end()) found = candidates.find(updates[i].name);
    if (found == candidates.end()) continue;
    const bool newer = platform::deb::compare_versions(found->second, updates[i].installed) > 0;
    updates[i].state = newer ? PendingState::kept_back : PendingState::pinned;
  }
  return platform::Done{};
}

// The texts of apt_preferences(5), all in one.
platform::Result<std::string> preferences(const Host& host) {
  std::string text;
  std::vector<std::string> paths = {"/etc/apt/preferences"};
  const auto parts = ask(host, platform::ListDirectory{.path = "/etc/apt/preferences.d"});
  if (!parts && parts.error().kind != ErrorKind::not_found) return parts.error();
  if (parts)
    for (const auto& entry : parts->entries) paths.push_back("/etc/apt/preferences.d/" + entry.name);
  for (const auto& path : paths) {
    const auto file = ask(host, ReadFile{.path = path});
    if (!file && file.error().kind != ErrorKind::not_found) return file.error();
    if (file) text += file->bytes.data + "\n\n";
  }
  return text;
}

// Configuration that lets apt do something else than take the newest of everything. False also where it cannot be read: then apt is asked.
bool configured_plainly(const Host& host) {
  const auto shell =
      ask(host, RunHelper{.helper = "apt-config",
                          .arguments = {"shell", "RELEASE", "APT::Default-Release", "REMOVE", "APT::Get::AutomaticRemove", "PHASED",
                                        "APT::Get::Never-Include-Phased-Updates", "SUGGESTS", "APT::Install-Suggests"}});
  if (!shell || shell->exit_code != 0) return false;
  for (const auto line : parse::lines(shell->out.data))
    if (const bool off =
            line.empty() || line.ends_with("=''") || line.ends_with("='0'") || line.ends_with("='false'") || line.ends_with("='no'");
        !off)
      return false;
  return true;
}

// Whether nothing is held, phased or offered by archives that apt does not take from by itself.
bool offered_plainly(const PackageOffers& offers, const Lists& lists) {
  for (const auto* archive : lists.archive)
    if (archive->release.not_automatic) return false;
  return std::all_of(offers.offers.begin(), offers.offers.end(), [](const PackageOffer& offer) {
    return !offer.held &&
           std::all_of(offer.newer.begin(), offer.newer.end(), [](const auto& version) { return version.phased_percent >= 100; });
  });
}

platform::Result<std::vector<AptStep>> simulated(const Host& host, const PackageOffers& offers, const Lists& lists) {
  const auto text = preferences(host);
  if (!text) return text.error();
  // Where every package can take its newest version and nothing else needs to change, that is what dist-upgrade does: apt, two seconds and
  // eighty megabytes of it, would say the same (tests/truth/apt compares).
  if (offers.plain && pins_touch_nothing(*text, offers) && offered_plainly(offers, lists) && configured_plainly(host)) {
    std::vector<AptStep> steps;
    for (const auto& offer : offers.offers)
      if (!offer.newer.empty()) steps.push_back({offer.name, offer.newer.back().architecture, offer.installed, offer.newer.back().version});
    return steps;
  }
  const auto run = ask(host, RunHelper{.helper = "apt-get",
                                       .arguments = {"-s", "-q", "-o", "Dir::Log::Planner=", "-o", "Dir::Cache::pkgcache=", "-o",
                                                     "Dir::Cache::srcpkgcache=", "dist-upgrade"},
                                       .unchanged_while = inputs()});
  if (!run) return run.error();
  if (run->exit_code != 0)
    return platform::Error{ErrorKind::failed,
                           "apt-get -s dist-upgrade: exit code " + std::to_string(run->exit_code) + ": " + run->err.data};
  if (!is_whole_apt_simulation(run->out.data))
    return platform::Error{ErrorKind::malformed, "apt-get -s dist-upgrade: what it printed is no whole simulation"};
  return parse_apt_simulation(run->out.data, offers.native);
}

void add_step(std::vector<PendingUpdate>& updates, AptStep step, const PackageOffers& offers, const Lists& lists) {
  PendingUpdate update;
  update.security = Tristate::no;
  update.installed = std::move(step.installed);
  update.offered = std::move(step.offered);
  for (const auto& offer : offers.offers)
    if (same_place(step, offer)) classify(update, offer, lists);
  update.name = std::move(step.name);
  update.architecture = std::move(step.architecture);
  updates.push_back(std::move(update));
}

void date_all(const Host& host, const PackageOffers& offers, std::vector<PendingUpdate>& updates) {
  std::optional<std::vector<AptRun>> history;
  std::size_t dated = 0;
  for (auto& update : updates) {
    if (update.security == Tristate::no || update.installed.empty() || dated++ >= kMaxDated) continue;
    const auto offer = std::find_if(offers.offers.begin(), offers.offers.end(), [&](const PackageOffer& one) {
      return same_place({update.name, update.architecture, {}, {}}, one) && one.installed == update.installed;
    });
    if (offer == offers.offers.end()) continue;
    if (!history) history = read_apt_history(host);
    date_fix(host, *offer, *history, update);
  }
}

}  // namespace

Fact<PendingUpdates> collect_apt_pending(const Host& host, const platform::Result<AptArchives>& archives) {
  const std::string source = "apt-get -s dist-upgrade";
  if (!archives) return compliance::no_fact<PendingUpdates>(archives.error(), source, Time{});
  const auto lists = lists_of(*archives);
  const auto offers = ask(host, platform::ListPackageOffers{.lists = lists.names, .unchanged_while = inputs()});
  if (!offers) return unavailable<PendingUpdates>(offers);
  if (offers->installed_count == 0) return malformed<PendingUpdates>("dpkg's status names no installed package", offers);
  auto steps = simulated(host, *offers, lists);
  if (!steps) return compliance::no_fact<PendingUpdates>(steps.error(), source, offers.observed_at);

  PendingUpdates pending{compliance::PackageManager::apt, offers->installed_count, {}};
  auto& updates = pending.updates;
  for (auto& step : *steps) add_step(updates, std::move(step), *offers, lists);
  const auto stepped = updates.size();
  std::vector<std::size_t> unexplained;
  for (const auto& offer : offers->offers) {
    const auto done = std::any_of(updates.begin(), updates.begin() + static_cast<std::ptrdiff_t>(stepped),
                                  [&](const auto& update) { return same_place({update.name, update.architecture, {}, {}}, offer); });
    const auto* newest = newest_automatic(offer, lists);
    if (done || !newest) continue;
    PendingUpdate update;
    update.name = offer.name;
    update.architecture = offer.architecture;
    update.installed = offer.installed;
    update.offered = newest->version;
    classify(update, offer, lists);
    if (offer.held)
      update.state = PendingState::held;
    else if (newest->phased_percent < 100 && update.security == Tristate::no)
      update.state = PendingState::phased;
    else {
      update.state = PendingState::kept_back;
      unexplained.push_back(updates.size());
    }
    updates.push_back(std::move(update));
  }
  if (auto status = explain_left(host, updates, unexplained); !status)
    return compliance::no_fact<PendingUpdates>(status.error(), "apt-cache policy", offers.observed_at);
  date_all(host, *offers, updates);
  // apt names them in the order it would unpack them, the offers by name: the same facts read the same whoever told them.
  std::sort(updates.begin(), updates.end(),
            [](const auto& a, const auto& b) { return std::tie(a.name, a.architecture) < std::tie(b.name, b.architecture); });
  return compliance::fact(std::move(pending), source, offers.observed_at);
}

}  // namespace gokajo::collectors
