#include "hub/web/web.h"

#include <sodium.h>

#include <algorithm>
#include <exception>

#include "hub/in_transaction.h"
#include "hub/web/done.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/route.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

namespace {

bool meets(const Visit& visit, Need need) {
  switch (need) {
    case Need::nobody:
      return true;
    case Need::person:
      return visit.person.has_value();
    case Need::look:
    case Need::manage:
      return visit.role && may(*visit.role, need);
    case Need::run_hub:
      return visit.person && visit.person->runs_hub;
  }
  return false;
}

}  // namespace

bool is_own_form(const HttpRequest& request, const Form& form, const std::string& token) {
  const auto& site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin") return false;
  const auto& origin = request.header("origin");
  if (!origin.empty() && origin != "https://" + request.header("host")) return false;
  const auto found = form.find("token");
  return found != form.end() && found->second.size() == token.size() &&
         sodium_memcmp(found->second.data(), token.data(), token.size()) == 0;
}

HttpReply Web::handle(const HttpRequest& request, Time now) {
  Visit visit{parts_, guessing_, events_, request, now};
  visit.language = language_of(request.header("accept-language"));
  // The visitor is told that there is trouble, whoever runs the hub which.
  try {
    auto reply = answered(request, now);
    if (reply) return std::move(*reply);
    note_trouble(visit, reply.error().detail);
    return message_page(visit, 503, "trouble");
  } catch (const std::exception& problem) {
    parts_.store.rollback();
    note_trouble(visit, std::string("a fault of this program at ") + request.method + ": " + problem.what());
    return message_page(visit, 500, "fault");
  }
}

Status Web::find_person(Visit& visit) {
  auto& store = parts_.store;
  const auto value = cookie_of(visit.request.header("cookie"), kSignInCookie);
  if (is_random_word(value, kCookieCharacters)) {
    auto sign_in = store.sign_in(parts_.pepper.hash("sign-in", value));
    if (!sign_in && sign_in.error().kind != ErrorKind::not_found) return sign_in.error();
    if (sign_in && sign_in->valid_until > visit.now && sign_in->last_used + kUnusedFor > visit.now) {
      auto person = store.person(sign_in->person);
      if (!person) return person.error();
      auto memberships = store.memberships_of(person->id);
      if (!memberships) return memberships.error();
      visit.cookie = value;
      visit.sign_in = std::move(*sign_in);
      visit.person = std::move(*person);
      visit.memberships = std::move(*memberships);
      if (visit.person->language == "ja" || visit.person->language == "en")
        visit.language = visit.person->language == "ja" ? compliance::Language::ja : compliance::Language::en;
      return Done{};
    }
  }
  visit.cookie = cookie_of(visit.request.header("cookie"), kVisitorCookie);
  if (!is_random_word(visit.cookie, kCookieCharacters)) {
    visit.cookie = random_word(kCookieCharacters);
    visit.set["set-cookie"] = std::string(kVisitorCookie) + "=" + visit.cookie + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  }
  return Done{};
}

// Not with every page: reading must not wait for the disk.
Status Web::note_use(const SignIn& sign_in, Time now) {
  if (sign_in.last_used + kNoteUseEvery > now) return Done{};
  auto used = sign_in;
  used.last_used = now;
  return in_transaction(parts_.store, parts_.store.begin(), [&] { return parts_.store.put_sign_in(used); });
}

Result<bool> Web::find_company(Visit& visit) {
  const auto named = visit.parameters.find("company");
  if (named == visit.parameters.end()) return true;
  for (const auto& membership : visit.memberships) {
    if (membership.tenant != named->second) continue;
    auto company = parts_.store.company(membership.tenant);
    if (!company) return company.error();
    visit.company = std::move(*company);
    visit.role = membership.role;
    return true;
  }
  return false;
}

Result<HttpReply> Web::answered(const HttpRequest& request, Time now) {
  Visit visit{parts_, guessing_, events_, request, now};
  visit.language = language_of(request.header("accept-language"));
  const auto question = std::min(request.target.find('?'), request.target.size());
  auto match = match_route(request.method, std::string_view(request.target).substr(0, question));
  const bool writes = request.method == "POST";
  if (!match) return message_page(visit, 404, "not_found");
  if (!match->route) return message_page(visit, 405, "not_found");
  auto form = read_form(writes ? std::string_view(request.body)
                               : std::string_view(request.target).substr(std::min(question + 1, request.target.size())));
  if (!form) return message_page(visit, form.error().kind == ErrorKind::too_large ? 413 : 400, "bad_form");
  visit.form = std::move(*form);
  visit.parameters = std::move(match->parameters);

  auto& store = parts_.store;
  if (auto begun = writes ? store.begin() : store.begin_reading(); !begun) return begun.error();
  const auto ends = [&](Result<HttpReply> reply) -> Result<HttpReply> {
    if (!reply || reply->status >= 400) {
      store.rollback();
    } else if (auto committed = store.commit(); !committed) {
      return committed.error();
    }
    if (reply) reply->headers.insert(visit.set.begin(), visit.set.end());
    return reply;
  };
  if (auto found = find_person(visit); !found) return ends(found.error());
  if (writes && !is_own_form(request, visit.form, visit.token())) {
    note(visit, "form-refused", match->route->path, visit.person ? &*visit.person : nullptr);
    return ends(message_page(visit, 403, "foreign_form"));
  }
  const auto inside = find_company(visit);
  if (!inside) return ends(inside.error());
  if (!*inside || !meets(visit, match->route->need)) {
    if (visit.person) {
      note(visit, "page-refused", match->route->path, &*visit.person);
      return ends(message_page(visit, 404, "not_found"));
    }
    return ends(ask_to_sign_in(visit));
  }
  auto reply = ends(match->route->handler(visit));
  if (reply && writes) add_done(*reply, *match->route);
  for (const auto& task : visit.after)
    if (reply && reply->status < 400)
      if (auto done = task(); !done) return done.error();
  // A page that stays open says nothing any more once its sign-in has ended for good.
  if (reply && reply->status == 200 && visit.sign_in && reply->headers.contains("content-type") &&
      reply->headers.at("content-type").starts_with("text/html"))
    reply->headers["refresh"] = std::to_string((visit.sign_in->valid_until - now).count() + 1) + "; url=/sign-in";
  if (reply && visit.sign_in && !writes)
    if (auto noted = note_use(*visit.sign_in, now); !noted) return noted.error();
  return reply;
}

}  // namespace gokajo::hub
