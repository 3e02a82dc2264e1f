// お知らせ: what the hub proposes for the month, which a person approves, changes or refuses; and what PCs get besides.
#include <algorithm>

#include "hub/feeds/proposal.h"
#include "hub/feeds/reading.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using compliance::Briefing, compliance::Text;
using platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kShown = 12;

std::string place(const Visit& visit) { return company_path(visit) + "/briefings"; }

bool manages(const Visit& visit) { return visit.role && *visit.role != Role::viewer; }

std::string lines_of(const std::vector<Text>& texts, compliance::Language language) {
  std::string lines;
  for (const auto& text : texts) lines += text.in(language) + "\n";
  return lines;
}

// What was typed line by line; blank lines are no paragraphs.
std::vector<std::string> paragraphs(const std::string& typed) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < typed.size();) {
    const auto end = std::min(typed.find('\n', at), typed.size());
    if (auto line = plain_line(typed.substr(at, end - at), kBriefingTextEn + 1); !line.empty()) found.push_back(std::move(line));
    at = end + 1;
  }
  return found;
}

// Nothing where the two languages have another number of paragraphs.
std::vector<Text> in_both(const std::string& ja, const std::string& en) {
  const auto japanese = paragraphs(ja), english = paragraphs(en);
  std::vector<Text> both;
  if (japanese.size() != english.size()) return both;
  for (std::size_t i = 0; i < japanese.size(); ++i) both.push_back({japanese[i], english[i]});
  return both;
}

// The texts of the form; fields that did not come leave what is there.
void take_form(const Visit& visit, Briefing& briefing) {
  const auto one = [&](const char* name, std::string& text, std::size_t most) {
    if (visit.form.contains(name)) text = plain_line(visit.field(name), most + 1);
  };
  one("title_ja", briefing.title.ja, kBriefingTextJa);
  one("title_en", briefing.title.en, kBriefingTextEn);
  one("what_ja", briefing.what_happens.ja, kBriefingTextJa);
  one("what_en", briefing.what_happens.en, kBriefingTextEn);
  if (visit.form.contains("notice_ja")) briefing.how_to_notice = in_both(visit.field("notice_ja"), visit.field("notice_en"));
  if (visit.form.contains("do_ja")) briefing.what_to_do = in_both(visit.field("do_ja"), visit.field("do_en"));
}

// Feeds and forms are foreign: their links lead to the publishers alone (link_of_publisher). What comes along with the program is ours.
enum class Whose { foreign, ours };

PageData links(const std::vector<compliance::BriefingSource>& sources, Whose whose = Whose::foreign) {
  auto list = new_list();
  for (const auto& source : sources) {
    const bool ours = whose == Whose::ours && source.url.starts_with("https://");
    const auto link = ours ? source.url : link_of_publisher(source.url);
    if (link.empty()) continue;
    PageData one;
    one.set("title", shown(source.title));
    one.set("href", link);
    list << one;
  }
  return list;
}

void add_reasons(const Visit& visit, const CompanyBriefing& kept, PageData& card) {
  const auto reasons = read_reasons(kept.about);
  if (!reasons) return;
  if (reasons->kind == "general")
    card.set("why", page_word(reasons->inventory ? "briefings.general" : "briefings.no_inventory", visit.language));
  auto products = new_list();
  for (const auto& product : reasons->products) {
    PageData one;
    one.set("name", shown(visit.ja() ? product.ja : product.en));
    one.set("pcs", sentence(visit, "briefings.on_pcs", {{"n", std::to_string(product.pcs)}}));
    if (product.exploited) one.set("exploited", yes());
    one.set("notices", links(product.notices));
    products << one;
  }
  card.set("products", products);
  if (reasons->inventory)
    card.set("looked", sentence(visit, "briefings.looked",
                                {{"n", std::to_string(reasons->pcs)}, {"without", std::to_string(reasons->without + reasons->left_out)}}));
}

PageData questions_of(const Visit& visit, const Briefing& briefing) {
  auto questions = new_list();
  for (const auto& question : briefing.questions) {
    PageData one;
    one.set("ask", shown(question.ask.in(visit.language)));
    auto choices = new_list();
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
      PageData choice;
      choice.set("text", shown(question.choices[i].in(visit.language)));
      if (static_cast<std::int64_t>(i) == question.right) choice.set("right", yes());
      choices << choice;
    }
    one.set("choices", choices);
    one.set("because", shown(question.because.in(visit.language)));
    questions << one;
  }
  return questions;
}

PageData items_of(const Visit& visit, const std::vector<Text>& texts) {
  auto list = new_list();
  for (const auto& text : texts) {
    PageData one;
    one.set("text", shown(text.in(visit.language)));
    list << one;
  }
  return list;
}

// All that people at a PC read, for whoever reads it here.
PageData reading_of(const Visit& visit, const Briefing& briefing, Whose whose) {
  PageData reading;
  reading.set("about", shown(briefing.title.in(visit.language)));
  reading.set("what", shown(briefing.what_happens.in(visit.language)));
  reading.set("notice", items_of(visit, briefing.how_to_notice));
  reading.set("todo", items_of(visit, briefing.what_to_do));
  reading.set("questions", questions_of(visit, briefing));
  reading.set("sources", links(briefing.sources, whose));
  return reading;
}

void add_texts(const Visit& visit, const Briefing& briefing, PageData& card) {
  card.set("title_ja", shown(briefing.title.ja));
  card.set("title_en", shown(briefing.title.en));
  card.set("what_ja", shown(briefing.what_happens.ja));
  card.set("what_en", shown(briefing.what_happens.en));
  card.set("notice_ja", shown(lines_of(briefing.how_to_notice, compliance::Language::ja)));
  card.set("notice_en", shown(lines_of(briefing.how_to_notice, compliance::Language::en)));
  card.set("do_ja", shown(lines_of(briefing.what_to_do, compliance::Language::ja)));
  card.set("do_en", shown(lines_of(briefing.what_to_do, compliance::Language::en)));
  card.set("sources", links(briefing.sources));
  card.set("questions", questions_of(visit, briefing));
}

std::string state_text(const Visit& visit, const CompanyBriefing& one) {
  const auto& word = page_word(one.state == BriefingState::approved    ? "briefings.approved"
                               : one.state == BriefingState::refused   ? "briefings.refused"
                               : one.state == BriefingState::withdrawn ? "briefings.withdrawn"
                                                                       : "briefings.proposed",
                               visit.language);
  if (!one.decided) return word;
  return word + (visit.ja() ? "（" : " (") + day_of(visit, *one.decided) +
         (one.who.empty() ? "" : (visit.ja() ? "、" : ", ") + shown(one.who)) + (visit.ja() ? "）" : ")");
}

// The proposal with its form, or what came of an earlier one.
Result<PageData> card_of(const Visit& visit, const CompanyBriefing& bare) {
  PageData card;
  auto kept = visit.store().company_briefing(visit.company->id, bare.id);
  if (!kept) return kept.error();
  auto briefing = compliance::read_briefing(kept->text);
  if (!briefing) return briefing.error();
  card.set("id", kept->id);
  const auto month = kept->month.substr(5);
  card.set("month", sentence(visit, "briefings.month",
                             {{"year", kept->month.substr(0, 4)}, {"month", month.starts_with('0') ? month.substr(1) : month}}));
  card.set("name", shown(briefing->title.in(visit.language)));
  card.set("state", state_text(visit, *kept));
  add_reasons(visit, *kept, card);
  card.set("reading", reading_of(visit, *briefing, Whose::foreign));
  if (visit.request.method == "POST" && visit.field("briefing") == kept->id) take_form(visit, *briefing);
  add_texts(visit, *briefing, card);
  // As it was typed, also where it makes no paragraphs.
  if (visit.request.method == "POST" && visit.field("briefing") == kept->id)
    for (const char* name : {"notice_ja", "notice_en", "do_ja", "do_en"})
      if (visit.form.contains(name)) card.set(name, shown(visit.field(name)));
  if (kept->state == BriefingState::proposed) card.set("proposed", yes());
  if (kept->state == BriefingState::proposed && manages(visit)) card.set("may_decide", yes());
  if (kept->state == BriefingState::approved && manages(visit)) card.set("may_withdraw", yes());
  return card;
}

PageData bundled(const Visit& visit) {
  auto list = new_list();
  for (const auto& one : shelf_of(visit.parts.library)->briefings) {
    PageData row;
    row.set("name", shown(one.briefing.title.in(visit.language)));
    // What nobody has got yet is named only.
    if (one.briefing.published <= visit.now) row.set("reading", reading_of(visit, one.briefing, Whose::ours));
    if (compliance::is_drill(one.briefing.id)) row.set("drill", yes());
    const auto day = day_of(visit, one.briefing.published);
    row.set("day", one.briefing.published > visit.now ? sentence(visit, "briefings.from", {{"day", day}}) : day);
    list << row;
  }
  return list;
}

// How old each copy is, and why.
platform::Status add_feeds(const Visit& visit, PageData& data) {
  const auto kept = visit.store().feeds();
  if (!kept) return kept.error();
  const auto old = old_feeds(*kept, visit.now);
  auto rows = new_list();
  bool any = false;
  for (const auto& feed : public_feeds()) {
    const auto row = std::find_if(kept->begin(), kept->end(), [&](const KeptFeed& one) { return one.feed == feed.id; });
    if (row == kept->end() || !row->tried) continue;
    any = true;
    PageData one;
    one.set("name", feed.name.in(visit.language));
    one.set("good", row->good ? day_of(visit, *row->good) : page_word("briefings.never", visit.language));
    if (!row->problem.empty())
      one.set("trouble", sentence(visit, "briefings.problem",
                                  {{"day", day_of(visit, *row->tried)},
                                   {"why", words_of_feed_problem(row->problem.substr(0, row->problem.find(':'))).in(visit.language)}}));
    const auto is_old = std::find_if(old.begin(), old.end(), [&](const OldFeed& other) { return other.id == feed.id; });
    if (is_old != old.end() && is_old->good)
      one.set("old", sentence(visit, "briefings.old",
                              {{"days", std::to_string(std::chrono::floor<platform::Days>(visit.now - *is_old->good).count())}}));
    if (visit.person && visit.person->runs_hub && !row->problem.empty()) one.set("detail", shown(row->problem));
    rows << one;
  }
  data.set("feeds", rows);
  if (any) data.set("reads", yes());
  if (!old.empty()) data.set("some_old", yes());
  return platform::Done{};
}

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  const auto kept = visit.store().company_briefings(visit.company->id, kShown);
  if (!kept) return kept.error();
  PageData data;
  auto proposals = new_list(), others = new_list();
  bool waiting = false;
  for (const auto& one : *kept) {
    auto card = card_of(visit, one);
    // One that another version kept and this one cannot read is left out; the others are there.
    if (!card && card.error().kind == ErrorKind::malformed) continue;
    if (!card) return card.error();
    waiting = waiting || one.state == BriefingState::proposed;
    (one.state == BriefingState::proposed ? proposals : others) << *card;
  }
  data.set("proposals", proposals);
  data.set("others", others);
  if (!waiting) data.set("nothing_waits", yes());
  if (others.is_non_empty_list()) data.set("has_others", yes());
  data.set("bundled", bundled(visit));
  if (auto added = add_feeds(visit, data); !added) return added.error();
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "briefings.html", "briefings.title", data, problem.empty() ? 200 : 422);
}

Result<HttpReply> keep(Visit& visit, CompanyBriefing kept, BriefingState state, const char* deed, const std::string& title) {
  const auto before = boost::describe::enum_to_string(kept.state, "");
  kept.state = state;
  kept.decided = visit.now;
  kept.who = visit.person ? visit.person->name : "";
  if (auto put = visit.store().put_company_briefing(kept); !put) return put.error();
  if (auto told = record(visit, deed, kept.id, before, title); !told) return told.error();
  return see_other(place(visit));
}

Result<HttpReply> approve(Visit& visit, CompanyBriefing kept, Briefing briefing) {
  take_form(visit, briefing);
  if (briefing.how_to_notice.empty() || briefing.what_to_do.empty()) return page(visit, "briefing_lines");
  if (!fault_of_texts(briefing).empty()) return page(visit, "briefing_texts");
  // Whoever approves it today publishes it today.
  briefing.published = platform::Time{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))};
  kept.text = write_briefing(briefing);
  if (!compliance::read_briefing(kept.text)) return page(visit, "briefing_texts");
  kept.published = briefing.published;
  kept.sha256 = protocol::sha256_hex(kept.text);
  return keep(visit, std::move(kept), BriefingState::approved, "briefing.approve", briefing.title.ja);
}

}  // namespace

Result<HttpReply> show_briefings(Visit& visit) { return page(visit); }

Result<HttpReply> decide_briefing(Visit& visit) {
  auto kept = visit.store().company_briefing(visit.company->id, visit.field("briefing"));
  if (!kept && kept.error().kind != ErrorKind::not_found) return kept.error();
  if (!kept) return page(visit, "briefing_gone");
  auto briefing = compliance::read_briefing(kept->text);
  if (!briefing) return page(visit, "briefing_gone");
  const auto& action = visit.field("action");
  const bool proposed = kept->state == BriefingState::proposed;
  if (action == "approve" && proposed) return approve(visit, std::move(*kept), std::move(*briefing));
  if (action == "refuse" && proposed) return keep(visit, std::move(*kept), BriefingState::refused, "briefing.refuse", briefing->title.ja);
  if (action == "withdraw" && kept->state == BriefingState::approved)
    return keep(visit, std::move(*kept), BriefingState::withdrawn, "briefing.withdraw", briefing->title.ja);
  return page(visit, "briefing_gone");
}

}  // namespace gokajo::hub
