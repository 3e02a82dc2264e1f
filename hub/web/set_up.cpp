#include "hub/mail/message.h"
#include "hub/web/entering.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/members.h"
#include "hub/web/new_company.h"
#include "hub/web/password.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

// The key of the link is good as long as nobody is there.
Result<bool> is_open(const Visit& visit) {
  const auto people = visit.store().has_people();
  if (!people) return people.error();
  if (*people) return false;
  const auto key = visit.store().key(visit.parts.pepper.hash("link", visit.field("key")), visit.now);
  if (!key && key.error().kind != ErrorKind::not_found) return key.error();
  return key && key->purpose == KeyPurpose::set_up;
}

Result<HttpReply> ask(const Visit& visit, const std::string& problem) {
  const auto companies = visit.store().companies();
  if (!companies) return companies.error();
  PageData data;
  data.set("key", visit.field("key"));
  for (const char* name : {"name", "mail", "company_name"}) data.set(name, shown(visit.field(name)));
  if (companies->empty()) data.set("no_company", PageData::type::bool_true);
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "set_up.html", "set_up.title", data, problem.empty() ? 200 : 422);
}

}  // namespace

Result<HttpReply> show_set_up(Visit& visit) {
  const auto open = is_open(visit);
  if (!open) return open.error();
  return *open ? ask(visit, {}) : message_page(visit, 404, "link_over");
}

Result<HttpReply> set_up(Visit& visit) {
  const auto open = is_open(visit);
  if (!open) return open.error();
  if (!*open) return message_page(visit, 404, "link_over");
  auto& store = visit.store();
  Person person;
  person.id = random_word(22);
  person.mail = tidy_mail(visit.field("mail"));
  person.name = visit.field("name");
  person.runs_hub = true;
  person.created = visit.now;
  if (!is_name(person.name)) return ask(visit, "name");
  if (!is_mail_address(person.mail)) return ask(visit, "mail");
  auto companies = store.companies();
  if (!companies) return companies.error();
  std::vector<std::string> names{visit.field("company_name")};
  for (const auto& company : *companies) names.push_back(company.name);
  if (const auto problem = password_problem(visit.field("password"), person, names); !problem.empty()) return ask(visit, problem);
  if (companies->empty()) {
    if (!is_name(visit.field("company_name"))) return ask(visit, "company_name");
    auto company = make_company(visit, visit.field("company_name"));
    if (!company) return company.error();
    companies->push_back(std::move(*company));
  }
  person.password = hash_password(visit.field("password"));
  if (auto put = store.put_person(person); !put) return put.error();
  for (const auto& company : *companies)
    if (auto put = store.put_membership({company.id, person.id, Role::administrator, visit.now}); !put) return put.error();
  if (auto gone = store.remove_keys(""); !gone) return gone.error();
  if (auto told = store.add_deed({"", visit.now, person.name, "set_up", person.mail, "", ""}); !told) return told.error();
  return begin_sign_in(visit, person, "/", "set-up");
}

}  // namespace gokajo::hub
