#include "hub/declaring/readiness.h"

#include <algorithm>

#include "compliance/wording.h"
#include "hub/scs3/view.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using platform::Done, platform::Result, platform::Status;

namespace {

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
                                           {"all", std::to_string(scs_facts().counts.machine)}}),
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
    for (const auto* one : all) text += (text.empty() ? "" : "／") + one->id + " " + one->name.value_or(one->text).in(language_);
    return text;
  }

  compliance::Language language_;
};

}  // namespace

Readiness readiness_of(const DeclaringView& view, const ScsGround& ground) {
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
  for (const auto* criterion : scs_facts().of(ScsShown::machine)) readiness.scs[pcs_of(*criterion, ground).standing].push_back(criterion);
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
    const auto ground = scs_ground(question.store, **page, view->pcs);
    if (!ground) return ground.error();
    const auto readiness = readiness_of(*view, *ground);
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
