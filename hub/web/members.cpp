#include "hub/web/members.h"

#include <algorithm>

#include "hub/mail/message.h"
#include "hub/web/entering.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/links.h"
#include "hub/web/password.h"
#include "hub/web/permission.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

constexpr Role kRoles[] = {Role::owner, Role::administrator, Role::adviser, Role::viewer};

std::string word_of(Role role) { return std::string("role.") + boost::describe::enum_to_string(role, ""); }

std::optional<Role> role_named(const std::string& name) {
  Role role{};
  if (!boost::describe::enum_from_string(name.c_str(), role)) return std::nullopt;
  return role;
}

PageData role_options(const Visit& visit, Role chosen) {
  PageData options{PageData::type::list};
  for (const auto role : kRoles) {
    PageData one;
    one.set("value", boost::describe::enum_to_string(role, ""));
    one.set("text", page_word(word_of(role), visit.language));
    if (role == chosen) one.set("selected", PageData::type::bool_true);
    options << one;
  }
  return options;
}

Result<HttpReply> list(Visit& visit, const std::string& problem, const std::string& link = {}) {
  const auto members = visit.store().members(visit.company->id);
  if (!members) return members.error();
  PageData rows{PageData::type::list};
  for (const auto& membership : *members) {
    const auto person = visit.store().person(membership.person);
    if (!person) return person.error();
    PageData row;
    row.set("id", person->id);
    row.set("name", shown(person->name));
    row.set("mail", shown(person->mail));
    row.set("since", day_of(visit, membership.since));
    row.set("role", page_word(word_of(membership.role), visit.language));
    row.set("roles", role_options(visit, membership.role));
    if (person->id == visit.person->id) row.set("self", PageData::type::bool_true);
    rows << row;
  }
  PageData data;
  data.set("members", rows);
  data.set("roles", role_options(visit, Role::viewer));
  for (const char* name : {"name", "mail"}) data.set(name, problem.empty() ? "" : shown(visit.field(name)));
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  if (!link.empty()) data.set("link", link);
  return show(visit, "people.html", "people.title", data, problem.empty() ? 200 : 422);
}

// They are out at once, wherever they work just then.
HttpReply ask_whether_sure(const Visit& visit, const Person& person) {
  PageData data;
  data.set("id", person.id);
  data.set("name", shown(person.name));
  data.set("mail", shown(person.mail));
  if (person.id == visit.person->id) data.set("self", PageData::type::bool_true);
  return show(visit, "people_remove.html", "people.remove_title", data);
}

// The membership that a form names, and whether others manage the company beside it.
struct Named {
  Membership membership;
  bool others_manage = false;
};

Result<std::optional<Named>> named_member(const Visit& visit) {
  const auto members = visit.store().members(visit.company->id);
  if (!members) return members.error();
  std::optional<Named> named;
  for (const auto& one : *members)
    if (one.person == visit.field("person")) named = Named{one, false};
  if (named)
    named->others_manage = std::any_of(members->begin(), members->end(), [&](const Membership& one) {
      return one.person != named->membership.person && may(one.role, Need::manage);
    });
  return named;
}

}  // namespace

bool is_name(const std::string& name) { return !name.empty() && name.size() <= 100 && name.find('\n') == std::string::npos; }

std::string password_problem(const std::string& password, const Person& person, const std::vector<std::string>& companies) {
  switch (judge_password(password, person.mail, person.name, companies)) {
    case PasswordJudgement::long_enough:
      return {};
    case PasswordJudgement::too_short:
      return "password_short";
    case PasswordJudgement::too_long:
      return "password_long";
    case PasswordJudgement::too_common:
      return "password_common";
    case PasswordJudgement::like_person:
      return "password_like_person";
  }
  return "password_common";
}

Result<HttpReply> show_people(Visit& visit) { return list(visit, {}); }

Result<HttpReply> invite(Visit& visit) {
  const auto mail = tidy_mail(visit.field("mail"));
  const auto role = role_named(visit.field("role"));
  if (!is_name(visit.field("name"))) return list(visit, "name");
  if (!is_mail_address(mail)) return list(visit, "mail");
  if (!role) return list(visit, "role");
  // Without mail the link must be handed over by whoever invites. It lets in as that person, into every company of theirs, now and later,
  // so nobody sees it but who may let anybody in anyway.
  if (!visit.parts.send && !visit.person->runs_hub) return list(visit, "no_mail");
  auto& store = visit.store();
  auto person = store.person_by_mail(mail);
  if (!person && person.error().kind != ErrorKind::not_found) return person.error();
  if (!person) {
    Person made;
    made.id = random_word(22);
    made.mail = mail;
    made.name = visit.field("name");
    made.created = visit.now;
    if (auto put = store.put_person(made); !put) return put.error();
    person = made;
  }
  const auto members = store.members(visit.company->id);
  if (!members) return members.error();
  // Who is one already keeps the role: an invitation must not take rights away.
  if (std::any_of(members->begin(), members->end(), [&](const Membership& one) { return one.person == person->id; }))
    return list(visit, "member_already");
  if (auto put = store.put_membership({visit.company->id, person->id, *role, visit.now}); !put) return put.error();
  if (auto told = record(visit, "person.invite", person->name, "", boost::describe::enum_to_string(*role, "")); !told) return told.error();
  const auto link = make_sign_in_link(visit.store(), visit.parts.pepper, visit.parts.address, *person, visit.now + kInvitationFor);
  if (!link) return link.error();
  if (!visit.parts.send) return list(visit, {}, *link);
  LinkMail letter{visit.company->id, *person, *link, visit.language, true, visit.person->name, visit.company->name};
  visit.after.emplace_back([send = visit.parts.send, letter = std::move(letter)] { return send(letter); });
  return see_other("/c/" + visit.company->id + "/people");
}

Result<HttpReply> change_role(Visit& visit) {
  const auto role = role_named(visit.field("role"));
  const auto named = named_member(visit);
  if (!named) return named.error();
  if (!role || !*named) return list(visit, "role");
  auto membership = (*named)->membership;
  if (!may(*role, Need::manage) && !(*named)->others_manage) return list(visit, "last_manager");
  const auto person = visit.store().person(membership.person);
  if (!person) return person.error();
  const auto before = std::string(boost::describe::enum_to_string(membership.role, ""));
  membership.role = *role;
  if (auto put = visit.store().put_membership(membership); !put) return put.error();
  if (auto told = record(visit, "person.role", person->name, before, visit.field("role")); !told) return told.error();
  return see_other("/c/" + visit.company->id + "/people");
}

Result<HttpReply> remove_member(Visit& visit) {
  auto& store = visit.store();
  const auto named = named_member(visit);
  if (!named) return named.error();
  if (!*named) return list(visit, "role");
  if (!(*named)->others_manage) return list(visit, "last_manager");
  const auto id = (*named)->membership.person;
  const auto person = store.person(id);
  if (!person) return person.error();
  if (!visit.form.contains("sure")) return ask_whether_sure(visit, *person);
  if (auto gone = store.remove_membership(visit.company->id, id); !gone) return gone.error();
  const auto left = store.memberships_of(id);
  if (!left) return left.error();
  // Who belongs nowhere any more is forgotten; whoever does must sign in again.
  const auto gone = left->empty() && !person->runs_hub ? store.remove_person(id) : store.remove_sign_ins(id, "");
  if (!gone) return gone.error();
  if (auto ended = store.remove_keys(id); !ended) return ended.error();
  if (auto told = record(visit, "person.remove", person->name, boost::describe::enum_to_string((*named)->membership.role, ""), ""); !told)
    return told.error();
  return see_other("/c/" + visit.company->id + "/people");
}

}  // namespace gokajo::hub
