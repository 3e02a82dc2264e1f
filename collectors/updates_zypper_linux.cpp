#include <algorithm>

#include "collectors/parse/zypper.h"
#include "collectors/rpm_packages.h"
#include "collectors/rpm_restart.h"
#include "collectors/seen.h"
#include "collectors/updates_zypper.h"
#include "collectors/zypper_automatic.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::PackageManager, compliance::PendingState, compliance::PendingUpdate, compliance::PendingUpdates,
    compliance::Tristate;
using parse::ZypperOffer;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::Result, platform::RunHelper;

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kMaxPatchesAsked = 300;

struct Zypper {
  const Host& host;
  std::vector<std::string> inputs;

  // Exit codes above 99 are information (zypper(8): 100 to 106), 0 is success.
  Result<std::string> run(Words arguments, bool xml = true) const {
    Words all = {"--non-interactive", "--no-refresh"};
    if (xml) all.insert(all.begin(), "--xmlout");
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto seen = ask(host, RunHelper{.helper = "zypper", .arguments = std::move(all), .unchanged_while = inputs});
    if (!seen) return seen.error();
    if (seen->exit_code != 0 && seen->exit_code < 100)
      return Error{ErrorKind::failed, "zypper ended with " + std::to_string(seen->exit_code)};
    return seen->out.data;
  }
};

struct Answers {
  std::vector<ZypperOffer> offers;
  std::vector<parse::ZypperPatch> patches;
  std::vector<parse::ZypperFix> fixes;
  std::vector<std::string> locks;
  std::optional<parse::ZypperTransaction> transaction;
};

// Puts what `parser` makes of zypper's answer into `out`; an answer of another form is malformed.
template <class T, class Parser>
platform::Status read(Result<std::string> text, const Parser& parser, T& out) {
  if (!text) return text.error();
  auto parsed = parser(*text);
  if (!parsed) return Error{ErrorKind::malformed, "zypper answered in another form"};
  out = std::move(*parsed);
  return platform::Done{};
}

Result<Answers> all_answers(const Zypper& zypper, bool rolling, bool elevated) {
  Answers answers;
  if (auto status = read(zypper.run({"list-updates", "--all"}), parse::zypper_offers, answers.offers); !status) return status.error();
  if (auto status = read(zypper.run({"locks"}), parse::zypper_locks, answers.locks); !status) return status.error();
  if (!rolling) {
    if (auto status = read(zypper.run({"list-patches"}), parse::zypper_security_patches, answers.patches); !status) return status.error();
    Words question = {"info", "--type", "patch"};
    for (const auto& patch : answers.patches)
      if (question.size() < kMaxPatchesAsked) question.push_back(patch.name);
    if (!answers.patches.empty()) {
      const auto text = zypper.run(question, false);
      if (!text) return text.error();
      answers.fixes = parse::zypper_fixes(*text);
      if (answers.fixes.empty()) return Error{ErrorKind::malformed, "no package is named by the security patches"};
    }
  }
  if (elevated) {
    const auto text = zypper.run({rolling ? "dist-upgrade" : "update", "--dry-run"});
    if (text) answers.transaction = parse::zypper_transaction(*text);
  }
  return answers;
}

class Builder {
 public:
  Builder(const std::vector<parse::RpmPackage>& installed, const Answers& answers, bool has_advisories)
      : installed_(installed), answers_(answers), has_advisories_(has_advisories) {
    pending_.manager = PackageManager::zypper;
    pending_.installed_count = static_cast<std::int64_t>(installed.size());
  }

  void add(const ZypperOffer& offer, std::string installed, std::string offered, PendingState state) {
    for (const auto& known : pending_.updates)
      if (known.name == offer.name && known.architecture == offer.architecture) return;
    PendingUpdate update;
    update.name = offer.name;
    update.architecture = offer.architecture;
    update.installed = std::move(installed);
    update.offered = std::move(offered);
    update.state = state;
    update.security = has_advisories_ || update.offered.empty() ? Tristate::no : Tristate::unknown;
    mark_security(update);
    pending_.updates.push_back(std::move(update));
  }

  void add_offer(const ZypperOffer& offer, PendingState state) {
    add(offer, installed_version(installed_, offer.name, offer.architecture), offer.evr, locked(offer.name) ? PendingState::held : state);
  }

  void add_transaction(const parse::ZypperTransaction& table) {
    for (const auto& row : table.installs) add(row, "", row.evr, PendingState::install);
    for (const auto& row : table.changes) add(row, row.installed, row.evr, PendingState::install);
    for (const auto& row : table.removals) add(row, row.evr, "", PendingState::install);
  }

  // A needed patch whose package nothing above has: list-updates leaves locked packages out.
  void add_left_out_fixes() {
    for (const auto& fix : answers_.fixes)
      for (const auto& package : installed_)
        if (package.name == fix.package && (fix.architecture.empty() || fix.architecture == package.architecture))
          if (!updated(package.name))
            add({package.name, package.architecture, fix.fixed_in, ""}, package.evr, fix.fixed_in,
                locked(package.name) ? PendingState::held : PendingState::kept_back);
  }

  PendingUpdates take() { return std::move(pending_); }

 private:
  bool locked(const std::string& name) const {
    return std::any_of(answers_.locks.begin(), answers_.locks.end(),
                       [&](const std::string& pattern) { return parse::matches_glob(pattern, name); });
  }

  bool updated(const std::string& name) const {
    return std::any_of(pending_.updates.begin(), pending_.updates.end(), [&](const PendingUpdate& u) { return u.name == name; });
  }

  // The earliest needed patch that names the package decides since when.
  void mark_security(PendingUpdate& update) const {
    for (const auto& fix : answers_.fixes) {
      if (fix.package != update.name || (!fix.architecture.empty() && fix.architecture != update.architecture)) continue;
      if (update.installed.empty()) continue;
      std::optional<platform::Time> issued;
      for (const auto& patch : answers_.patches)
        if (patch.name == fix.patch) issued = patch.issued;
      const bool first = update.security != Tristate::yes;
      update.security = Tristate::yes;
      if (!first && (!issued || (update.fix_not_after && *update.fix_not_after <= *issued))) continue;
      update.first_fix = fix.fixed_in;
      update.advisory = fix.patch;
      update.fix_not_after = issued;
      update.fix_dated_by = issued ? "issue date of the patch" : "";
    }
  }

  const std::vector<parse::RpmPackage>& installed_;
  const Answers& answers_;
  bool has_advisories_;
  PendingUpdates pending_;
};

// Without patches nothing else dates an offer: it was out when the newest index here was made. Absent where an index has no date.
void bound_dates(const compliance::UpdateSources& sources, PendingUpdates& pending) {
  std::optional<platform::Time> made;
  for (const auto& source : sources.sources) {
    if (source.state != compliance::SourceState::ok) continue;
    if (!source.content_date) return;
    made = std::max(made.value_or(*source.content_date), *source.content_date);
  }
  if (!made) return;
  for (auto& update : pending.updates) {
    if (update.security != Tristate::unknown || update.fix_not_after) continue;
    update.fix_not_after = made;
    update.fix_dated_by = "repomd.xml";
  }
}

Fact<PendingUpdates> no_pending(Error error, const compliance::Device& device) {
  return compliance::no_fact<PendingUpdates>(std::move(error), "zypper", device.os.observed_at);
}

}  // namespace

void collect_zypper_updates_linux(const Host& host, const compliance::Device& device, compliance::Updates& into) {
  const bool rolling = device.os && device.os->id == "opensuse-tumbleweed";
  auto repositories = rpm_repositories(host, PackageManager::zypper, "/etc/zypp/repos.d", "/var/cache/zypp/raw", IndexFolders::by_id);
  if (repositories.sources && rolling) repositories.sources->security_channel = compliance::SecurityChannel::newest_version;
  into.sources = repositories.sources;
  into.automatic = collect_zypper_automatic(host, into.sources, device.os);
  into.restart = collect_zypper_restart(host, device);
  if (!repositories.sources) {
    into.pending = no_pending({repositories.sources.absent, repositories.sources.detail}, device);
    return;
  }
  // zypper(8) without a repository says that nothing is missing.
  if (!repositories.unfetched.empty() || repositories.indexes.empty()) {
    into.pending =
        no_pending({ErrorKind::failed,
                    "no index on this PC" + (repositories.unfetched.empty() ? "" : " of the repository " + repositories.unfetched.front())},
                   device);
    return;
  }
  const auto installed = installed_rpm_packages(host);
  if (!installed) {
    into.pending = unavailable<PendingUpdates>(installed);
    return;
  }
  Zypper zypper{host, repositories.indexes};
  for (const char* path : {"/etc/zypp/zypp.conf", "/etc/zypp/locks", "/etc/zypp/repos.d", "/var/lib/rpm/rpmdb.sqlite",
                           "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/Packages.db"})
    zypper.inputs.emplace_back(path);
  const auto answers = all_answers(zypper, rolling, device.system && device.system->elevated);
  if (!answers) {
    into.pending = no_pending(answers.error(), device);
    return;
  }
  Builder builder(*installed, *answers, !rolling && !repositories.with_advisories.empty());
  if (answers->transaction) builder.add_transaction(*answers->transaction);
  for (const auto& offer : answers->offers)
    builder.add_offer(offer, answers->transaction ? PendingState::kept_back : PendingState::install);
  builder.add_left_out_fixes();
  auto pending = builder.take();
  if (rolling) bound_dates(*repositories.sources, pending);
  into.pending = compliance::fact(std::move(pending), "zypper", installed.observed_at);
}

}  // namespace gokajo::collectors
