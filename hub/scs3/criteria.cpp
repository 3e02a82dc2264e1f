#include "hub/scs3/criteria.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "compliance/check.h"
#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_scs3_data();
}  // namespace gokajo::embedded

namespace gokajo::hub {

using platform::Done, platform::Place, platform::Result, platform::Status, platform::misplaced;

namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 18U;
constexpr const char* kFormat = "gokajo-scs3/2";
constexpr std::size_t kDayLength = 10;
constexpr std::int64_t kMostMonths = 12;

bool is_day(const std::string& text) { return text.size() == kDayLength && platform::parse_time(text); }

template <class Row>
bool holds(const std::vector<Row>& rows, const std::string& id) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& one) { return one.id == id; });
}

template <class Row>
Status each_once(const std::vector<Row>& rows, const Place& list) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!seen.insert(rows[i].id).second) return misplaced(list.index(i).key("id"), "\"" + rows[i].id + "\" stands twice");
  return Done{};
}

Status sources_fit(const ScsFacts& facts, const std::vector<std::string>& named, const Place& place) {
  for (std::size_t i = 0; i < named.size(); ++i)
    if (!holds(facts.sources, named[i])) return misplaced(place.index(i), "no source " + named[i]);
  return Done{};
}

Status checks_known(const std::vector<std::string>& checks, const Place& place, std::set<std::string>& seen) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (!compliance::find_check(checks[i])) return misplaced(place.index(i), "no check \"" + checks[i] + "\" in this version");
    if (!seen.insert(checks[i]).second) return misplaced(place.index(i), "check \"" + checks[i] + "\" stands twice");
  }
  return Done{};
}

Status shown_fits(const ScsCriterion& one, const Place& place) {
  switch (one.shown) {
    case ScsShown::machine:
      if (one.decides.empty() && !one.by_inventory()) return misplaced(place.key("shown"), "a machine's, and nothing decides it");
      if (!one.name) return misplaced(place.key("name"), "missing");
      break;
    case ScsShown::partly:
      if (!one.rests_on_pcs() && one.beside.empty() && !one.page) return misplaced(place.key("shown"), "in part, and nothing supports it");
      break;
    case ScsShown::person:
      if (one.rests_on_pcs() || !one.beside.empty()) return misplaced(place.key("shown"), "a person's, and names checks");
      break;
  }
  if (one.rest && one.shown != ScsShown::machine) return misplaced(place.key("rest"), "a person answers the whole");
  return Done{};
}

Status criterion_fits(const ScsFacts& facts, const ScsCriterion& one, const Place& place) {
  if (!holds(facts.requirements, one.requirement)) return misplaced(place.key("requirement"), "no requirement " + one.requirement);
  if (!one.id.starts_with(one.requirement + "-")) return misplaced(place.key("id"), "not of " + one.requirement);
  std::set<std::string> seen;
  for (const auto& [name, checks] : {std::pair("decides", &one.decides), {"needs", &one.needs}, {"beside", &one.beside}})
    if (auto known = checks_known(*checks, place.key(name), seen); !known) return known;
  if (auto fit = shown_fits(one, place); !fit) return fit;
  return sources_fit(facts, one.sources, place.key("sources"));
}

bool says_one_of(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != std::string::npos; });
}

Status note_fits(const ScsFacts& facts, const DeclaringHint& note, const Place& place) {
  if (note.confidence == Confidence::low && !says_one_of(note.text.ja, {"という資料"}))
    return misplaced(place.key("text"), "low confidence, worded as if it were sure");
  if (note.confidence == Confidence::medium && !says_one_of(note.text.ja, {"とされ"}))
    return misplaced(place.key("text"), "medium confidence, worded as if it were sure");
  return sources_fit(facts, note.sources, place.key("sources"));
}

Status counts_fit(const ScsFacts& facts, const Place& place) {
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  for (const auto& [name, said, there] : {std::tuple("requirements", facts.counts.requirements, count(facts.requirements.size())),
                                          {"criteria", facts.counts.criteria, count(facts.criteria.size())},
                                          {"machine", facts.counts.machine, count(facts.of(ScsShown::machine).size())},
                                          {"partly", facts.counts.partly, count(facts.of(ScsShown::partly).size())},
                                          {"person", facts.counts.person, count(facts.of(ScsShown::person).size())}})
    if (said != there) return misplaced(place.key(name), "there are " + std::to_string(there));
  return Done{};
}

Status validate(const ScsFacts& facts, const Place& top) {
  if (facts.format != kFormat) return misplaced(top.key("format"), std::string("expected \"") + kFormat + "\"");
  for (const auto& [name, day] : {std::pair("edition", &facts.edition), {"as_of", &facts.as_of}})
    if (!is_day(*day)) return misplaced(top.key(name), "no day");
  if (facts.valid_months < 1 || facts.valid_months > kMostMonths) return misplaced(top.key("valid_months"), "expected 1 to 12");
  if (!facts.official.starts_with("https://")) return misplaced(top.key("official"), "no https address");
  if (auto once = each_once(facts.categories, top.key("categories")); !once) return once;
  if (auto once = each_once(facts.requirements, top.key("requirements")); !once) return once;
  if (auto once = each_once(facts.criteria, top.key("criteria")); !once) return once;
  for (std::size_t i = 0; i < facts.notes.size(); ++i)
    if (auto fit = note_fits(facts, facts.notes[i], top.key("notes").index(i)); !fit) return fit;
  for (std::size_t i = 0; i < facts.requirements.size(); ++i) {
    const auto& one = facts.requirements[i];
    const auto place = top.key("requirements").index(i);
    if (!holds(facts.categories, one.category)) return misplaced(place.key("category"), "no category " + one.category);
    if (auto fit = sources_fit(facts, one.sources, place.key("sources")); !fit) return fit;
  }
  for (std::size_t i = 0; i < facts.criteria.size(); ++i)
    if (auto fit = criterion_fits(facts, facts.criteria[i], top.key("criteria").index(i)); !fit) return fit;
  return counts_fit(facts, top.key("counts"));
}

}  // namespace

const ScsCriterion* ScsFacts::criterion(std::string_view id) const {
  const auto found = std::find_if(criteria.begin(), criteria.end(), [&](const ScsCriterion& one) { return one.id == id; });
  return found == criteria.end() ? nullptr : &*found;
}

const ScsRequirement* ScsFacts::requirement(std::string_view id) const {
  const auto found = std::find_if(requirements.begin(), requirements.end(), [&](const ScsRequirement& one) { return one.id == id; });
  return found == requirements.end() ? nullptr : &*found;
}

std::vector<const ScsCriterion*> ScsFacts::of(ScsShown shown) const {
  std::vector<const ScsCriterion*> all;
  for (const auto& one : criteria)
    if (one.shown == shown) all.push_back(&one);
  return all;
}

Result<ScsFacts> read_scs_facts(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  ScsFacts facts;
  const Place top{"scs3"};
  if (auto status = platform::read_form(*json, facts, top); !status) return status.error();
  if (auto status = validate(facts, top); !status) return status.error();
  return facts;
}

const ScsFacts& scs_facts() {
  static const ScsFacts kFacts = [] {
    for (const auto& file : embedded::hub_scs3_data())
      if (file.name == "scs3.json")
        if (auto facts = read_scs_facts(file.text)) return std::move(*facts);
    assert(false);  // a test reads the file; nothing else is compiled in
    return ScsFacts{};
  }();
  return kFacts;
}

}  // namespace gokajo::hub
