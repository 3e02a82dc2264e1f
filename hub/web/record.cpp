// 操作の記録: who changed what, the newest first, in pages, by person and by kind; of a company, or of the hub itself.
#include <algorithm>
#include <span>

#include "compliance/thing_question.h"
#include "compliance/wording.h"
#include "hub/company_book.h"
#include "hub/declaring/steps.h"
#include "hub/scs3/criteria.h"
#include "hub/thresholds.h"
#include "hub/web/diagnosis_parts.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kOnPage = 100;
constexpr std::size_t kFarthestPage = 10000;

// Fields and boxes of the basic policy, and what a look at the published one showed.
constexpr std::pair<const char*, const char*> kPaperWords[] = {{"signer", "paper.ask_signer"},
                                                               {"contact", "paper.ask_contact"},
                                                               {"since", "paper.ask_since"},
                                                               {"infos", "paper.ask_infos"},
                                                               {"promises", "paper.ask_promises"},
                                                               {"address", "paper.address"},
                                                               {"customers", "paper.customers"},
                                                               {"partners", "paper.partners"},
                                                               {"staff", "paper.staff"},
                                                               {"own", "paper.own"},
                                                               {"backup", "paper.backup"},
                                                               {"training", "paper.training"},
                                                               {"outsourcing", "paper.outsourcing"},
                                                               {"incident", "paper.incident"},
                                                               {"law", "paper.law"},
                                                               {"there", "paper.seen_there"},
                                                               {"changed", "paper.seen_changed"},
                                                               {"missing", "paper.seen_missing"},
                                                               {"unreadable", "paper.seen_unreadable"},
                                                               {"refused", "paper.seen_refused"},
                                                               {"unreachable", "paper.seen_unreachable"}};

// Deeds hold ids; people read what they stand for. `pack`: for questions; none where it cannot be used.
class Telling {
 public:
  Telling(const Visit& visit, const compliance::Pack* pack) : visit_(visit), pack_(pack) {}

  std::string what(const std::string& word) const {
    return has_page_word("deed." + word) ? page_word("deed." + word, visit_.language) : shown(word);
  }

  std::string subject(const Deed& deed) const {
    if (deed.what.starts_with("answer."))
      if (const auto* question = question_named(deed.subject)) return question->ask.in(visit_.language);
    if (deed.what == "diagnosis.answer")
      for (const auto& question : diagnosis_sheet().questions)
        if (deed.subject == std::to_string(question.number)) return deed.subject + " " + question.theme.in(visit_.language);
    if (deed.what == "scs.answer")
      if (const auto* criterion = scs_facts().criterion(deed.subject)) return deed.subject + " " + criterion->text.in(visit_.language);
    if (deed.what == "declaring.said")
      for (const auto& step : declaring_steps().steps)
        if (deed.subject == boost::describe::enum_to_string(step.id, "")) return step.text.in(visit_.language);
    if (deed.what == "declaring.paper") return word_in(kPaperWords, deed.subject);
    if (deed.what.starts_with("threshold."))
      for (const auto& range : setting_ranges())
        if (deed.subject == range.check + " " + range.name) return range.text.in(visit_.language);
    if (deed.what.starts_with("code.")) return page_word("enrol.number", visit_.language) + shown(deed.subject);
    return with_names(deed.subject);
  }

  std::string value(const Deed& deed, const std::string& value) const {
    Role role{};
    if (boost::describe::enum_from_string(value.c_str(), role))
      return page_word(std::string("role.") + boost::describe::enum_to_string(role, ""), visit_.language);
    CodeKind kind{};
    if (deed.what.starts_with("code.") && boost::describe::enum_from_string(value.c_str(), kind))
      return page_word(std::string("enrol.") + boost::describe::enum_to_string(kind, ""), visit_.language);
    Level level{};
    if ((deed.what == "diagnosis.answer" || deed.what == "scs.answer") && boost::describe::enum_from_string(value.c_str(), level))
      return level_text(visit_, level);
    if (deed.what == "declaring.paper") return words_in(value);
    if (deed.what == "declaring.looked") return word_in(kPaperWords, value);
    if (deed.what.starts_with("answer.")) {
      if (const auto* question = question_named(deed.subject)) return choice(question->choices, value);
      const auto end = value.rfind(": ");
      const auto from = end == std::string::npos ? 0 : end + 2;
      return with_names(value.substr(0, from)) + choice(compliance::thing_choices(), value.substr(from));
    }
    return with_names(value);
  }

 private:
  std::string word_in(std::span<const std::pair<const char*, const char*>> words, const std::string& id) const {
    for (const auto& [known, key] : words)
      if (id == known) return page_word(key, visit_.language);
    return with_days(shown(id));
  }
  // "customers staff": ids of boxes that were ticked; anything else was typed in.
  std::string words_in(const std::string& value) const {
    std::string text;
    for (std::size_t from = 0; from < value.size();) {
      const auto end = std::min(value.find(' ', from), value.size());
      const auto id = value.substr(from, end - from);
      const bool known = std::any_of(std::begin(kPaperWords), std::end(kPaperWords), [&](const auto& one) { return id == one.first; });
      if (!known) return with_days(shown(value));
      text += (text.empty() ? "" : "／") + word_in(kPaperWords, id);
      from = end + 1;
    }
    return text;
  }

  const compliance::PackQuestion* question_named(const std::string& id) const {
    if (!pack_) return nullptr;
    const auto found =
        std::find_if(pack_->questions.begin(), pack_->questions.end(), [&](const compliance::PackQuestion& one) { return one.id == id; });
    return found == pack_->questions.end() ? nullptr : &*found;
  }

  std::string choice(const std::vector<compliance::Choice>& choices, const std::string& id) const {
    for (const auto& one : choices)
      if (one.id == id) return one.text.in(visit_.language);
    return shown(id);
  }

  // A check's id at the front, as its name.
  std::string with_names(const std::string& text) const {
    const auto end = std::min(text.find_first_of(" :"), text.size());
    const auto& wording = compliance::built_in_wording();
    const auto found = wording.find(text.substr(0, end));
    return found == wording.end() ? with_days(shown(text)) : found->second.name.in(visit_.language) + with_days(shown(text.substr(end)));
  }

  // "2026-12-29" as people read it.
  std::string with_days(std::string text) const {
    constexpr std::size_t kDay = 10;
    for (std::size_t at = 0; at + kDay <= text.size(); ++at) {
      const auto one = text.substr(at, kDay);
      const bool alone = (at == 0 || !is_digit(text[at - 1])) && (at + kDay == text.size() || !is_digit(text[at + kDay]));
      const auto day = alone && one[4] == '-' && one[7] == '-' ? platform::parse_time(one) : std::nullopt;
      if (!day) continue;
      const auto words = compliance::render_day(*day, visit_.language, {0, {}});
      text.replace(at, kDay, words);
      at += words.size() - 1;
    }
    return text;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  const Visit& visit_;
  const compliance::Pack* pack_;
};

// Empty: of the hub itself.
std::string tenant_of(const Visit& visit) { return visit.company ? visit.company->id : ""; }

std::string place(const Visit& visit) { return visit.company ? "/c/" + visit.company->id + "/record" : "/hub/record"; }

// Stands for a name in addresses and forms: names stay out of both.
std::string key_of(const Visit& visit, const std::string& who) {
  return visit.parts.pepper.hash("who", tenant_of(visit) + "\n" + who).substr(0, 16);
}

PageData options_of(const std::vector<std::string>& values, const std::string& chosen,
                    const std::function<std::string(const std::string&)>& text) {
  PageData list{PageData::type::list};
  for (const auto& value : values) {
    PageData one;
    one.set("value", value);
    one.set("text", text(value));
    if (value == chosen) one.set("selected", PageData::type::bool_true);
    list << one;
  }
  return list;
}

std::size_t page_number(const std::string& typed) {
  if (typed.empty() || typed.size() > 5 || typed.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::min<std::size_t>(std::stoul(typed), kFarthestPage);
}

std::string address_of(const Visit& visit, const DeedFilter& filter, std::size_t page) {
  return place(visit) + "?who=" + (filter.who.empty() ? "" : key_of(visit, filter.who)) + "&what=" + escaped_for_query(filter.what) +
         "&page=" + std::to_string(page);
}

}  // namespace

Result<HttpReply> show_record(Visit& visit) {
  auto& store = visit.store();
  const auto people = store.who_did(tenant_of(visit));
  if (!people) return people.error();
  DeedFilter filter{{}, visit.field("what")};
  for (const auto& who : *people)
    if (key_of(visit, who) == visit.field("who")) filter.who = who;
  const auto page = page_number(visit.field("page"));
  const auto deeds = store.deeds_matching(tenant_of(visit), filter, page * kOnPage, kOnPage + 1);
  if (!deeds) return deeds.error();
  const auto kinds = store.what_was_done(tenant_of(visit));
  if (!kinds) return kinds.error();
  CompanyBook book(store, visit.parts.library);
  std::shared_ptr<const CompanyPage> held;
  if (visit.company)
    if (auto found = book.of(visit.company->id, visit.now)) held = std::move(*found);
  const Telling telling(visit, held ? &held->pack : nullptr);
  PageData rows{PageData::type::list};
  for (std::size_t i = 0; i < deeds->size() && i < kOnPage; ++i) {
    const auto& deed = (*deeds)[i];
    PageData row;
    row.set("day", day_of(visit, deed.at));
    row.set("who", shown(deed.who));
    row.set("what", telling.what(deed.what));
    row.set("subject", telling.subject(deed));
    row.set("before", telling.value(deed, deed.before));
    row.set("after", telling.value(deed, deed.after));
    rows << row;
  }
  PageData data;
  data.set("place", place(visit));
  data.set("deeds", rows);
  if (deeds->empty()) data.set("none", PageData::type::bool_true);
  PageData named{PageData::type::list};
  for (const auto& who : *people) {
    PageData one;
    one.set("value", key_of(visit, who));
    one.set("text", shown(who));
    if (who == filter.who) one.set("selected", PageData::type::bool_true);
    named << one;
  }
  data.set("people", named);
  data.set("kinds", options_of(*kinds, filter.what, [&](const std::string& what) { return telling.what(what); }));
  if (page > 0) data.set("newer", address_of(visit, filter, page - 1));
  if (deeds->size() > kOnPage) data.set("older", address_of(visit, filter, page + 1));
  return show(visit, "record.html", "record.title", data);
}

Result<HttpReply> show_hub_record(Visit& visit) { return show_record(visit); }

}  // namespace gokajo::hub
