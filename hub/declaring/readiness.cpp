#include "hub/declaring/readiness.h"

#include <algorithm>
#include <cassert>

#include "compliance/wording.h"
#include "hub/web/layout.h"
#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_declaring_data();
}  // namespace gokajo::embedded

namespace gokajo::hub {

using compliance::Verdict, platform::Done, platform::Result, platform::Status;

namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 18U;
constexpr const char* kFormat = "gokajo-scs3/1";

bool passes_on_all(const std::string& check, const CompanyFacts& pcs) {
  const auto found = pcs.checks.find(check);
  if (found == pcs.checks.end() || found->second.heard.empty()) return false;
  std::int64_t good = 0;
  for (const auto& [verdict, count] : found->second.heard)
    if (verdict == Verdict::pass || verdict == Verdict::not_applicable) good += count;
  return good == pcs.registered;  // a PC that has not reported yet has no verdict
}

// By the numbers that ★3 asks for, as far as the company's own may be others; a ledger is none where nothing is listed.
bool changed_by_company(const ScsCriterion& criterion, const compliance::Policy& policy) {
  if (criterion.checks.empty()) return !compliance::wants_inventory(policy);
  return std::any_of(policy.settings.begin(), policy.settings.end(), [&](const compliance::PolicySetting& one) {
    return std::find(criterion.checks.begin(), criterion.checks.end(), one.check) != criterion.checks.end();
  });
}

StarStanding star_of(std::int64_t star, const std::vector<DeclaringState>& states) {
  const auto declares = star == 1 ? DeclaringStep::star_one : DeclaringStep::star_two;
  for (const auto& state : states)
    if (state.step->id == declares && state.done()) return StarStanding::declared;
  return is_ready_for(star, states) ? StarStanding::ready : StarStanding::missing;
}

// The words of one row, or of the headings.
class Row {
 public:
  explicit Row(compliance::Language language) : language_(language) {}

  TableRow headings() const {
    TableRow row;
    for (const char* key : {"readiness.company", "readiness.one", "readiness.missing_one", "readiness.two", "readiness.missing_two",
                            "readiness.scs", "readiness.missing_scs", "readiness.review"})
      row.push_back(word(key));
    return row;
  }

  TableRow of(const Company& company, const DeclaringView& view, const Readiness& readiness) const {
    const auto failing = of_standing(readiness, ScsStanding::failing);
    const auto& review = view.facts.sheet.review_on;
    const auto day = platform::parse_time(review);
    return {shown(company.name),
            star(readiness.one),
            steps(readiness.missing_one),
            star(readiness.two),
            steps(readiness.missing_two),
            filled("readiness.scs_shown", {{"n", std::to_string(of_standing(readiness, ScsStanding::met).size())},
                                           {"all", std::to_string(scs_facts().by_machine.size())}}),
            criteria(failing),
            day ? Cell(compliance::render_day(*day, language_, {0, {}}), platform::local_day(*day, 0)) : Cell()};
  }

 private:
  const std::string& word(const char* key) const { return page_word(key, language_); }

  std::string filled(const char* key, const std::map<std::string, std::string>& values) const {
    auto text = word(key);
    for (const auto& [name, value] : values)
      if (const auto at = text.find("{" + name + "}"); at != std::string::npos) text.replace(at, name.size() + 2, value);
    return text;
  }

  std::string star(StarStanding standing) const {
    switch (standing) {
      case StarStanding::declared:
        return word("readiness.declared");
      case StarStanding::ready:
        return word("readiness.ready");
      case StarStanding::missing:
        break;
    }
    return word("readiness.not_ready");
  }

  std::string steps(const std::vector<const DeclaringStepText*>& all) const {
    std::string text;
    for (const auto* step : all) text += (text.empty() ? "" : "／") + step->name.in(language_);
    return text;
  }

  static std::vector<const ScsCriterion*> of_standing(const Readiness& readiness, ScsStanding standing) {
    const auto found = readiness.scs.find(standing);
    return found == readiness.scs.end() ? std::vector<const ScsCriterion*>() : found->second;
  }

  std::string criteria(const std::vector<const ScsCriterion*>& all) const {
    std::string text;
    for (const auto* one : all) text += (text.empty() ? "" : "／") + one->id + " " + one->text.in(language_);
    return text;
  }

  compliance::Language language_;
};

}  // namespace

Result<ScsFacts> read_scs_facts(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  ScsFacts facts;
  const platform::Place top{"scs3"};
  if (auto status = platform::read_form(*json, facts, top); !status) return status.error();
  if (facts.format != kFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kFormat + "\"");
  if (static_cast<std::int64_t>(facts.by_machine.size()) + facts.partly + facts.by_person != facts.criteria)
    return platform::misplaced(top.key("criteria"), "not the sum of its parts");
  return facts;
}

const ScsFacts& scs_facts() {
  static const ScsFacts kFacts = [] {
    for (const auto& file : embedded::hub_declaring_data())
      if (file.name == "scs3.json")
        if (auto facts = read_scs_facts(file.text)) return std::move(*facts);
    assert(false);  // a test reads the file; nothing else is compiled in
    return ScsFacts{};
  }();
  return kFacts;
}

ScsStanding standing_of(const ScsCriterion& criterion, const CompanyFacts& pcs, const compliance::Policy& policy) {
  for (const auto& check : criterion.checks)
    if (const auto found = pcs.checks.find(check); found != pcs.checks.end() && found->second.failing > 0) return ScsStanding::failing;
  const bool all = pcs.registered > 0 && pcs.stated == pcs.registered && pcs.quiet == 0;
  const bool met =
      std::all_of(criterion.checks.begin(), criterion.checks.end(), [&](const auto& check) { return passes_on_all(check, pcs); });
  return all && met && !changed_by_company(criterion, policy) ? ScsStanding::met : ScsStanding::open;
}

Readiness readiness_of(const DeclaringView& view, const ScsFacts& scs, const compliance::Policy& policy) {
  Readiness readiness;
  readiness.one = star_of(1, view.states);
  readiness.two = star_of(2, view.states);
  for (const auto& state : view.states) {
    const auto id = state.step->id;
    if (state.done() || id == DeclaringStep::review) continue;
    // The declaration itself is missing last: where the rest is done, its standing says so.
    if (id == DeclaringStep::star_one || id == DeclaringStep::star_two) continue;
    (state.step->star == 1 ? readiness.missing_one : readiness.missing_two).push_back(state.step);
  }
  for (const auto& criterion : scs.by_machine) readiness.scs[standing_of(criterion, view.pcs, policy)].push_back(&criterion);
  return readiness;
}

Status readiness_table(const ExportQuestion& question, const std::vector<std::string>& tenants, const RowSink& sink) {
  struct Line {
    int order = 0;
    std::size_t missing = 0;
    TableRow row;
  };
  const Row words(question.language);
  CompanyBook book(question.store, question.library);
  std::vector<Line> lines;
  for (const auto& tenant : tenants) {
    const auto page = book.of(tenant, question.now);
    if (!page) return page.error();
    const auto view = declaring_view(question.store, **page, question.now);
    if (!view) return view.error();
    const auto readiness = readiness_of(*view, scs_facts(), (*page)->company.policy);
    const bool ready = readiness.one == StarStanding::ready || readiness.two == StarStanding::ready;
    lines.push_back({ready                                     ? 0
                     : readiness.one == StarStanding::missing  ? 1
                     : readiness.two != StarStanding::declared ? 2
                                                               : 3,
                     readiness.missing_one.size() + readiness.missing_two.size(), words.of((*page)->company, *view, readiness)});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return std::pair(a.order, a.missing) < std::pair(b.order, b.missing); });
  if (auto taken = sink(words.headings()); !taken) return taken;
  for (const auto& line : lines)
    if (auto taken = sink(line.row); !taken) return taken;
  return Done{};
}

}  // namespace gokajo::hub
