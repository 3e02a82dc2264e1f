/// \file
/// The room compliance: what it reads strictly is read again as it was written, and whatever is true of a PC, it can be judged and said.
#include <algorithm>

#include "compliance/briefing.h"
#include "compliance/check.h"
#include "compliance/collected.h"
#include "compliance/data_file.h"
#include "compliance/evidence.h"
#include "compliance/judge.h"
#include "compliance/lifecycle.h"
#include "compliance/memory.h"
#include "compliance/pack.h"
#include "compliance/policy.h"
#include "compliance/scan_document.h"
#include "compliance/tables.h"
#include "compliance/windows_levels.h"
#include "compliance/wording.h"
#include "tests/fuzz/drawn.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace compliance;
using platform::parse_json, platform::to_form;

const Time kNow{std::chrono::seconds{1795305600}};  // 2026-11-22

template <class Read, class Write>
void read_and_written(std::string_view bytes, const Read& read, const Write& write) {
  const auto once = read(bytes);
  if (!once) {
    HOLDS(!once.error().detail.empty());
    return;
  }
  const std::string written = write(*once);
  const auto again = read(std::string_view(written));
  HOLDS(again && write(*again) == written);
}

void policy(std::string_view bytes) {
  read_and_written(bytes, read_policy, [](const Policy& policy) { return to_form(policy).dump(); });
  const auto read = read_policy(bytes);
  if (!read) return;
  for (const auto& id : built_in_pack_ids()) {
    const auto effective = effective_pack(*built_in_pack(id), *read, kNow);
    if (!effective) continue;
    const auto judged = judge(Evidence{}, *effective, *read, Memory{}, kNow);
    for (const auto& finding : judged.findings) HOLDS(finding.finding.verdict != Verdict::pass && finding.finding.verdict != Verdict::fail);
  }
}

void briefing(std::string_view bytes) {
  const auto read = read_briefing(bytes);
  if (!read) return;
  for (const auto& question : read->questions)
    HOLDS(question.right >= 0 && question.right < static_cast<std::int64_t>(question.choices.size()));
  HOLDS(is_data_id(read->id) && !read->questions.empty());
  const auto written = to_form(*read).dump();
  const auto again = read_briefing(written);
  HOLDS(again && to_form(*again).dump() == written);
}

// Versions and ids, one a line: no later than itself, never both ways round.
void versions(std::string_view bytes) {
  const auto end = std::min(bytes.find('\n'), bytes.size());
  const auto one = bytes.substr(0, end), other = bytes.substr(std::min(end + 1, bytes.size()));
  HOLDS(!is_later_version(one, one));
  HOLDS(!(is_later_version(one, other) && is_later_version(other, one)));
  HOLDS(!is_later_version(one, other) || (is_data_version(one) && is_data_version(other)));
  HOLDS(!is_data_id(one) || one.find_first_of("/\\.\n ") == std::string_view::npos);
}

void pack(std::string_view bytes) {
  read_and_written(bytes, read_pack, [](const Pack& pack) { return to_form(pack).dump(); });
  auto read = read_pack(bytes);
  if (!read) return;
  const auto whole = extended(std::move(*read));
  if (!whole) return;
  HOLDS(!whole->extends);
  const auto judged = judge(Evidence{}, *whole, Policy{kPolicyFormat, {}, {}, {}}, Memory{}, kNow);
  HOLDS(judged.rules.size() == whole->rules.size());
  for (const auto& rule : judged.rules) HOLDS(rule.verdict == Verdict::unknown || rule.verdict == Verdict::ask);
}

template <class T, class Argument>
auto from_json(platform::Result<T> (*read)(Argument)) {
  return [read](std::string_view bytes) -> platform::Result<T> {
    const auto json = parse_json(bytes, 8U << 20U);
    if (!json) return json.error();
    return read(*json);
  };
}

void memory(std::string_view bytes) {
  read_and_written(bytes, from_json(read_memory), [](const Memory& memory) { return write_memory(memory).dump(); });
}

void evidence(std::string_view bytes) {
  read_and_written(bytes, from_json(read_evidence), [](const Evidence& evidence) { return write_evidence(evidence).dump(); });
}

void wording(std::string_view bytes) {
  read_and_written(bytes, read_wording, [](const Wording& wording) { return to_form(wording).dump(); });
  const auto read = read_wording(bytes);
  if (!read) return;
  const Reader reader;
  for (const auto& [check, entry] : *read)
    for (const auto& [id, situation] : entry.situations) {
      Finding finding{.check = check, .situation = id, .items = {{{"name", Name{"hana"}}}}};
      for (const auto& name : placeholders(situation.saw.ja)) {
        HOLDS(name.find('}') == std::string::npos);
        finding.parameters.emplace(name, Count{1});
      }
      const auto said = render(finding, *read, reader);
      HOLDS(said.items.size() <= 1);
    }
}

void collected(std::string_view bytes) {
  read_and_written(bytes, read_collected, [](const Collected& list) { return to_form(list).dump(); });
}

void windows_levels(std::string_view bytes) {
  read_and_written(bytes, read_windows_levels, [](const WindowsLevels& table) { return to_form(table).dump(); });
  const auto read = read_windows_levels(bytes);
  if (!read) return;
  for (const auto& build : read->builds)
    for (const auto& row : build.levels) {
      const auto next = next_fix(build, row.level, false);
      HOLDS(!next.earliest || !next.latest || *next.earliest <= *next.latest);
    }
}

void table(std::string_view bytes) {
  const auto read = read_table(bytes);
  if (!read) return;
  HOLDS(!built_in_table_version(read->id).empty());
  Tables tables;
  tables.put(*read);
  HOLDS((tables.lifecycle().version == read->version) == (read->id == kLifecycleTable || built_in_lifecycle().version == read->version));
}

void lifecycle(std::string_view bytes) {
  read_and_written(bytes, read_lifecycle, [](const Lifecycle& table) { return to_form(table).dump(); });
  const auto read = read_lifecycle(bytes);
  if (!read) return;
  for (const auto& row : read->releases) {
    const auto found = find_release(*read, {.id = row.os, .name = row.name, .version_id = row.release});
    HOLDS(!found.row || release_covers(found.row->release, row.release));
    HOLDS(!(found.row && found.newer_than_table));
  }
  for (const auto& row : read->software) {
    const auto* found = find_software(*read, row.product, row.release);
    HOLDS(found && found->product == row.product);
  }
}

// A total order: of three lines as three releases. What a release covers is never below it.
void releases(std::string_view bytes) {
  std::array<std::string_view, 3> v;
  for (auto& one : v) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    one = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  for (const auto a : v) {
    HOLDS(compare_releases(a, a) == 0);
    for (const auto b : v) {
      HOLDS((compare_releases(a, b) <=> 0) == (0 <=> compare_releases(b, a)));
      if (release_covers(a, b)) HOLDS(compare_releases(a, b) <= 0);
      for (const auto c : v)
        if (compare_releases(a, b) <= 0 && compare_releases(b, c) <= 0) HOLDS(compare_releases(a, c) <= 0);
    }
  }
}

// Only settings that policies may hold: a check's own, of its own type.
Policy drawn_policy(Drawn& drawn) {
  Policy policy{kPolicyFormat, {}, {}, {}};
  const auto& checks = all_checks();
  for (auto left = drawn.byte() % 3; left > 0; --left) {
    const auto* check = checks[drawn.below(checks.size())];
    for (const auto& [name, otherwise] : check->settings) {
      PolicySetting setting{.check = check->id, .name = name, .value = otherwise, .reason = "drawn", .until = drawn.time()};
      std::visit([&](auto& value) { drawn.value(value); }, setting.value);
      policy.settings.push_back(std::move(setting));
    }
    policy.roles.push_back({check->id, drawn.byte() % 2 ? Role::required : Role::advice, "drawn", drawn.time()});
    policy.exceptions.push_back({check->id, std::nullopt, "drawn", "taro", drawn.time()});
  }
  return policy;
}

void said_in_full(const Text& text, const Parameters& parameters, const Finding& finding) {
  for (const auto* sentence : {&text.ja, &text.en})
    for (const auto& name : placeholders(*sentence))
      if (!parameters.contains(name) && name != "items" && name != "names" && name != "check" &&
          !(name == "first_seen" && finding.first_seen))
        broken((finding.check + ", " + finding.situation + ": a sentence says {" + name + "}").c_str(), __FILE__, __LINE__);
}

// The situation has its sentences, they are of this verdict, and nothing they name is missing.
void is_worded(const Finding& finding) {
  const auto& wording = built_in_wording();
  HOLDS(wording.contains(finding.check));
  if (finding.situation == "unmeasured") {
    HOLDS(finding.verdict == Verdict::unknown);
    return;
  }
  const auto& situations = wording.at(finding.check).situations;
  const auto found = situations.find(finding.situation);
  const bool common = wording.at("common").situations.contains(finding.situation);
  if (found == situations.end() && common) return;
  if (found == situations.end() || found->second.verdict != finding.verdict)
    broken((finding.check + ", " + finding.situation + ": no sentence for this verdict").c_str(), __FILE__, __LINE__);
  said_in_full(found->second.saw, finding.parameters, finding);
  if (found->second.why) said_in_full(*found->second.why, finding.parameters, finding);
  for (const auto& item : finding.items)
    if (found->second.item) said_in_full(*found->second.item, item, finding);
}

void judged(std::string_view bytes) {
  Drawn drawn(bytes);
  static const auto pack = *built_in_pack("6kajo");
  const auto evidence = drawn_evidence(drawn);
  auto policy = drawn_policy(drawn);
  auto effective = effective_pack(pack, policy, kNow);
  if (!effective) {
    policy = Policy{kPolicyFormat, {}, {}, {}};
    effective = pack;
  }
  Memory memory;
  drawn.value(memory);
  const auto judgement = judge(evidence, *effective, policy, memory, kNow);
  for (const auto& one : judgement.findings) is_worded(one.finding);
  // The hub, which reads what the agent wrote, comes to the same verdicts.
  const auto written = write_evidence(evidence);
  const auto read = read_evidence(written);
  HOLDS(read && write_evidence(*read) == written);
  const auto again = judge(*read, *effective, policy, memory, kNow);
  HOLDS(again.findings.size() == judgement.findings.size());
  const Reader reader{.systems = system_names(evidence)};
  const auto document = write_scan({kNow, evidence, *effective, judgement}, built_in_wording(), reader);
  HOLDS(parse_json(document.dump(), 64U << 20U));
  HOLDS(exit_code(judgement) >= 0 && exit_code(judgement) <= 2);
  const auto next = remember(memory, evidence, judgement, kNow);
  const auto kept = read_memory(write_memory(next));
  HOLDS(kept);
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"policy",
       policy,
       {},
       {R"({"format": "gokajo-policy/1", "settings": [{"check": "updates.security-installed", "name": "days", "value": 30, "reason": "monthly", "until": "2027-03-31T00:00:00Z"}],
"roles": [{"check": "sharing.firewall-on", "role": "advice", "reason": "r", "until": "2027-03-31"}],
"exceptions": [{"check": "sharing.guest-access-off", "about": "scan", "reason": "printer", "owner": "taro", "until": "2027-03-31T00:00:00Z"}]})",
        to_form(Policy{kPolicyFormat, {}, {}, {}}).dump()}},
      {"pack", pack, {"compliance/packs/*.json"}, {}},
      {"briefing", briefing, {"compliance/briefings/*.json"}, {}},
      {"versions", versions, {}, {"2026.11.1\n2026.11", "1\n01", "5kajo\n../x"}},
      {"memory",
       memory,
       {},
       {R"({"format": "gokajo-memory/1", "first_seen": {"finding/updates.os-supported": "2026-11-22T00:00:00Z"}, "last_good": {}, "not_offered": {"source/a": "2026-11-22T00:00:00Z"}})"}},
      {"evidence",
       evidence,
       {},
       [] {
         std::vector<std::string> texts;
         for (const auto& seed : drawn_seeds()) {
           Drawn drawn(seed);
           texts.push_back(write_evidence(drawn_evidence(drawn)).dump());
         }
         return texts;
       }()},
      {"wording", wording, {"compliance/wording/*.json"}, {}},
      {"collected", collected, {"compliance/data/collected.json"}, {}},
      {"lifecycle", lifecycle, {"compliance/data/lifecycle.json"}, {}},
      {"table", table, {"compliance/data/lifecycle.json", "compliance/data/windows_levels.json"}, {}},
      {"windows_levels", windows_levels, {"compliance/data/windows_levels.json"}, {}},
      {"releases", releases, {}, {"9.10\n9.9\n9", "15.0\n15\n15-SP1", "01.1\n1.1\nx"}},
      {"judged", judged, {}, drawn_seeds()},
  };
  return all;
}

}  // namespace gokajo::fuzz
