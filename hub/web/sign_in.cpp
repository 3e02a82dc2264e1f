#include "hub/in_transaction.h"
#include "hub/mail/message.h"
#include "hub/network.h"
#include "hub/web/entering.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/links.h"
#include "hub/web/password.h"
#include "hub/web/web.h"
#include "platform/embedded.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

HttpReply ask(const Visit& visit, const std::string& to, bool wrong, int status) {
  PageData data;
  data.set("mail", shown(visit.field("mail")));
  data.set("to", safe_path(to));
  if (wrong) data.set("wrong", PageData::type::bool_true);
  return show(visit, "sign_in.html", "sign_in.title", data, status);
}

// The person of a link, while it is good.
Result<std::optional<Person>> person_of_link(const Visit& visit) {
  const auto key = visit.store().key(visit.parts.pepper.hash("link", visit.field("key")), visit.now);
  if (!key && key.error().kind != ErrorKind::not_found) return key.error();
  if (!key || key->purpose != KeyPurpose::sign_in) return std::optional<Person>{};
  auto person = visit.store().person(key->person);
  if (!person) return person.error();
  return std::optional<Person>{std::move(*person)};
}

// In a transaction of its own.
platform::Status send_link(const Visit& visit, const Person& person) {
  auto& store = visit.store();
  const auto memberships = store.memberships_of(person.id);
  if (!memberships) return memberships.error();
  if (memberships->empty()) return platform::Done{};
  auto link = in_transaction(store, store.begin(), [&] {
    return make_sign_in_link(store, visit.parts.pepper, visit.parts.address, person, visit.now + kLinkFor);
  });
  if (!link) return link.error();
  LinkMail letter{memberships->front().tenant, person, std::move(*link), visit.language, false, {}, {}};
  if (!person.language.empty()) letter.language = person.language == "en" ? compliance::Language::en : compliance::Language::ja;
  return visit.parts.send(letter);
}

}  // namespace

HttpReply ask_to_sign_in(const Visit& visit) { return ask(visit, visit.request.method == "GET" ? visit.request.target : "/", false, 401); }

Result<HttpReply> show_style(Visit& /*visit*/) {
  for (const auto& file : embedded::hub_web_files())
    if (file.name == "pages.css")
      return HttpReply{200, {{"content-type", "text/css; charset=utf-8"}, {"cache-control", "max-age=3600"}}, std::string(file.text)};
  return HttpReply{404, {}, {}};
}

Result<HttpReply> show_sign_in(Visit& visit) {
  if (visit.person) return see_other(safe_path(visit.field("to")));
  return ask(visit, visit.field("to"), false, 200);
}

Result<HttpReply> sign_in(Visit& visit) {
  const auto mail = tidy_mail(visit.field("mail"));
  if (!may_try(visit, mail)) return message_page(visit, 429, "too_many");
  const auto person = visit.store().person_by_mail(mail);
  if (!person && person.error().kind != ErrorKind::not_found) return person.error();
  if (!is_password(person ? person->password : "", visit.field("password"))) {
    spent(visit, mail);
    note(visit, "sign-in-refused", "password", person ? &*person : nullptr);
    return ask(visit, visit.field("to"), true, 401);
  }
  auto known = *person;
  if (needs_new_hash(known.password)) {
    known.password = hash_password(visit.field("password"));
    if (auto put = visit.store().put_person(known); !put) return put.error();
  }
  return pass_first_factor(visit, known, visit.field("to"), "password");
}

// The same answer whether or not anybody has this address.
Result<HttpReply> mail_link(Visit& visit) {
  const auto mail = tidy_mail(visit.field("mail"));
  const auto clock = std::chrono::duration_cast<TokenBuckets::Now>(visit.now.time_since_epoch());
  if (!is_mail_address(mail)) return ask(visit, visit.field("to"), true, 401);
  auto& links = visit.guessing.links;
  const auto network = network_of(visit.request.address);
  if (!links.has(mail, clock) || !links.has(network, clock)) {
    note(visit, "too-many-tries", "link");
    return message_page(visit, 429, "too_many");
  }
  links.take(mail, clock);
  links.take(network, clock);
  const auto person = visit.store().person_by_mail(mail);
  if (!person && person.error().kind != ErrorKind::not_found) return person.error();
  // What is done for whoever is known comes behind the answer, and its failure is told to whoever runs the hub alone.
  if (person && visit.parts.send)
    visit.after.emplace_back([&visit, known = *person]() -> platform::Status {
      if (auto sent = send_link(visit, known); !sent) note_trouble(visit, "link by mail: " + sent.error().detail);
      return platform::Done{};
    });
  return message_page(visit, 200, "link_sent");
}

// Programs that look at mails open links: what is used up by opening would be gone before the person came.
Result<HttpReply> show_enter(Visit& visit) {
  const auto person = person_of_link(visit);
  if (!person) return person.error();
  if (!*person) return message_page(visit, 404, "link_over");
  PageData data;
  data.set("key", visit.field("key"));
  return show(visit, "enter.html", "sign_in.title", data);
}

Result<HttpReply> enter(Visit& visit) {
  const auto person = person_of_link(visit);
  if (!person) return person.error();
  if (!*person) {
    note(visit, "sign-in-refused", "link");
    return message_page(visit, 404, "link_over");
  }
  if (auto gone = visit.store().remove_key(visit.parts.pepper.hash("link", visit.field("key"))); !gone) return gone.error();
  return pass_first_factor(visit, **person, "/", "link");
}

Result<HttpReply> sign_out(Visit& visit) {
  if (auto gone = visit.store().remove_sign_in(visit.sign_in->hash); !gone) return gone.error();
  note_when_done(visit, "signed-out", {}, *visit.person);
  visit.set["set-cookie"] = std::string(kSignInCookie) + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
  // Not "cookies": that would sign people out of everything else at this host's domain.
  visit.set["clear-site-data"] = "\"cache\", \"storage\"";
  return see_other("/sign-in");
}

}  // namespace gokajo::hub
