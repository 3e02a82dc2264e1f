// 例外: a failure that is known and accepted up to a day. Its verdict stays what it is.
#include "compliance/check.h"
#include "hub/web/handlers.h"
#include "hub/web/policy_page.h"

namespace gokajo::hub {

using platform::Result;

namespace {

std::string place(const Visit& visit) { return "/c/" + visit.company->id + "/exceptions"; }

ExceptionForm form_of(const Visit& visit) {
  return {visit.field("check"), visit.field("about"), visit.field("reason"), visit.field("owner"), visit.field("until")};
}

std::string subject_of(const ExceptionForm& form) { return form.about.empty() ? form.check : form.check + " " + form.about; }

const char* problem_of(PolicyChange outcome) {
  switch (outcome) {
    case PolicyChange::about:
      return "exception_about";
    case PolicyChange::reason:
      return "exception_reason";
    case PolicyChange::owner:
      return "exception_owner";
    case PolicyChange::until:
      return "exception_until";
    case PolicyChange::twice:
      return "exception_twice";
    case PolicyChange::gone:
      return "exception_gone";
    case PolicyChange::not_known:
    case PolicyChange::value:
    case PolicyChange::done:
      break;
  }
  return "exception_check";
}

PageData exceptions_of(const Visit& visit) {
  PageData list{PageData::type::list};
  for (const auto& exception : visit.company->policy.exceptions) {
    PageData one;
    one.set("check", exception.check);
    one.set("check_name", check_name(exception.check, visit.language));
    if (exception.about) {
      one.set("about", shown(*exception.about));
      one.set("about_key", visit.parts.pepper.hash("exception", *exception.about).substr(0, 24));
    }
    one.set("reason", shown(exception.reason));
    one.set("owner", shown(exception.owner));
    one.set("until", last_day(visit, exception.until));
    if (exception.until + platform::Days{1} <= visit.now) one.set("ended", PageData::type::bool_true);
    list << one;
  }
  return list;
}

void add_checks(const Visit& visit, const std::vector<compliance::PackCheck>& entries, PageData& list, const std::string& chosen) {
  for (const auto& entry : entries)
    for (const auto& check : entry.checks()) {
      if (!compliance::find_check(check)) continue;
      PageData one;
      one.set("value", check);
      one.set("text", check_name(check, visit.language));
      if (check == chosen) one.set("selected", PageData::type::bool_true);
      list << one;
    }
}

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  const auto pack = pack_alone(visit);
  if (!pack) return pack.error();
  // An address may fill the form in (a finding leads here); it changes nothing.
  const auto typed = form_of(visit);
  PageData checks{PageData::type::list};
  for (const auto& rule : pack->rules) add_checks(visit, rule.checks, checks, typed.check);
  add_checks(visit, pack->extras, checks, typed.check);
  PageData data;
  data.set("exceptions", exceptions_of(visit));
  if (visit.company->policy.exceptions.empty()) data.set("none", PageData::type::bool_true);
  data.set("checks", checks);
  data.set("form_about", shown(typed.about));
  data.set("form_reason", shown(typed.reason));
  data.set("form_owner", shown(typed.owner));
  data.set("form_until", shown(typed.until));
  data.set("today", today_of(visit));
  data.set("farthest", farthest_day(visit));
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "exceptions.html", "exceptions.title", data, problem.empty() ? 200 : 422);
}

}  // namespace

Result<HttpReply> show_exceptions(Visit& visit) { return page(visit); }

Result<HttpReply> add_exception_page(Visit& visit) {
  const auto pack = pack_alone(visit);
  if (!pack) return pack.error();
  auto policy = visit.company->policy;
  const auto form = form_of(visit);
  const auto outcome = add_exception(policy, *pack, form, today_of(visit));
  if (outcome != PolicyChange::done) return page(visit, problem_of(outcome));
  const auto kept = keep_policy(visit, policy);
  if (!kept) return kept.error();
  if (!kept->fits) return page(visit, "policy_unfit");
  if (auto told = record(visit, "exception.add", subject_of(form), "", form.until + " " + form.reason + " (" + form.owner + ")"); !told)
    return told.error();
  return see_other(place(visit));
}

Result<HttpReply> end_exception_page(Visit& visit) {
  auto policy = visit.company->policy;
  for (const auto& exception : visit.company->policy.exceptions) {
    const auto key = exception.about ? visit.parts.pepper.hash("exception", *exception.about).substr(0, 24) : "";
    if (exception.check != visit.field("check") || key != visit.field("thing")) continue;
    const auto about = exception.about.value_or("");
    if (end_exception(policy, exception.check, about) != PolicyChange::done) break;
    const auto kept = keep_policy(visit, policy);
    if (!kept) return kept.error();
    if (!kept->fits) return page(visit, "policy_unfit");
    if (auto told = record(visit, "exception.end", about.empty() ? exception.check : exception.check + " " + about,
                           last_day(visit, exception.until) + " " + exception.reason);
        !told)
      return told.error();
    return see_other(place(visit));
  }
  return page(visit, "exception_gone");
}

}  // namespace gokajo::hub
