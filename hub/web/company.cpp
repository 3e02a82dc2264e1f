// The page about one company.
#include <algorithm>

#include "hub/company_overview.h"
#include "hub/mail/todo_words.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"
#include "hub/web/permission.h"
#include "hub/web/trend_picture.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Result;

namespace {

constexpr std::size_t kPcsInLane = 8, kListed = 20;

std::string number(std::int64_t n) { return std::to_string(n); }

// What the weekly mail says first, in its order: the sentence, and what must be said beside it.
struct Answer {
  std::string first;
  std::vector<std::string> also;
};

class AnswerMaker {
 public:
  AnswerMaker(const Visit& visit, const Weekly& week) : visit_(visit), week_(week) {}

  Answer make() {
    if (week_.registered == 0) {
      say("company.answer_none", 0);
      numbers();
      return take();
    }
    if (week_.rejudged_later) say("company.answer_rejudging", *week_.rejudged_later);
    if (all_fine(week_)) {
      say("company.answer_fine", week_.registered, *week_.stated);
      return take();
    }
    const auto silent = week_.silent_pcs(), resting = static_cast<int>(week_.resting.size()), catching_up = week_.catching_up_pcs();
    count("company.answer_fail", week_.fail);
    count("company.answer_company", company_todos(week_));
    count("company.answer_silent", silent);
    count("company.answer_other", week_.other);
    count("company.answer_questions", static_cast<int>(week_.questions.size()));
    count("company.answer_catching_up", catching_up);
    count("company.answer_resting", resting);
    numbers();
    count(week_.questions.empty() ? "company.answer_rest" : "company.answer_rest_asked",
          week_.registered - week_.fail - silent - week_.other - catching_up - resting);
    return take();
  }

 private:
  void say(std::string_view key, int n, int all = 0) { said_.push_back(sentence(visit_, key, {{"n", number(n)}, {"all", number(all)}})); }
  void count(std::string_view key, int n) {
    if (n > 0) say(key, n);
  }
  void numbers() {
    if (!week_.stated)
      say("company.answer_no_number", 0);
    else if (*week_.stated > week_.registered)
      say("company.answer_unregistered", *week_.stated - week_.registered, *week_.stated);
    else if (*week_.stated < week_.registered)
      say("company.answer_too_many", week_.registered - *week_.stated);
  }
  Answer take() {
    Answer answer;
    for (auto& one : said_) (answer.first.empty() ? answer.first : answer.also.emplace_back()) = std::move(one);
    return answer;
  }

  const Visit& visit_;
  const Weekly& week_;
  std::vector<std::string> said_;
};

PageData text_item(const std::string& text) { return PageData{"text", text}; }

PageData first_thing(const Visit& visit, const FirstThing& one) {
  const Teller teller(visit.language);
  const auto words = todo_words(one.todo, teller);
  PageData thing;
  thing.set("saw", without_marks(words.saw));
  thing.set("to_do", without_marks(words.to_do));
  PageData pcs = new_list();
  for (std::size_t i = 0; i < one.todo.devices.size() && i < kPcsInLane; ++i) {
    auto pc = pc_link(visit, one.todo.devices[i], one.todo.labels[i]);
    PageData plans = new_list();
    if (const auto plan = one.plans.find(one.todo.devices[i]); plan != one.plans.end()) plans << text_item(plan_text(visit, plan->second));
    pc.set("plan", plans);
    pcs << pc;
  }
  thing.set("pcs", pcs);
  if (one.todo.devices.empty()) thing.set("company_itself", yes());
  PageData more = new_list();
  if (const auto all = static_cast<std::size_t>(one.todo.pcs()); all > kPcsInLane) {
    PageData rest;
    rest.set("href", company_path(visit) + "/checks/" + check_in_path(one.todo.check));
    rest.set("text", sentence(visit, "company.pcs_more", {{"n", number(static_cast<std::int64_t>(all - kPcsInLane))}}));
    more << rest;
  }
  thing.set("more", more);
  PageData reason = new_list();
  if (one.lane.lane == Lane::cost) reason << text_item(one.lane.reason.in(visit.language));
  thing.set("reason", reason);
  return thing;
}

// What is to be done beside what the checks found, and by whom it takes no money.
PageData questions_to_answer(const Visit& visit, std::size_t questions) {
  PageData thing;
  thing.set("saw", sentence(visit, "company.question_saw", {{"n", number(static_cast<std::int64_t>(questions))}}));
  thing.set("to_do", page_word("company.question_to_do", visit.language));
  thing.set("to_answer", yes());
  return thing;
}

PageData switch_on(const Visit& visit, const Weekly& week) {
  const auto& silent = week.silent;
  PageData thing, pcs = new_list(), more = new_list();
  thing.set("saw", page_word("company.silent_saw", visit.language));
  thing.set("to_do", page_word("company.silent_to_do", visit.language));
  for (std::size_t i = 0; i < silent.size() && i < kPcsInLane; ++i) pcs << pc_link(visit, silent[i].device, silent[i].label);
  const int named = static_cast<int>(std::min(silent.size(), kPcsInLane));
  if (week.silent_pcs() > named) {
    PageData rest;
    rest.set("href", company_path(visit) + "/devices?state=silent");
    rest.set("text", sentence(visit, "company.pcs_more", {{"n", number(week.silent_pcs() - named)}}));
    more << rest;
  }
  thing.set("pcs", pcs);
  thing.set("more", more);
  return thing;
}

PageData lanes(const Visit& visit, const CompanyOverview& overview) {
  PageData lanes = new_list();
  for (const auto lane : {Lane::today, Lane::cost}) {
    PageData things = new_list();
    for (const auto& one : overview.first)
      if (one.lane.lane == lane) things << first_thing(visit, one);
    if (lane == Lane::today) {
      if (!overview.week.questions.empty()) things << questions_to_answer(visit, overview.week.questions.size());
      if (!overview.week.silent.empty()) things << switch_on(visit, overview.week);
    }
    if (things.list_value().empty()) continue;
    PageData data;
    data.set("name", page_word(lane == Lane::today ? "company.today" : "company.cost", visit.language));
    data.set("things", things);
    lanes << data;
  }
  return lanes;
}

PageData tile_data(const Visit& visit, const RuleTile& tile, const std::string& registered, const std::optional<Readers>& readers) {
  PageData data;
  data.set("number", number(tile.number));
  data.set("name", tile.name.in(visit.language));
  data.set("verdict", verdict_text(visit, tile.verdict));
  data.set("class", verdict_class(tile.verdict));
  PageData unlike = new_list(), why = new_list();
  if (!registered.empty()) unlike << text_item(registered);
  if (tile.verdict == Verdict::unknown && tile.counts.unknown == 0) why << text_item(page_word("company.why_quiet", visit.language));
  data.set("registered", unlike);
  data.set("why", why);
  data.set("href", company_path(visit) + "/devices?rule=" + tile.rule + (tile.counts.fail > 0 ? "&verdict=fail" : ""));
  PageData counts = new_list();
  const auto add = [&](const std::string& what, std::int64_t pcs, bool always) {
    if (pcs == 0 && !always) return;
    PageData one;
    one.set("what", what);
    one.set("n", number(pcs));
    counts << one;
  };
  add(verdict_text(visit, Verdict::pass), tile.counts.pass - tile.counts.not_applicable, true);
  add(verdict_text(visit, Verdict::fail), tile.counts.fail, true);
  add(verdict_text(visit, Verdict::unknown), tile.counts.unknown, true);
  add(verdict_text(visit, Verdict::ask), tile.counts.ask, true);
  add(verdict_text(visit, Verdict::not_applicable), tile.counts.not_applicable, false);
  add(page_word("company.silent_count", visit.language), tile.counts.silent, false);
  add(page_word("company.resting_count", visit.language), tile.counts.resting, false);
  data.set("counts", counts);
  PageData questions = new_list();
  if (tile.questions > 0) questions << text_item(sentence(visit, "company.questions_open", {{"n", number(tile.questions)}}));
  if (readers) questions << text_item(sentence(visit, "company.readers", {{"n", number(readers->read)}, {"all", number(readers->all)}}));
  data.set("questions", questions);
  if (tile.questions > 0) data.set("to_answer", yes());
  if (tile.declared && tile.questions == 0) data.set("declared", yes());
  return data;
}

// Below what is to be done at the PCs: whoever reads this first thinks that it comes first.
PageData notes_of_hub(const Visit& visit) {
  PageData list = new_list();
  if (visit.parts.of_hub)
    for (const auto& finding : visit.parts.of_hub()) list << text_item(shown(startup_sentence(finding, visit.language)));
  return list;
}

PageData notes(Visit& visit, const CompanyOverview& overview) {
  PageData list = new_list();
  const auto& company = overview.company;
  // With the page on which it is put right, for those who may.
  const auto add = [&](const std::string& text, const char* page, const char* title) {
    auto one = text_item(text);
    if (visit.role && may(*visit.role, Need::manage)) {
      one.set("href", "/c/" + company.id + page);
      one.set("page", page_word(title, visit.language));
    }
    list << one;
  };
  if (!company.confirmed)
    add(page_word(company.owner_mail.empty() ? "company.note_no_mail" : "company.note_unconfirmed", visit.language), "/sheet",
        "sheet.title");
  if (overview.waiting > 0) add(sentence(visit, "company.note_waiting", {{"n", number(overview.waiting)}}), "/enrol", "enrol.title");
  if (!overview.week.declaring.empty()) {
    auto one = text_item(page_word("company.note_declaring", visit.language));
    one.set("href", company_path(visit) + "/declaring");
    one.set("page", page_word("declaring.title", visit.language));
    list << one;
  }
  if (overview.week.stated && *overview.week.stated != overview.week.registered)
    add(page_word("company.note_mismatch", visit.language), "/sheet", "sheet.title");
  return list;
}

void set_changes(const Visit& visit, const Weekly& week, PageData& data) {
  PageData changes = new_list();
  const Teller teller(visit.language);
  for (std::size_t i = 0; i < week.newly.size() && i < kListed; ++i) {
    auto one = pc_link(visit, week.newly_devices[i], week.newly[i]);
    one.set("text", page_word("company.newly", visit.language));
    changes << one;
  }
  for (std::size_t i = 0; i < week.solved.size() && i < kListed; ++i) {
    auto one = pc_link(visit, week.solved[i].device, week.solved[i].label);
    one.set("text", sentence(visit, "company.solved", {{"rule", teller.rule_name(week.solved[i].rule)}}));
    changes << one;
  }
  data.set(changes.list_value().empty() ? "no_changes" : "has_changes", yes());
  data.set("changes", changes);
}

template <class Pc, class Fill>
void set_pcs(const Visit& visit, const std::string& name, const std::vector<Pc>& pcs, int beyond, PageData& data, const Fill& fill) {
  PageData list = new_list(), more = new_list();
  for (std::size_t i = 0; i < pcs.size() && i < kListed; ++i) {
    auto one = pc_link(visit, pcs[i].device, pcs[i].label);
    fill(pcs[i], one);
    list << one;
  }
  if (const auto others = static_cast<std::int64_t>(pcs.size() - std::min(pcs.size(), kListed)) + beyond; others > 0)
    more << text_item(sentence(visit, "company.pcs_more", {{"n", number(others)}}));
  if (!pcs.empty()) data.set("has_" + name, yes());
  data.set(name, list);
  data.set(name + "_more", more);
}

void set_trend(const Visit& visit, const CompanyOverview& overview, PageData& data) {
  if (overview.trend.empty()) return;
  const auto word = [&](const char* key) { return page_word(key, visit.language); };
  PageData trend, weeks = new_list();
  trend.set("svg", trend_picture(overview.trend, word("company.trend_means")));
  PageData legend = new_list();
  for (const auto& [name, key] : {std::pair{"fine", "company.trend_fine"},
                                  {"open", "company.trend_open"},
                                  {"quiet", "company.trend_quiet"},
                                  {"fail", "company.trend_fail"}}) {
    PageData one;
    one.set("class", name);
    one.set("text", word(key));
    legend << one;
  }
  trend.set("legend", legend);
  for (const auto& point : overview.trend) {
    PageData week;
    week.set("day", compliance::render_day(Time{point.day}, visit.language, {0, {}}));
    week.set("fine", number(point.count.pass));
    week.set("fail", number(point.count.fail));
    week.set("open", number(point.count.unknown));
    week.set("quiet", number(point.count.silent + point.count.resting));
    weeks << week;
  }
  trend.set("weeks", weeks);
  data.set("trend", trend);
}

void set_comment(const Visit& visit, const CompanyOverview& overview, PageData& data) {
  PageData comment = new_list();
  if (!overview.comment.text.empty()) {
    PageData one;
    one.set("text", shown(overview.comment.text));
    one.set("who", shown(overview.comment.who));
    one.set("day", day_of(visit, overview.comment.at));
    comment << one;
  }
  data.set("comment", comment);
  data.set("comment_text", shown(overview.comment.text));
}

void set_scope(const Visit& visit, const CompanyOverview& overview, PageData& data) {
  PageData checks = new_list(), others = new_list();
  for (const auto& check : overview.checks) {
    PageData one;
    one.set("name", check_name(visit, check));
    checks << one;
  }
  data.set("checks", checks);
  data.set("looked_at", sentence(visit, "company.looked_at_pcs",
                                 {{"n", number(overview.week.registered)}, {"checks", number(static_cast<int>(overview.checks.size()))}}));
  for (const auto& what : visit.ja() ? overview.not_looked_at.ja : overview.not_looked_at.en) others << text_item(what);
  data.set("not_looked_at", others);
}

bool may_comment(const Visit& visit) { return visit.role == Role::adviser || visit.role == Role::administrator; }

}  // namespace

Result<HttpReply> show_company(Visit& visit) {
  const auto overview = company_overview(visit.store(), visit.company->id, visit.now, visit.parts.library);
  if (!overview) return overview.error();
  const auto& week = overview->week;
  PageData data;
  const auto answer = AnswerMaker(visit, week).make();
  data.set("answer", answer.first);
  data.set("verdict", verdict_text(visit, overview->verdict));
  data.set("class", verdict_class(overview->verdict));
  PageData also = new_list();
  for (const auto& one : answer.also) also << text_item(one);
  data.set("also", also);
  const auto registered = sentence(visit, week.stated ? "company.registered" : "company.registered_only",
                                   {{"n", number(week.registered)}, {"all", number(week.stated.value_or(0))}});
  data.set("registered", registered);
  data.set("made_on", sentence(visit, "company.made_on", {{"day", day_of(visit, visit.now)}}));
  PageData person = new_list();
  if (!week.person.empty()) person << text_item(sentence(visit, "company.person", {{"name", shown(week.person)}}));
  data.set("person_in_charge", person);
  set_comment(visit, *overview, data);
  data.set("notes", notes(visit, *overview));
  data.set("of_hub", notes_of_hub(visit));
  const auto to_do = lanes(visit, *overview);
  if (to_do.list_value().empty()) data.set("nothing", yes());
  data.set("lanes", to_do);
  PageData tiles = new_list();
  for (const auto& tile : overview->tiles)
    // Each tile says it again only where it is why none is 適合.
    tiles << tile_data(visit, tile, week.stated == week.registered ? "" : registered, tile.rule == "threats" ? week.readers : std::nullopt);
  data.set("tiles", tiles);
  data.set("words", verdict_meanings(visit));
  set_changes(visit, week, data);
  set_pcs(visit, "silent", week.silent, week.more_silent, data, [&](const SilentPc& pc, PageData& one) {
    one.set("day", sentence(visit, "company.last_heard", {{"day", day_of(visit, pc.last_contact)}}));
    if (visit.now - pc.last_contact >= kGoneDays) one.set("gone", yes());
  });
  set_pcs(visit, "resting", week.resting, 0, data, [&](const RestingPc& pc, PageData& one) {
    one.set("day", sentence(visit, "company.rested_until", {{"day", day_of(visit, pc.until)}}));
  });
  set_trend(visit, *overview, data);
  set_scope(visit, *overview, data);
  if (may_comment(visit)) data.set("may_comment", yes());
  return show_named(visit, "company.html", shown(visit.company->name), data);
}

Result<HttpReply> comment_on_company(Visit& visit) {
  if (!may_comment(visit)) return message_page(visit, 403, "comment_not_yours");
  auto text = visit.field("comment");
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (characters_in(text) > kCommentCharacters) return message_page(visit, 422, "bad_form");
  auto& store = visit.store();
  const auto before = store.comment(visit.company->id);
  if (!before) return before.error();
  if (auto put = store.put_comment(visit.company->id, {text, visit.person->name, visit.now}); !put) return put.error();
  if (auto told = record(visit, "company.comment", visit.company->name, before->text, text); !told) return told.error();
  return see_other(company_path(visit));
}

}  // namespace gokajo::hub
