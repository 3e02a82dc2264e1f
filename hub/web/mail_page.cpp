// メールの設定: the server the hub sends by, a test, and what became of the newest mails.
#include <map>

#include "hub/digits.h"
#include "hub/mail/kept_settings.h"
#include "hub/mail/message.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kShownMails = 30;
constexpr const char* kPlace = "/hub/mail";

KeptMail form_of(const Visit& visit) {
  KeptMail kept;
  kept.provider = visit.field("provider");
  kept.host = visit.field("host");
  const auto port = with_plain_digits(visit.field("port"));
  kept.port = port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ? 0 : std::stoll(port);
  if (!boost::describe::enum_from_string(visit.field("security").c_str(), kept.security)) kept.security = SmtpSecurity::starttls;
  kept.user = visit.field("user");
  kept.from = visit.field("from");
  kept.from_name = visit.field("from_name");
  return kept;
}

PageData providers_of(const Visit& visit, const std::string& chosen) {
  PageData list{PageData::type::list};
  for (const auto& provider : mail_providers()) {
    if (provider.auth != SmtpAuth::password) continue;
    PageData one;
    one.set("value", provider.id);
    one.set("text", provider.name);
    if (provider.id == chosen) one.set("selected", PageData::type::bool_true);
    list << one;
  }
  (void)visit;
  return list;
}

// Providers of which there is something to know.
PageData notes_of(const Visit& visit) {
  PageData list{PageData::type::list};
  for (const auto& provider : mail_providers()) {
    const auto& note = visit.ja() ? provider.note_ja : provider.note_en;
    if (note.empty()) continue;
    PageData one;
    one.set("name", provider.name);
    one.set("note", note);
    list << one;
  }
  return list;
}

const std::string& word_of_state(const std::string& state, compliance::Language language) {
  if (state == "sent") return page_word("hub_mail.sent", language);
  if (state == "given_up") return page_word("hub_mail.given_up", language);
  return page_word("hub_mail.waiting", language);
}

const std::string& word_of_kind(const std::string& kind, compliance::Language language) {
  if (kind == "first") return page_word("hub_mail.first", language);
  if (kind == "weekly") return page_word("hub_mail.weekly", language);
  if (kind.starts_with("grave")) return page_word("hub_mail.grave", language);
  if (kind.starts_with("mended")) return page_word("hub_mail.mended", language);
  if (kind == "link") return page_word("hub_mail.link", language);
  if (kind == "digest") return page_word("hub_mail.digest", language);
  return page_word("hub_mail.other", language);
}

Result<PageData> mails_of(const Visit& visit, bool& any) {
  const auto mails = visit.store().recent_mails(kShownMails);
  if (!mails) return mails.error();
  std::map<std::string, std::string> names;
  PageData list{PageData::type::list};
  for (const auto& mail : *mails) {
    if (!names.contains(mail.tenant)) {
      const auto company = visit.store().company(mail.tenant);
      names[mail.tenant] = company ? shown(company->name) : "";
    }
    PageData one;
    one.set("day", day_of(visit, mail.created));
    one.set("company_of", names[mail.tenant]);
    one.set("kind", word_of_kind(mail.kind, visit.language));
    one.set("to", shown(mail.recipient));
    one.set("state", word_of_state(mail.state, visit.language));
    if (mail.state != "sent") one.set("trouble", PageData::type::bool_true);
    if (mail.state != "sent" && mail.tries > 0) one.set("tries", std::to_string(mail.tries));
    list << one;
    any = true;
  }
  return list;
}

void set_test(const Visit& visit, const std::optional<MailTest>& test, PageData& data) {
  if (!test) return;
  data.set("test_to", shown(test->to));
  if (!test->done) {
    data.set("test_runs", PageData::type::bool_true);
  } else if (test->sent) {
    data.set("test_sent", PageData::type::bool_true);
  } else {
    data.set("test_why", shown(test->why.in(visit.language)));
  }
}

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  const auto in_force = mail_in_force(visit.parts.directory, visit.store(), visit.parts.pepper);
  const auto kept = kept_mail(visit.store());
  if (!kept) return kept.error();
  const auto has_password = has_mail_password(visit.store(), visit.parts.pepper);
  if (!has_password) return has_password.error();
  const auto test = mail_test(visit.store());
  if (!test) return test.error();
  bool any = false;
  const auto mails = mails_of(visit, any);
  if (!mails) return mails.error();
  const bool typed = !problem.empty() && visit.form.contains("from");
  const auto form = typed ? form_of(visit) : kept->value_or(KeptMail{});
  PageData data;
  if (!in_force) data.set("file_broken", shown(in_force.error().detail));
  const auto origin = in_force ? in_force->origin : MailOrigin::file;
  if (in_force && in_force->settings) {
    data.set("server", shown(in_force->settings->host) + ":" + std::to_string(in_force->settings->port));
    data.set("sender", shown(in_force->settings->from.address));
  }
  if (in_force && !in_force->settings) data.set("no_server", PageData::type::bool_true);
  if (origin == MailOrigin::file) data.set("of_file", PageData::type::bool_true);
  if (origin != MailOrigin::file) data.set("editable", PageData::type::bool_true);
  if (origin == MailOrigin::page) data.set("of_page", PageData::type::bool_true);
  data.set("providers", providers_of(visit, form.provider));
  data.set("notes", notes_of(visit));
  data.set("host", shown(form.host));
  data.set("port", typed ? shown(visit.field("port")) : std::to_string(form.port));
  if (form.security == SmtpSecurity::tls) data.set("tls", PageData::type::bool_true);
  data.set("user", shown(form.user));
  data.set("from", shown(form.from));
  data.set("from_name", shown(form.from_name));
  if (*has_password) data.set("has_password", PageData::type::bool_true);
  data.set("test_address", shown(visit.form.contains("to") ? visit.field("to") : visit.person->mail));
  set_test(visit, *test, data);
  data.set("mails", *mails);
  if (!any) data.set("no_mails", PageData::type::bool_true);
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "hub_mail.html", "hub_mail.title", data, problem.empty() ? 200 : 422);
}

// The sentence for a field of KeptMail.
std::string problem_at(const std::string& field) {
  for (const char* what : {"mail_provider", "mail_provider_auth", "mail_host", "mail_port", "mail_from", "mail_from_name", "mail_user"})
    if ("mail_" + field == what) return what;
  return "mail_host";
}

platform::Status tell(const Visit& visit, const char* what, const std::string& before, const std::string& after) {
  return visit.store().add_deed({"", visit.now, visit.person->name, what, "mail", before, after});
}

std::string told(const std::optional<KeptMail>& kept) {
  if (!kept) return {};
  const auto server = kept->provider.empty() ? kept->host + ":" + std::to_string(kept->port) : kept->provider + " " + kept->host;
  return server + " " + kept->from;
}

// Where the file says it, nothing set here would count: it is refused rather than kept for nothing.
Result<bool> file_decides(const Visit& visit) {
  const auto in_force = mail_in_force(visit.parts.directory, visit.store(), visit.parts.pepper);
  return !in_force || in_force->origin == MailOrigin::file;
}

}  // namespace

Result<HttpReply> show_hub_mail(Visit& visit) { return page(visit); }

Result<HttpReply> set_hub_mail(Visit& visit) {
  const auto of_file = file_decides(visit);
  if (!of_file) return of_file.error();
  if (*of_file) return page(visit, "mail_file");
  const auto kept = form_of(visit);
  const auto before = kept_mail(visit.store());
  if (!before) return before.error();
  if (const auto field = problem_of(kept); !field.empty()) return page(visit, problem_at(field));
  const auto had = has_mail_password(visit.store(), visit.parts.pepper);
  if (!had) return had.error();
  const auto& password = visit.field("smtp_password");
  // Another server must not be shown the password of the one before.
  const bool same_server = *before && (*before)->provider == kept.provider && (*before)->host == kept.host && (*before)->user == kept.user;
  if (password.empty() && (!*had || !same_server)) return page(visit, "mail_password");
  if (!password.empty())
    if (auto sealed = keep_mail_password(visit.store(), visit.parts.pepper, password); !sealed) return sealed.error();
  if (auto put = keep_mail(visit.store(), kept); !put) return put.error();
  if (auto said = tell(visit, "hub.mail", told(*before), told(kept)); !said) return said.error();
  return see_other(kPlace);
}

Result<HttpReply> end_hub_mail(Visit& visit) {
  const auto before = kept_mail(visit.store());
  if (!before) return before.error();
  if (auto gone = keep_mail(visit.store(), std::nullopt); !gone) return gone.error();
  if (auto said = tell(visit, "hub.mail", told(*before), ""); !said) return said.error();
  return see_other(kPlace);
}

Result<HttpReply> test_hub_mail(Visit& visit) {
  const auto in_force = mail_in_force(visit.parts.directory, visit.store(), visit.parts.pepper);
  if (!in_force || !in_force->settings) return page(visit, "mail_none");
  if (!is_mail_address(visit.field("to"))) return page(visit, "mail_to");
  if (auto kept = keep_mail_test(visit.store(), {visit.field("to"), platform::format_time(visit.now), false, false, {}}); !kept)
    return kept.error();
  if (auto said = tell(visit, "hub.mail_test", "", visit.field("to")); !said) return said.error();
  return see_other(std::string(kPlace) + "#test");
}

}  // namespace gokajo::hub
