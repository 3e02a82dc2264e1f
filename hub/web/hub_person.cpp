// One person, wholly: what is kept of them is handed out, or erased. For whoever runs the hub; each person gets their own under /me.
#include <algorithm>

#include "hub/erasing.h"
#include "hub/evidence/make_pack.h"
#include "hub/web/entering.h"
#include "hub/web/handlers.h"
#include "hub/web/json_file.h"
#include "hub/web/layout.h"
#include "hub/web/permission.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

constexpr const char* kFile = "gokajo-person.json";

Result<HttpReply> page(Visit& visit, const std::string& problem, const std::string& companies = {}) {
  PageData data;
  data.set("mail", problem.empty() ? "" : shown(visit.field("mail")));
  if (!companies.empty()) data.set("companies", companies);
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  if (visit.form.contains("erased")) data.set("erased", PageData::type::bool_true);
  return show(visit, "hub_person.html", "hub_person.title", data, problem.empty() ? 200 : 422);
}

Result<std::optional<Person>> named(const Visit& visit) {
  auto person = visit.store().person_by_mail(tidy_mail(visit.field("mail")));
  if (!person && person.error().kind == ErrorKind::not_found) return std::optional<Person>();
  if (!person) return person.error();
  return std::optional(std::move(*person));
}

}  // namespace

Result<HttpReply> show_hub_person(Visit& visit) { return page(visit, {}); }

Result<HttpReply> export_hub_person(Visit& visit) {
  const auto person = named(visit);
  if (!person) return person.error();
  if (!*person) return page(visit, "person_unknown");
  const auto all = export_person(visit.store(), **person, visit.now);
  if (!all) return all.error();
  if (auto told = visit.store().add_deed({"", visit.now, visit.person->name, "person.export", (*person)->name, "", ""}); !told)
    return told.error();
  return json_file(kFile, *all);
}

Result<HttpReply> erase_hub_person(Visit& visit) {
  const auto person = named(visit);
  if (!person) return person.error();
  if (!*person) return page(visit, "person_unknown");
  if ((*person)->id == visit.person->id) return page(visit, "person_self");
  if (!visit.form.contains("sure")) return page(visit, "person_sure");
  // The last who may change something of a company cannot go.
  const auto memberships = visit.store().memberships_of((*person)->id);
  if (!memberships) return memberships.error();
  for (const auto& membership : *memberships) {
    if (!may(membership.role, Need::manage)) continue;
    const auto members = visit.store().members(membership.tenant);
    if (!members) return members.error();
    const bool others = std::any_of(members->begin(), members->end(),
                                    [&](const Membership& one) { return one.person != (*person)->id && may(one.role, Need::manage); });
    if (!others) return page(visit, "last_manager");
  }
  const auto naming = companies_naming(visit.store(), **person);
  if (!naming) return naming.error();
  if (!naming->empty()) {
    std::string all;
    for (const auto& name : *naming) all += (all.empty() ? "" : "、") + shown(name);
    return page(visit, "person_on_sheet", all);
  }
  if (auto gone = erase_person(visit.store(), **person, "", visit.person->name, visit.now); !gone) return gone.error();
  // What somebody reads meanwhile is overwritten within the hour (hub/chores.h).
  visit.after.emplace_back([&store = visit.store(), directory = visit.parts.directory, now = visit.now]() -> platform::Status {
    (void)sweep_pack_files(directory, store, now);
    (void)finish_erasing(store);
    return platform::Done{};
  });
  return see_other("/hub/person?erased=1");
}

Result<HttpReply> export_me(Visit& visit) {
  const auto all = export_person(visit.store(), *visit.person, visit.now);
  if (!all) return all.error();
  return json_file(kFile, *all);
}

}  // namespace gokajo::hub
