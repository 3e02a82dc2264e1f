#include "hub/web/entering.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/members.h"
#include "hub/web/password.h"
#include "hub/web/qr.h"
#include "hub/web/sealed.h"
#include "hub/web/totp.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr const char* kTotp = "totp";
constexpr const char* kNewTotp = "new totp";
constexpr std::chrono::minutes kFresh{15};

// Their names, none of which makes a password.
Result<std::vector<std::string>> companies_of(const Visit& visit) {
  std::vector<std::string> names;
  for (const auto& membership : visit.memberships) {
    const auto company = visit.store().company(membership.tenant);
    if (!company) return company.error();
    names.push_back(company->name);
  }
  return names;
}

// Whether it is still this person: their password, or where they have none, a link they opened just now.
bool is_sure(Visit& visit) {
  if (visit.person->password.empty()) return visit.sign_in->created + kFresh > visit.now;
  if (!may_try(visit, visit.person->mail)) return false;
  if (is_password(visit.person->password, visit.field("password"))) return true;
  spent(visit, visit.person->mail);
  note(visit, "sign-in-refused", "password-again", &*visit.person);
  return false;
}

// Stands for a sign-in in a form: not the hash it is kept by.
std::string key_of(const Visit& visit, const SignIn& one) { return visit.parts.pepper.hash("which sign-in", one.hash).substr(0, 32); }

Result<HttpReply> page(Visit& visit, const std::string& problem) {
  const auto sign_ins = visit.store().sign_ins(visit.person->id);
  if (!sign_ins) return sign_ins.error();
  PageData rows{PageData::type::list}, data;
  for (const auto& one : *sign_ins) {
    PageData row;
    row.set("browser", one.browser.empty() ? "?" : shown(one.browser));
    row.set("day", day_of(visit, one.created));
    row.set("key", key_of(visit, one));
    if (one.hash == visit.sign_in->hash)
      row.set("this", PageData::type::bool_true);
    else
      data.set("others", PageData::type::bool_true);
    rows << row;
  }
  data.set("sign_ins", rows);
  data.set("name", shown(visit.person->name));
  data.set("mail", shown(visit.person->mail));
  if (!visit.person->password.empty()) data.set("has_password", PageData::type::bool_true);
  if (!visit.person->totp.empty()) data.set("has_totp", PageData::type::bool_true);
  if (visit.person->language == "ja") data.set("in_japanese", PageData::type::bool_true);
  if (visit.person->language == "en") data.set("in_english", PageData::type::bool_true);
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "me.html", "me.title", data, problem.empty() ? 200 : 422);
}

HttpReply totp_page(const Visit& visit, const std::string& secret, const std::string& problem) {
  PageData data;
  data.set("picture", qr_picture(totp_uri(secret, visit.person->mail)));
  data.set("secret", base32(secret));
  data.set("sealed", seal_text(visit.parts.pepper, kNewTotp, visit.person->id + "\n" + secret));
  if (!visit.person->password.empty()) data.set("has_password", PageData::type::bool_true);
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "totp.html", "totp.title", data, problem.empty() ? 200 : 422);
}

// Of what lets them in: others who are signed in as them are out, and so is whoever saw the cookie.
platform::Status put_others_out(Visit& visit, const std::string& what) {
  if (auto renewed = renew_sign_in(visit); !renewed) return renewed;
  note_when_done(visit, what, {}, *visit.person);
  return visit.store().remove_sign_ins(visit.person->id, visit.sign_in->hash);
}

Result<HttpReply> changed(Visit& visit, const Person& person, const std::string& what) {
  if (auto put = visit.store().put_person(person); !put) return put.error();
  if (auto told = visit.store().add_deed({"", visit.now, person.name, what, person.mail, "", ""}); !told) return told.error();
  return see_other("/me");
}

}  // namespace

Result<HttpReply> show_me(Visit& visit) { return page(visit, {}); }

Result<HttpReply> change_name(Visit& visit) {
  if (!is_name(visit.field("name"))) return page(visit, "name");
  auto person = *visit.person;
  person.name = visit.field("name");
  const auto& language = visit.field("language");
  person.language = language == "ja" || language == "en" ? language : "";
  return changed(visit, person, "me.name");
}

Result<HttpReply> change_password(Visit& visit) {
  if (!is_sure(visit)) return page(visit, visit.person->password.empty() ? "not_fresh" : "password_wrong");
  const auto companies = companies_of(visit);
  if (!companies) return companies.error();
  const auto& wanted = visit.field("new_password");
  if (const auto problem = password_problem(wanted, *visit.person, *companies); !problem.empty()) return page(visit, problem);
  auto person = *visit.person;
  person.password = hash_password(wanted);
  if (auto out = put_others_out(visit, "password-changed"); !out) return out.error();
  if (auto gone = visit.store().remove_keys(person.id); !gone) return gone.error();
  return changed(visit, person, "me.password");
}

// Where there is one it must be ended first, with its digits: else a password alone would exchange it.
Result<HttpReply> show_totp(Visit& visit) {
  if (!visit.person->totp.empty()) return see_other("/me");
  return totp_page(visit, random_bytes(kTotpSecretBytes), {});
}

Result<HttpReply> start_totp(Visit& visit) {
  if (!visit.person->totp.empty()) return see_other("/me");
  const auto opened = unseal_text(visit.parts.pepper, kNewTotp, visit.field("sealed"));
  const auto own = visit.person->id + "\n";
  if (!opened || !opened->starts_with(own) || opened->size() != own.size() + kTotpSecretBytes) return see_other("/me/totp");
  const auto secret = opened->substr(own.size());
  if (!is_sure(visit)) return totp_page(visit, secret, visit.person->password.empty() ? "not_fresh" : "password_wrong");
  std::optional<std::int64_t> step;
  TotpKey key{secret};
  for (const auto hash : {TotpHash::sha256, TotpHash::sha1}) {
    if (step) break;
    key.hash = hash;
    step = match_totp(key, visit.field("code"), visit.now, 0);
  }
  if (!step) return totp_page(visit, secret, "code_wrong");
  auto person = *visit.person;
  person.totp = seal(visit.parts.pepper, kTotp, write_totp_key(key));
  person.totp_step = *step;
  if (auto out = put_others_out(visit, "second-step-on"); !out) return out.error();
  return changed(visit, person, "me.totp");
}

Result<HttpReply> end_totp(Visit& visit) {
  if (visit.person->totp.empty()) return see_other("/me");
  if (!is_sure(visit)) return page(visit, visit.person->password.empty() ? "not_fresh" : "password_wrong");
  if (!may_try_code(visit, *visit.person)) return message_page(visit, 429, "too_many");
  auto person = *visit.person;
  const auto secret = unseal(visit.parts.pepper, kTotp, person.totp);
  const auto key = secret ? read_totp_key(*secret) : std::nullopt;
  const auto step = key ? match_totp(*key, visit.field("code"), visit.now, person.totp_step) : std::nullopt;
  if (!step) {
    spent_code(visit, person);
    note(visit, "sign-in-refused", "code-again", &person);
    return page(visit, "code_wrong");
  }
  person.totp.clear();
  person.totp_step = *step;
  if (auto out = put_others_out(visit, "second-step-off"); !out) return out.error();
  return changed(visit, person, "me.totp_off");
}

// One of them, or all but this one. Who found a browser open shall not put its person out of all others.
Result<HttpReply> end_sign_ins(Visit& visit) {
  if (!is_sure(visit)) return page(visit, visit.person->password.empty() ? "not_fresh" : "password_wrong");
  const auto& which = visit.field("which");
  if (which == "others") {
    if (auto gone = visit.store().remove_sign_ins(visit.person->id, visit.sign_in->hash); !gone) return gone.error();
  } else {
    const auto all = visit.store().sign_ins(visit.person->id);
    if (!all) return all.error();
    for (const auto& one : *all)
      if (key_of(visit, one) == which && one.hash != visit.sign_in->hash)
        if (auto gone = visit.store().remove_sign_in(one.hash); !gone) return gone.error();
  }
  note_when_done(visit, "sign-ins-ended", {}, *visit.person);
  return see_other("/me");
}

}  // namespace gokajo::hub
