#include <algorithm>

#include "compliance/checks.h"
#include "compliance/is_windows.h"
#include "compliance/tables.h"
#include "compliance/windows_supported.h"

namespace gokajo::compliance {
namespace {

// The company's calendar where a policy says nothing else: Japan.
using platform::kJapanOffset;

// A last day, who says it, and what it costs. `rests_on`: the condition that was proven, empty for the free end.
struct End {
  Time until{};
  std::string said_by;
  std::string rests_on;
};

bool past(Time until, Time now) { return platform::local_day(now, kJapanOffset) > std::chrono::floor<platform::Days>(until); }

enum class Proof { yes, no, open };

// Whether an extension counts on this PC. ELS, LTSS and ESU leave no trace that proves their absence: open. A contract with a third party
// is nothing a PC shows, and never counts by itself.
Proof proven(const std::string& condition, const Updates& updates) {
  if (condition == "free") return Proof::yes;
  if (condition == "third-party" || condition == "vendor-contract") return Proof::no;
  if (condition != "ubuntu-pro" && condition != "ubuntu-legacy") return Proof::open;
  const auto& pro = updates.ubuntu_pro;
  if (!pro) return pro.absent == ErrorKind::not_found ? Proof::no : Proof::open;
  const auto enabled = [&](std::string_view service) {
    return std::find(pro->enabled.begin(), pro->enabled.end(), service) != pro->enabled.end();
  };
  if (!pro->attached) return Proof::no;
  return enabled(condition == "ubuntu-pro" ? "esm-infra" : "esm-infra-legacy") ? Proof::yes : Proof::no;
}

// The distribution's own file on this PC against the table: the one made later counts, unless the end was already past when the table was
// made.
End free_end(const SupportedRelease& row, const Updates& updates, const Lifecycle& table) {
  End end{*row.free_until, row.source, ""};
  const Time read = as_of(table, row.source);
  for (const auto& extended : row.extended.value_or(std::vector<ExtendedSupport>{}))
    if (extended.condition == "free") end.until = std::max(end.until, extended.until);
  if (!updates.ends_said || past(end.until, read)) return end;
  const SaidEnd* latest = nullptr;
  for (const auto& said : *updates.ends_said)
    if (said.free && said.as_of > read && (!latest || said.as_of > latest->as_of)) latest = &said;
  return latest ? End{*latest->free, latest->by, ""} : end;
}

Parameters describe(const std::string& name, const OsRelease& os, const End& end) {
  return {{"name", Name{name}}, {"release", Version{os.version_id}}, {"date", Date{end.until}}, {"source", Name{end.said_by}}};
}

Finding alive(const std::string& name, const Fact<OsRelease>& os, const End& end, Time now, std::int64_t warn_days) {
  auto parameters = describe(name, *os, end);
  if (past(end.until - platform::Days{warn_days}, now)) {
    parameters["days"] = DayCount{(std::chrono::floor<platform::Days>(end.until) - platform::local_day(now, kJapanOffset)).count()};
    return pass("ends-soon", os.observed_at, std::move(parameters));
  }
  return pass(end.rests_on.empty() ? "supported" : "supported-extended", os.observed_at, std::move(parameters));
}

Finding by_practice(const SupportedRelease& row, const Fact<OsRelease>& os, Time now) {
  const auto& practice = *row.practice;
  auto parameters = describe(row.name, *os, {practice.seen, row.source, ""});
  if (practice.state == "no-fixes") return fail("no-fixes-seen", os.observed_at, std::move(parameters));
  if (past(*practice.rely_until, now)) return unknown("no-date", os.observed_at, std::move(parameters));
  return pass("fixes-seen", os.observed_at, std::move(parameters));
}

// Past its free end: alive by a proven extension, ended, or open while one that may still run cannot be seen from here.
Finding beyond_free(const SupportedRelease& row, const Evidence& evidence, const End& free, Time now, std::int64_t warn_days) {
  const auto& os = evidence.device.os;
  const ExtendedSupport* open = nullptr;  // into the row, which lives as long as the table
  static const std::vector<ExtendedSupport> kNone;
  for (const auto& extended : row.extended ? *row.extended : kNone) {
    if (past(extended.until, now)) continue;
    const auto proof = proven(extended.condition, evidence.updates);
    if (proof == Proof::yes) return alive(row.name, os, {extended.until, row.source, extended.condition}, now, warn_days);
    if (proof == Proof::open) open = &extended;
  }
  if (!open) return fail("ended", os.observed_at, describe(row.name, *os, free));
  if (open->condition.starts_with("ubuntu-")) return unmeasured(evidence.updates.ubuntu_pro);
  auto parameters = describe(row.name, *os, free);
  parameters["extension"] = Name{open->condition};
  parameters["extended_date"] = Date{open->until};
  return unknown("extension-unproven", os.observed_at, std::move(parameters));
}

// No row: only what the PC's own distribution says of its end can decide.
Finding without_row(const Evidence& evidence, bool newer, Time now, std::int64_t warn_days) {
  const auto& os = evidence.device.os;
  const std::string name = os->pretty_name.empty() ? os->id : os->pretty_name;
  if (evidence.updates.ends_said)
    for (const auto& said : *evidence.updates.ends_said) {
      if (!said.free) continue;
      const End end{*said.free, said.by, ""};
      return past(end.until, now) ? fail("ended", os.observed_at, describe(name, *os, end)) : alive(name, os, end, now, warn_days);
    }
  return unknown(newer ? "newer-than-table" : "not-in-table", os.observed_at, {{"name", Name{name}}, {"release", Version{os->version_id}}});
}

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time now) {
  if (is_windows(evidence)) return judge_windows_supported(evidence, number(settings, "warn_days"), now);
  const auto& os = evidence.device.os;
  if (!os) return unmeasured(os);
  const auto& table = tables_in_use().lifecycle();
  const auto warn_days = number(settings, "warn_days");
  if (const auto* rolling = find_rolling(table, os->id)) return not_applicable("rolling", os.observed_at, {{"name", Name{rolling->name}}});
  const auto found = find_release(table, *os);
  if (!found.row) return without_row(evidence, found.newer_than_table, now, warn_days);
  if (found.row->practice) return by_practice(*found.row, os, now);
  const auto free = free_end(*found.row, evidence.updates, table);
  if (past(free.until, now)) return beyond_free(*found.row, evidence, free, now, warn_days);
  const auto& pin = evidence.updates.release_pin;
  if (pin && !pin->pinned_to.empty()) {
    auto parameters = describe(found.row->name, *os, free);
    parameters["pinned_to"] = Version{pin->pinned_to};
    parameters["pinned_by"] = Name{pin->pinned_by};
    return unknown("pinned", os.observed_at, std::move(parameters));
  }
  if (os->id == "rhel" && !pin) return unmeasured(pin);
  return alive(found.row->name, os, free, now, warn_days);
}

}  // namespace

// The clock is the calendar: the last supported day counts to its end. warn_days: from when on a coming end is said, still 適合.
const Check updates_os_supported{.id = "updates.os-supported", .judge = judge, .settings = {{"warn_days", std::int64_t{30}}}};

}  // namespace gokajo::compliance
