#include <algorithm>
#include <array>

#include "compliance/checks.h"
#include "compliance/tables.h"

namespace gokajo::compliance {
namespace {

using platform::kJapanOffset;
// How old a store's or an index's word on "nothing newer" may be, as updates.source-fresh has it.
constexpr platform::Days kFresh{7};

bool past(Time until, Time now) { return platform::local_day(now, kJapanOffset) > std::chrono::floor<platform::Days>(until); }

enum class State { alive, with_system, ended, open };

struct Judged {
  State state = State::open;
  std::optional<Time> until;
};

// Words in the name of a source (address or repository id) that brings a vendor's packages.
bool brings(const UpdateSource& source, std::string_view product) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWords = {{{"google-chrome", "google"},
                                                                                           {"microsoft-edge", "microsoft"},
                                                                                           {"firefox", "mozilla"},
                                                                                           {"firefox-esr", "mozilla"},
                                                                                           {"dotnet", "microsoft"},
                                                                                           {"microsoft-openjdk", "microsoft"},
                                                                                           {"eclipse-temurin", "adoptium"},
                                                                                           {"amazon-corretto", "corretto"}}};
  for (const auto& [of, word] : kWords)
    if (of == product && source.name.find(word) != std::string::npos) return true;
  return false;
}

// A fresh index of the vendor's own source that offers nothing above the installed package, or a store that brought the newest just now.
bool proven_newest(const SoftwareCopy& copy, const Updates& updates, Time now) {
  if (copy.brought_up) return now - *copy.brought_up <= kFresh && *copy.brought_up - now <= platform::Days{1};
  if (copy.origin != SoftwareOrigin::vendor || !updates.pending || !updates.sources) return false;
  for (const auto& update : updates.pending->updates)
    if (update.name == copy.found_as) return false;
  return std::any_of(updates.sources->sources.begin(), updates.sources->sources.end(), [&](const UpdateSource& source) {
    return source.state == SourceState::ok && source.fetched_at && now - *source.fetched_at <= kFresh && brings(source, copy.product);
  });
}

// Where a version stands among the rows of its product when it has none of its own.
Judged without_row(const Lifecycle& table, const SoftwareCopy& copy, const SoftwarePolicy& policy) {
  bool has_rows = false, below_all = true;
  for (const auto& row : table.software)
    if (row.product == copy.product) has_rows = true, below_all = below_all && compare_releases(copy.version, row.release) < 0;
  const bool ended = has_rows && below_all && policy.older_than_rows && !copy.version.empty();
  return {ended ? State::ended : State::open, std::nullopt};
}

Judged by_table(const Lifecycle& table, const SoftwareCopy& copy, Time now) {
  const auto* policy = find_policy(table, copy.product);
  if (!policy) return {};
  if (policy->policy == "distribution") return {State::with_system, std::nullopt};
  const auto* row = find_software(table, copy.product, copy.version);
  if (!row) {
    auto judged = without_row(table, copy, *policy);
    // What a channel brings has no end as a whole; its rows prove which versions have ended.
    if (policy->policy == "channel" && judged.state == State::open && !copy.version.empty()) judged.state = State::alive;
    return judged;
  }
  if (!row->until) return {};
  // A contract for longer is nothing a PC shows: it never counts by itself.
  return {past(*row->until, now) ? State::ended : State::alive, row->until};
}

Judged judge_copy(const SoftwareCopy& copy, const Updates& updates, Time now) {
  // The distribution brings its fixes for as long as the release of the system lives, whatever the vendor's dates.
  if (copy.origin == SoftwareOrigin::distribution) return {State::with_system, std::nullopt};
  auto judged = by_table(tables_in_use().lifecycle(), copy, now);
  if (judged.state == State::open && proven_newest(copy, updates, now)) judged.state = State::alive;
  // Fixes come out for it, and whether anybody brings them here is not known.
  if (judged.state == State::alive && copy.updates_off == true) judged.state = State::open;
  // Who made this copy is not known: somebody may bring fixes of their own.
  if (judged.state == State::ended && copy.origin == SoftwareOrigin::unknown) judged.state = State::open;
  return judged;
}

Parameters item_of(const SoftwareCopy& copy, const Judged& judged) {
  Parameters item = {{"name", Name{copy.name}}, {"version", Version{copy.version}}, {"where", Name{copy.found_as}}};
  if (judged.until) item.emplace("date", Date{*judged.until});
  return item;
}

bool among(SoftwareKind kind, const std::vector<std::string>& kinds) {
  return std::find(kinds.begin(), kinds.end(), boost::describe::enum_to_string(kind, "")) != kinds.end();
}

struct Sorted {
  std::vector<Parameters> ended, open, advised;
  std::int64_t looked_at = 0, with_system = 0;
};

Sorted sort_out(const InstalledSoftware& software, const Updates& updates, const Settings& settings, Time now) {
  Sorted sorted;
  for (const auto& copy : software.copies) {
    const bool required = among(copy.kind, names(settings, "required_kinds"));
    if (!required && !among(copy.kind, names(settings, "advice_kinds"))) continue;
    ++sorted.looked_at;
    const auto judged = judge_copy(copy, updates, now);
    if (judged.state == State::with_system) ++sorted.with_system;
    if (judged.state == State::ended) (required ? sorted.ended : sorted.advised).push_back(item_of(copy, judged));
    if (judged.state == State::open && required) sorted.open.push_back(item_of(copy, judged));
  }
  return sorted;
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time now) {
  const auto& software = evidence.updates.software;
  if (!software) return unmeasured(software);
  if (software->looked_through <= 0) return unknown("no-packages", software.observed_at);
  auto sorted = sort_out(*software, evidence.updates, settings, now);
  if (!sorted.ended.empty()) return fail("ended", software.observed_at, {}, std::move(sorted.ended));
  if (!sorted.open.empty()) return unknown("not-known", software.observed_at, {}, std::move(sorted.open));
  if (!software->silent.empty()) return unknown("store-silent", software.observed_at, {{"stores", List{software->silent}}});
  // Without the number of packages looked through: it moves with every package that comes or goes, and says nothing to a person.
  if (sorted.looked_at == 0) return not_applicable("none-installed", software.observed_at);
  if (!sorted.advised.empty()) return pass("runtime-ended", software.observed_at, {}, std::move(sorted.advised));
  return pass("supported", software.observed_at, {{"count", Count{sorted.looked_at}}, {"with_system", Count{sorted.with_system}}});
}

}  // namespace

// Documents and web pages are how attacks come in, so office suites and browsers decide; runtimes are pinned by business programs.
const Check updates_software_supported{
    .id = "updates.software-supported",
    .judge = judge,
    .settings = {{"required_kinds", std::vector<std::string>{"office", "browser"}}, {"advice_kinds", std::vector<std::string>{"runtime"}}}};

}  // namespace gokajo::compliance
