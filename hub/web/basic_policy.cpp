// 基本方針: a draft from a short dialogue, to be published by the company, and whether it is still found where it was published.
#include "hub/company_change.h"
#include "hub/declaring/facts_from_store.h"
#include "hub/export/pdf.h"
#include "hub/export/policy_pdf.h"
#include "hub/web/file_reply.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"
#include "hub/web/permission.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

constexpr std::pair<PolicyInfo, const char*> kInfos[] = {{PolicyInfo::customers, "paper.customers"},
                                                         {PolicyInfo::partners, "paper.partners"},
                                                         {PolicyInfo::staff, "paper.staff"},
                                                         {PolicyInfo::own, "paper.own"}};
constexpr std::pair<PolicyPromise, const char*> kPromises[] = {{PolicyPromise::backup, "paper.backup"},
                                                               {PolicyPromise::training, "paper.training"},
                                                               {PolicyPromise::outsourcing, "paper.outsourcing"},
                                                               {PolicyPromise::incident, "paper.incident"},
                                                               {PolicyPromise::law, "paper.law"}};

std::string place(const Visit& visit) { return company_path(visit) + "/basic-policy"; }

PolicyPaper paper_of(const Visit& visit, const PolicyTold& told) {
  return policy_paper(shown(visit.company->name), shown(visit.company->responsible), told);
}

template <class Enum, std::size_t kMany>
PageData boxes(const Visit& visit, const std::pair<Enum, const char*> (&all)[kMany], const std::set<Enum>& ticked) {
  PageData list = new_list();
  for (const auto& [id, word] : all) {
    PageData box;
    box.set("field", boost::describe::enum_to_string(id, ""));
    box.set("text", page_word(word, visit.language));
    if (ticked.contains(id)) box.set("ticked", yes());
    list << box;
  }
  return list;
}

template <class Enum, std::size_t kMany>
std::set<Enum> ticked_in(const Visit& visit, const std::pair<Enum, const char*> (&all)[kMany]) {
  std::set<Enum> ticked;
  for (const auto& [id, word] : all)
    if (visit.form.contains(boost::describe::enum_to_string(id, ""))) ticked.insert(id);
  return ticked;
}

const char* outcome_key(Published outcome) {
  switch (outcome) {
    case Published::there:
      return "paper.is_there";
    case Published::changed:
      return "paper.is_changed";
    case Published::missing:
      return "paper.is_missing";
    case Published::unreadable:
      return "paper.is_unreadable";
    case Published::refused:
      return "paper.is_refused";
    case Published::unreachable:
      break;
  }
  return "paper.is_unreachable";
}

void set_draft(const Visit& visit, const PolicyTold& told, PageData& data) {
  const auto paper = paper_of(visit, told);
  PageData draft, parts = new_list();
  draft.set("title", paper.title);
  draft.set("lead", paper.lead);
  std::int64_t number = 0;
  for (const auto& part : paper.parts) {
    PageData one;
    one.set("heading", std::to_string(++number) + "　" + part.heading);
    one.set("text", part.text);
    parts << one;
  }
  draft.set("parts", parts);
  draft.set("day", paper.day);
  draft.set("company", paper.company);
  draft.set("signer", shown(paper.signer));
  if (!paper.contact.empty()) draft.set("contact", shown(paper.contact));
  if (can_write_pdf()) draft.set("pdf", yes());
  data.set("draft", draft);
}

// What a form showed stays as it was typed where it was refused.
struct Typed {
  std::optional<PolicyTold> told;
  std::optional<std::string> address;
};

Result<HttpReply> page(Visit& visit, const std::string& problem = {}, const Typed& typed = {}) {
  const auto kept = kept_policy(visit.store(), visit.company->id);
  if (!kept) return kept.error();
  const auto& told = typed.told ? *typed.told : kept->told;
  PageData data;
  data.set("signer", shown(told.signer));
  data.set("contact", shown(told.contact));
  data.set("since", shown(told.since.empty() && !typed.told ? company_day(*visit.company, visit.now) : told.since));
  data.set("infos", boxes(visit, kInfos, told.infos));
  data.set("promises", boxes(visit, kPromises, told.promises));
  data.set("address", shown(typed.address ? *typed.address : kept->address));
  if (visit.company->responsible.empty()) data.set("nobody_responsible", yes());
  if (kept->told.is_whole()) {
    set_draft(visit, kept->told, data);
    data.set("told", sentence(visit, "paper.told_by", {{"who", shown(kept->told_by)}, {"day", day_of(visit, kept->told_at)}}));
  }
  if (!kept->address.empty()) data.set("published", yes());
  if (kept->look) {
    data.set("look", sentence(visit, outcome_key(kept->look->outcome), {{"day", day_of(visit, kept->look->at)}}));
    data.set("look_class", is_published(kept->look->outcome) ? "good" : "open");
  }
  if (kept->wanted && !kept->address.empty()) data.set("waiting", yes());
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "basic_policy.html", "paper.title", data, problem.empty() ? 200 : 422);
}

HttpReply as_file(const Visit& visit, const std::string& ending, const char* type, std::string bytes) {
  return file_reply("gokajo-" + visit.company->id + "-basic-policy." + ending, type, std::move(bytes));
}

// The draft, or nothing where the dialogue is not done.
Result<std::optional<PolicyPaper>> draft_of(Visit& visit) {
  const auto kept = kept_policy(visit.store(), visit.company->id);
  if (!kept) return kept.error();
  return kept->told.is_whole() ? std::optional(paper_of(visit, kept->told)) : std::nullopt;
}

bool fits(const std::string& text) { return characters_in(text) <= kMaxPolicyLine; }

}  // namespace

Result<HttpReply> show_basic_policy(Visit& visit) { return page(visit); }

Result<HttpReply> tell_basic_policy(Visit& visit) {
  const auto kept = kept_policy(visit.store(), visit.company->id);
  if (!kept) return kept.error();
  const PolicyTold told{shown(visit.field("signer")), shown(visit.field("contact")), day_in(visit.field("since")), ticked_in(visit, kInfos),
                        ticked_in(visit, kPromises)};
  Typed typed{told, std::nullopt};
  typed.told->since = visit.field("since");
  if (told.signer.empty() || !fits(told.signer)) return page(visit, "paper_signer", typed);
  if (!fits(told.contact)) return page(visit, "paper_contact", typed);
  if (told.since.empty()) return page(visit, "paper_since", typed);
  if (told.infos.empty()) return page(visit, "paper_infos", typed);
  if (auto done = keep_policy(visit.store(), *visit.company, *kept, told, visit.person->name, visit.now); !done) return done.error();
  return see_other(place(visit) + "#draft");
}

Result<HttpReply> publish_basic_policy(Visit& visit) {
  const auto kept = kept_policy(visit.store(), visit.company->id);
  if (!kept) return kept.error();
  auto& store = visit.store();
  if (visit.field("look") == "again") {
    if (kept->address.empty()) return page(visit, "paper_address");
    if (auto done = want_look(store, *visit.company, visit.person->name, visit.now); !done) return done.error();
    return see_other(place(visit) + "#published");
  }
  const auto& address = visit.field("address");
  if (!address.empty() && !is_published_address(address)) return page(visit, "paper_address", {std::nullopt, address});
  if (auto done = keep_address(store, *visit.company, kept->address, address, visit.person->name, visit.now); !done) return done.error();
  return see_other(place(visit) + "#published");
}

Result<HttpReply> basic_policy_as_text(Visit& visit) {
  const auto draft = draft_of(visit);
  if (!draft) return draft.error();
  return *draft ? as_file(visit, "txt", "text/plain; charset=utf-8", policy_text(**draft)) : see_other(place(visit));
}

Result<HttpReply> basic_policy_as_page(Visit& visit) {
  const auto draft = draft_of(visit);
  if (!draft) return draft.error();
  return *draft ? as_file(visit, "html", "text/html; charset=utf-8", policy_html(**draft)) : see_other(place(visit));
}

Result<HttpReply> basic_policy_as_pdf(Visit& visit) {
  const auto draft = draft_of(visit);
  if (!draft) return draft.error();
  if (!*draft) return see_other(place(visit));
  auto bytes = policy_pdf(**draft);
  if (!bytes && bytes.error().kind == ErrorKind::unsupported) return message_page(visit, 501, "no_such_file");
  if (!bytes) return bytes.error();
  return as_file(visit, "pdf", "application/pdf", std::move(*bytes));
}

}  // namespace gokajo::hub
