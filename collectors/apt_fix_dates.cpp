#include "collectors/apt_fix_dates.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "collectors/parse/lines.h"
#include "platform/deb/version.h"

namespace gokajo::collectors {

using compliance::PendingUpdate, compliance::Time;
using platform::ask, platform::Host, platform::InstalledPackage, platform::PackageOffer, platform::ReadFile, platform::Seen,
    platform::StatFile;

namespace {

constexpr int kMaxParts = 13;
constexpr std::int64_t kMaxHistoryBytes = 4 << 20;

// The bounds found so far, each with where it comes from. The latest "not before" and the earliest "not after" hold.
class Bounds {
 public:
  explicit Bounds(PendingUpdate& update) : update_(update) {}

  void not_before(Time time, const std::string& source) {
    if (update_.fix_not_before && *update_.fix_not_before >= time) return;
    update_.fix_not_before = time;
    name(source);
  }

  // From this PC's clock. Before the fix was even made the clock was wrong, so it bounds nothing: call when every not_before is known.
  void not_after(Time time, const std::string& source) {
    if (update_.fix_not_after && *update_.fix_not_after <= time) return;
    if (update_.fix_not_before && time < *update_.fix_not_before) return;
    update_.fix_not_after = time;
    name(source);
  }

 private:
  void name(const std::string& source) { update_.fix_dated_by += (update_.fix_dated_by.empty() ? "" : "; ") + source; }

  PendingUpdate& update_;
};

// dpkg writes a package's list of files when it puts that version on; whatever touches the list later moves its ctime on, never back.
std::optional<Time> installed_at(const Host& host, const std::string& name, const std::string& architecture) {
  const std::string base = "/var/lib/dpkg/info/" + name;
  auto list = ask(host, StatFile{.path = base + ".list"});
  if (!list) list = ask(host, StatFile{.path = base + ":" + architecture + ".list"});
  return list ? std::optional(list->changed) : std::nullopt;
}

Seen<platform::FileContents> changelog_of(const Host& host, const std::string& package) {
  const std::string base = "/usr/share/doc/" + package;
  constexpr std::int64_t kMaxBytes = 4 << 20;
  auto file = ask(host, ReadFile{.path = base + "/changelog.Debian.gz", .reducer = "debian_changelog", .max_bytes = kMaxBytes});
  if (file) return file;
  return ask(host, ReadFile{.path = base + "/changelog.gz", .reducer = "debian_changelog", .max_bytes = kMaxBytes});
}

// When a version was made, as the entry of exactly that version says.
std::optional<Time> made_by(const platform::FileContents& changelog, const std::string& version, bool newest_only) {
  for (const auto line : parse::lines(changelog.bytes.data)) {
    const auto entry = parse::fields(line, '\t');
    if (entry.size() == 2 && entry[0] == version) return platform::parse_rfc5322_date(entry[1]);
    if (newest_only) return std::nullopt;
  }
  return std::nullopt;
}

// The installed version's own changelog: a fix above it was made later. Only one whose newest entry is the installed version counts.
void by_own_changelog(const Host& host, const PendingUpdate& update, Bounds& bounds) {
  const auto changelog = changelog_of(host, update.name);
  if (!changelog) return;
  if (const auto made = made_by(*changelog, update.installed, true)) bounds.not_before(*made, changelog.source);
}

struct SiblingDates {
  std::string source;
  std::optional<Time> made;  ///< the fix
  std::optional<Time> here;  ///< a package that holds the fix
};

// Another package of the same source that has the fix, or something made from it: its changelog then has the entry of the fix. What was
// made at that date was published later; what was installed here by then was published before.
SiblingDates dates_of(const Host& host, const InstalledPackage& sibling, const PendingUpdate& update) {
  SiblingDates dates{"/usr/share/doc/" + sibling.name, {}, {}};
  if (platform::deb::compare_versions(sibling.version, update.first_fix) < 0) return dates;
  if (const auto changelog = changelog_of(host, sibling.name)) dates.made = made_by(*changelog, update.first_fix, false);
  if (dates.made || sibling.version == update.first_fix) dates.here = installed_at(host, sibling.name, sibling.architecture);
  return dates;
}

// apt's name for a downloaded package (apt-pkg/acquire-item.cc, pkgAcqArchive; QuoteString in apt-pkg/contrib/strutl.cc).
std::string archive_path(const PackageOffer& offer, const std::string& version) {
  const auto found = std::find_if(offer.newer.begin(), offer.newer.end(), [&](const auto& one) { return one.version == version; });
  std::string quoted;
  for (const char c : version) quoted += c == ':' ? "%3a" : c == '_' ? "%5f" : std::string(1, c);
  const auto& architecture = found == offer.newer.end() ? offer.architecture : found->architecture;
  return std::string("/var/cache/apt/archives/").append(offer.name).append("_").append(quoted).append("_").append(architecture) + ".deb";
}

struct Downloaded {
  std::string source;
  Time made{};
  Time here{};
};

// The fix, downloaded. What is inside it was made before it was published, and the file's ctime is not before it came here: renaming it
// from partial/ set it, and whoever touches the file moves it on. Its mtime is the server's and bounds nothing: mirrors keep the time of
// the build (before the fix came out) or of their own copying (after).
std::optional<Downloaded> downloaded(const Host& host, const PackageOffer& offer, const PendingUpdate& update) {
  if (update.first_fix.find('/') != std::string::npos || offer.name.find('/') != std::string::npos) return std::nullopt;
  const auto head =
      ask(host, ReadFile{.path = archive_path(offer, update.first_fix), .reducer = "deb_made", .prefix_bytes = std::int64_t{68}});
  if (!head) return std::nullopt;
  const auto made = platform::parse_time(parse::trimmed(head->bytes.data));
  if (!made) return std::nullopt;
  return Downloaded{head.source, *made, head->status.changed};
}

// A run of apt that named the fix, for this package or a sibling: it was out by then.
std::optional<Time> named_by(const std::vector<AptRun>& history, const PackageOffer& offer, const PendingUpdate& update) {
  std::optional<Time> earliest;
  for (const auto& run : history) {
    if (run.version != update.first_fix || (earliest && *earliest <= run.no_later_than)) continue;
    const auto is_sibling = [&](const InstalledPackage& one) { return one.name == run.package; };
    if (run.package == offer.name || (offer.siblings && std::any_of(offer.siblings->begin(), offer.siblings->end(), is_sibling)))
      earliest = run.no_later_than;
  }
  return earliest;
}

}  // namespace

std::vector<AptRun> parse_apt_history(std::string_view reduced) {
  // apt writes its own clock without a zone: the day ends everywhere twelve hours after it ended in UTC.
  constexpr std::chrono::hours kEndOfDay{24 + 12};
  std::vector<AptRun> runs;
  for (const auto line : parse::lines(reduced)) {
    const auto part = parse::fields(line, '\t');
    const auto day = part.size() == 3 ? platform::parse_time(part[0]) : std::nullopt;
    if (day) runs.push_back({std::string(part[1]), std::string(part[2]), *day + kEndOfDay});
  }
  return runs;
}

std::vector<AptRun> read_apt_history(const Host& host) {
  std::vector<AptRun> all;
  const std::string base = "/var/log/apt/history.log";
  for (int part = 0; part < kMaxParts; ++part) {
    const auto name = part == 0 ? base : base + "." + std::to_string(part);
    auto file = ask(host, ReadFile{.path = part == 0 ? name : name + ".gz", .reducer = "apt_history", .max_bytes = kMaxHistoryBytes});
    if (!file && part > 0) file = ask(host, ReadFile{.path = name, .reducer = "apt_history", .max_bytes = kMaxHistoryBytes});
    if (!file) continue;
    auto runs = parse_apt_history(file->bytes.data);
    all.insert(all.end(), std::make_move_iterator(runs.begin()), std::make_move_iterator(runs.end()));
  }
  return all;
}

void date_fix(const Host& host, const PackageOffer& offer, const std::vector<AptRun>& history, PendingUpdate& update) {
  update.installed_at = installed_at(host, update.name, update.architecture);
  if (update.first_fix.empty()) return;
  Bounds bounds(update);
  by_own_changelog(host, update, bounds);
  std::vector<SiblingDates> siblings;
  if (offer.siblings)
    for (const auto& sibling : *offer.siblings) siblings.push_back(dates_of(host, sibling, update));
  const auto package = downloaded(host, offer, update);
  // Debian's and Ubuntu's own archives never give out other contents under a version they had; others may make theirs anew.
  if (update.security == compliance::Tristate::yes) {
    for (const auto& sibling : siblings)
      if (sibling.made) bounds.not_before(*sibling.made, sibling.source);
    if (package) bounds.not_before(package->made, package->source);
  }
  for (const auto& sibling : siblings)
    if (sibling.here) bounds.not_after(*sibling.here, sibling.source);
  if (package) bounds.not_after(package->here, package->source);
  if (const auto named = named_by(history, offer, update)) bounds.not_after(*named, "/var/log/apt/history.log");
}

}  // namespace gokajo::collectors
