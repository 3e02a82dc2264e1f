// SCS ★3: how far a company is with the 81 criteria, and what comes next.
#include <algorithm>

#include "hub/web/diagnosis_parts.h"
#include "hub/web/handlers.h"
#include "hub/web/permission.h"
#include "hub/web/scs3_parts.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Result;

namespace {

constexpr Verdict kColumns[] = {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask};
constexpr platform::Days kSoon{30};
constexpr std::size_t kMostSteps = 10;

using States = std::vector<const ScsState*>;

bool manages(const Visit& visit) { return visit.role && may(*visit.role, Need::manage); }

std::string number(std::size_t n) { return std::to_string(n); }

std::string href_of(const Visit& visit, const ScsCriterion& criterion) {
  return scs_path(visit, criterion.requirement) + "#" + place_of(criterion);
}

States states_if(const ScsView& view, const auto& holds) {
  States all;
  for (const auto& state : view.states)
    if (holds(state)) all.push_back(&state);
  return all;
}

std::size_t count_of(const States& states, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(states.begin(), states.end(), [&](const auto* one) { return one->verdict == verdict; }));
}

bool waits_for_answer(const ScsState& state) { return state.criterion->asks_person() && !state.said && !state.ended; }

const char* shown_key(ScsShown shown) {
  switch (shown) {
    case ScsShown::machine:
      return "scs.machine";
    case ScsShown::partly:
      return "scs.partly";
    case ScsShown::person:
      break;
  }
  return "scs.person";
}

// 適合3・要対応1, without those of which there is none.
std::string counts_text(const Visit& visit, const States& states) {
  std::string text;
  for (const auto verdict : kColumns)
    if (const auto n = count_of(states, verdict))
      text += (text.empty() ? ""
               : visit.ja() ? "・"
                            : ", ") +
              sentence(visit, "scs.count", {{"verdict", verdict_text(visit, verdict)}, {"n", number(n)}});
  return text;
}

// What to do next, the most pressing first.
class Steps {
 public:
  Steps(const Visit& visit, const ScsView& view) : visit_(visit), view_(view) {}

  PageData take() {
    of_company();
    of_checks();
    of_answers();
    PageData list = new_list();
    for (std::size_t i = 0; i < all_.size() && i < kMostSteps; ++i) list << all_[i];
    return list;
  }

 private:
  void put(const std::string& href, const char* key, const std::map<std::string, std::string>& values = {}) {
    PageData one{"text", sentence(visit_, key, values)};
    if (!href.empty()) one.set("href", href);
    all_.push_back(one);
  }

  void of_company() {
    const auto base = company_path(visit_);
    const auto& pcs = view_.ground.pcs;
    if (!view_.chosen) put(base + "/packs", "scs.step_choose");
    if (pcs.registered <= 0) put(manages(visit_) ? base + "/enrol" : "", "scs.step_enrol");
    if (!pcs.stated) put(manages(visit_) ? base + "/sheet#devices" : "", "scs.step_number");
    if (pcs.stated && pcs.registered > 0 && *pcs.stated != pcs.registered)
      put(manages(visit_) ? base + "/enrol" : "", "scs.step_registered",
          {{"n", std::to_string(pcs.registered)}, {"all", std::to_string(*pcs.stated)}});
    if (pcs.quiet > 0) put(base + "/devices?kind=silent", "scs.step_silent", {{"n", std::to_string(pcs.quiet)}});
  }

  void of_checks() {
    std::vector<std::string> told;
    for (const auto& state : view_.states) {
      if (!state.pcs || state.pcs->standing != ScsStanding::failing) continue;
      for (const auto& check : state.criterion->decides) {
        const auto seen = view_.ground.pcs.checks.find(check);
        if (seen == view_.ground.pcs.checks.end() || seen->second.failing <= 0 || view_.ground.other_settings.contains(check)) continue;
        if (std::find(told.begin(), told.end(), check) != told.end()) continue;
        told.push_back(check);
        put(company_path(visit_) + "/checks/" + check_in_path(check), "scs.step_check",
            {{"check", check_name(visit_, check)}, {"n", std::to_string(seen->second.failing)}, {"id", state.criterion->id}});
      }
    }
  }

  void of_answers() {
    const auto group = [&](const char* key, const auto& holds) {
      if (const auto all = states_if(view_, holds); !all.empty())
        put(href_of(visit_, *all.front()->criterion), key, {{"n", number(all.size())}, {"id", all.front()->criterion->id}});
    };
    group("scs.step_ended", [](const ScsState& one) { return one.criterion->asks_person() && one.ended && !one.said; });
    group("scs.step_not_done",
          [](const ScsState& one) { return one.said && (one.said->level == Level::not_done || one.said->level == Level::partly); });
    group("scs.step_unsure", [](const ScsState& one) { return one.said && one.said->level == Level::unsure; });
    for (const auto& category : view_.facts->categories) {
      const auto open = states_if(view_, [&](const ScsState& one) {
        return waits_for_answer(one) && view_.facts->requirement(one.criterion->requirement)->category == category.id;
      });
      if (!open.empty())
        put(href_of(visit_, *open.front()->criterion), "scs.step_answer",
            {{"name", category.name.in(visit_.language)}, {"n", number(open.size())}});
    }
    group("scs.step_soon", [&](const ScsState& one) { return one.said && one.said->valid_until - visit_.now < kSoon; });
  }

  const Visit& visit_;
  const ScsView& view_;
  std::vector<PageData> all_;
};

PageData kinds_data(const Visit& visit, const ScsView& view) {
  PageData rows = new_list();
  for (const auto shown : {ScsShown::machine, ScsShown::partly, ScsShown::person}) {
    const auto all = states_if(view, [&](const ScsState& one) { return one.criterion->shown == shown; });
    PageData row, cells = new_list();
    row.set("name", sentence(visit, shown_key(shown), {{"n", number(all.size())}}));
    for (const auto verdict : kColumns) {
      PageData cell{"n", number(count_of(all, verdict))};
      cell.set("label", verdict_text(visit, verdict));
      if (verdict == Verdict::fail && count_of(all, verdict) > 0) cell.set("class", "fail");
      cells << cell;
    }
    row.set("cells", cells);
    rows << row;
  }
  return rows;
}

PageData categories_data(const Visit& visit, const ScsView& view) {
  PageData categories = new_list();
  for (const auto& category : view.facts->categories) {
    PageData one, rows = new_list();
    one.set("name", category.name.in(visit.language));
    for (const auto& requirement : view.facts->requirements) {
      if (requirement.category != category.id) continue;
      const auto all = states_if(view, [&](const ScsState& state) { return state.criterion->requirement == requirement.id; });
      PageData row;
      row.set("href", scs_path(visit, requirement.id));
      row.set("id", requirement.id);
      row.set("title", requirement.title.in(visit.language));
      row.set("counts", counts_text(visit, all));
      rows << row;
    }
    one.set("rows", rows);
    categories << one;
  }
  return categories;
}

void set_about(const Visit& visit, const ScsFacts& facts, PageData& data) {
  PageData notes = new_list(), sources = new_list();
  for (const auto& note : facts.notes) notes << PageData{"text", note.text.in(visit.language)};
  for (const auto& source : facts.sources) {
    PageData one{"text", source.what.in(visit.language)};
    if (!source.address.empty()) one.set("address", source.address);
    if (source.confidence != Confidence::high) one.set("second_hand", yes());
    sources << one;
  }
  data.set("notes", notes);
  data.set("sources", sources);
  data.set("official", facts.official);
}

}  // namespace

Result<ScsView> scs_view_of(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto page = book.of(visit.company->id, visit.now);
  if (!page) return page.error();
  return scs_view(visit.store(), **page, visit.now);
}

Result<HttpReply> show_scs(Visit& visit) {
  const auto view = scs_view_of(visit);
  if (!view) return view.error();
  PageData data, verdicts = new_list();
  const auto all = states_if(*view, [](const ScsState&) { return true; });
  const auto met = count_of(all, Verdict::pass);
  data.set("first", sentence(visit, "scs.first", {{"all", number(all.size())}, {"n", number(met)}}));
  data.set("rest", counts_text(visit, all));
  data.set("class", count_of(all, Verdict::fail) > 0 ? "bad" : met == all.size() ? "good" : "");
  for (const auto verdict : kColumns) verdicts << PageData{"text", verdict_text(visit, verdict)};
  data.set("verdicts", verdicts);
  data.set("kinds", kinds_data(visit, *view));
  if (!view->chosen) data.set("not_chosen", yes());
  auto steps = Steps(visit, *view).take();
  if (!steps.list_value().empty()) data.set("has_steps", yes());
  data.set("steps", steps);
  data.set("categories", categories_data(visit, *view));
  set_about(visit, *view->facts, data);
  return show(visit, "scs3.html", "scs.title", data);
}

}  // namespace gokajo::hub
