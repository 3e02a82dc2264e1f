#include "hub/mail/postmaster.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "hub/mail/digest.h"
#include "hub/mail/grave.h"
#include "hub/mail/html.h"
#include "hub/mail/todo_from_store.h"
#include "hub/mail/weekly_from_store.h"
#include "hub/owner_confirmation.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Error, platform::ErrorKind, platform::Result, platform::Time;

namespace {

constexpr std::size_t kRemembered = 500;  // mails looked back on

// What a mail is about stands in its kind: "weekly", "first", "digest", "grave" or "mended" and a word for each finding it tells of.
bool is_weekly(const Mail& mail) { return mail.kind == "weekly" || mail.kind == "first"; }

std::optional<Time> last_of(const std::vector<Mail>& mails, bool (*of_kind)(const Mail&)) {
  std::optional<Time> last;
  for (const auto& mail : mails)
    if (of_kind(mail) && (!last || mail.created > *last)) last = mail.created;
  return last;
}

// Names a finding as long as it stays what it is.
std::string word_for(const Device& device, const KeptFinding& finding) {
  return device.id.substr(0, 16) + "/" + finding.check + "/" + platform::format_time(finding.since);
}

std::set<std::string> words_of(const std::vector<Mail>& mails, std::string_view kind) {
  std::set<std::string> words;
  for (const auto& mail : mails) {
    std::istringstream in(mail.kind);
    std::string word;
    in >> word;
    if (word != kind) continue;
    while (in >> word) words.insert(word);
  }
  return words;
}

}  // namespace

Result<int> Postmaster::run(Time now, const std::optional<Stopped>& stopped) {
  const auto companies = store_.companies();
  if (!companies) return companies.error();
  int queued = 0;
  std::optional<Error> problem;
  const auto note = [&](Result<int> result) {
    if (result)
      queued += *result;
    else if (!problem)
      problem = result.error();
  };
  for (const auto& one : *companies) note(company(one, now, stopped));
  if (settings_.adviser) note(digest(*companies, now));
  if (problem) return *problem;
  return queued;
}

Result<int> Postmaster::company(const Company& company, Time now, const std::optional<Stopped>& stopped) {
  if (company.owner_mail.empty()) return 0;
  const auto sent = queue_.newest(company.id, kRemembered);
  if (!sent) return sent.error();
  auto queued = weekly(company, *sent, now, stopped);
  const auto more = grave(company, *sent, now);
  if (!queued) return queued;
  if (!more) return more;
  return *queued + *more;
}

Result<int> Postmaster::weekly(const Company& company, const std::vector<Mail>& sent, Time now, const std::optional<Stopped>& stopped) {
  const auto calendar = calendar_of(company);
  const auto last = last_of(sent, is_weekly);
  const auto due = last_weekly(now, calendar);
  if (last && *last >= due) return 0;
  const auto devices = store_.devices(company.id);
  if (!devices) return devices.error();
  std::optional<Time> first_receipt;
  for (const auto& device : *devices)
    if (device.standing == Standing::approved && device.last_receipt && (!first_receipt || device.enrolled < *first_receipt))
      first_receipt = device.enrolled;
  if (!first_receipt) return 0;
  const bool business_hours =
      is_telling_time(now, calendar.offset_minutes) && is_business_day(platform::local_day(now, calendar.offset_minutes), calendar);
  auto week = weekly_from(store_, {company.id, now, last.value_or(*first_receipt), settings_.library});
  if (!week) return week.error();
  const auto detail = detail_of(company);
  if (!detail) return detail.error();
  if (!last) {
    if (now < *first_receipt + kAfterFirst || !business_hours) return 0;
    week->first = First{confirmation_of(company), company.person_in_charge, std::nullopt};
    return put(company, {company.owner_name, company.owner_mail}, "first", weekly_text(*week, settings_.language, *detail), now);
  }
  if (!company.confirmed) week->confirmation = confirmation_of(company);
  // Late only where this hub stood still when the mail was due.
  if (stopped && stopped->from < due && due <= stopped->until) {
    if (now < stopped->until + kAfterStart || !is_telling_time(now, calendar.offset_minutes)) return 0;
    auto outage = outage_from(store_, company, calendar, *stopped, now);
    if (!outage) return outage.error();
    week->outage = std::move(*outage);
  }
  if (settings_.link) week->link = settings_.link(now);
  return put(company, {company.owner_name, company.owner_mail}, "weekly", weekly_text(*week, settings_.language, *detail), now);
}

Result<Detail> Postmaster::detail_of(const Company& company) {
  const auto sheet = store_.sheet(company.id);
  if (!sheet) return sheet.error();
  if (sheet->mail_detail.empty()) return settings_.detail;
  return sheet->mail_detail == "counts" ? Detail::counts : Detail::labels;
}

Result<int> Postmaster::grave(const Company& company, const std::vector<Mail>& sent, Time now) {
  const auto offset = static_cast<int>(company.offset_minutes);
  // Before the first mail an owner knows nothing of Gokajo. At most one an hour: what comes meanwhile stands in the next.
  const auto weekly = last_of(sent, is_weekly);
  if (!is_telling_time(now, offset) || !weekly) return 0;
  const auto last = last_of(sent, [](const Mail& mail) { return mail.kind.starts_with("grave "); });
  const auto devices = store_.devices(company.id);
  if (!devices) return devices.error();
  const auto told = words_of(sent, "grave"), settled = words_of(sent, "mended");
  GraveMail open{company.name, company.owner_name, company.person_in_charge, offset, now, {}, false}, mended = open;
  mended.mended = true;
  std::string open_words = "grave", mended_words = "mended";
  for (const auto& device : *devices) {
    if (device.standing != Standing::approved) continue;
    const auto findings = store_.findings(company.id, device.id);
    if (!findings) return findings.error();
    for (const auto& finding : *findings) {
      if (!is_grave(finding.check) || !finding.required) continue;
      if (finding.verdict == Verdict::fail) {
        const auto content = store_.content(company.id, device.id, Store::Which::current);
        const auto todo = todo_of(device, finding, content);
        const auto seen = std::min(device.last_scanned.value_or(Time{}), device.last_receipt.value_or(Time{}));
        const auto word = word_for(device, finding);
        // What was so already stood in that mail.
        if (!todo || told.contains(word) || finding.since <= *weekly || !is_confirmed({*todo, finding.since, seen}, now)) continue;
        open.findings.push_back({*todo, finding.since, seen});
        open_words += " " + word;
      } else if (finding.verdict == Verdict::pass || finding.verdict == Verdict::not_applicable) {
        const auto prefix = device.id.substr(0, 16) + "/" + finding.check + "/";
        bool right_again = false;
        for (const auto& word : told) {
          if (!word.starts_with(prefix) || settled.contains(word)) continue;
          mended_words += " " + word;
          right_again = true;
        }
        if (right_again)
          mended.findings.push_back({{{device.shown_name()}, finding.rule, finding.check, "", {}, {}, {}}, finding.since, now});
      }
    }
  }
  int queued = 0;
  const Mailbox owner{company.owner_name, company.owner_mail};
  if (!open.findings.empty() && (!last || now - *last >= std::chrono::hours{1})) {
    const auto put_in = put(company, owner, open_words, grave_text(open, settings_.language), now);
    if (!put_in) return put_in;
    queued += *put_in;
  }
  if (!mended.findings.empty()) {
    const auto put_in = put(company, owner, mended_words, grave_text(mended, settings_.language), now);
    if (!put_in) return put_in;
    queued += *put_in;
  }
  return queued;
}

Result<int> Postmaster::digest(const std::vector<Company>& companies, Time now) {
  if (companies.empty()) return 0;
  // Kept with the first company, whose calendar decides the day.
  const auto& keeper = companies.front();
  const auto calendar = calendar_of(keeper);
  const auto sent = queue_.newest(keeper.id, kRemembered);
  if (!sent) return sent.error();
  const auto due = last_weekly(now, calendar);
  const auto last = last_of(*sent, [](const Mail& mail) { return mail.kind == "digest"; });
  if (last && *last >= due) return 0;
  // A new hub waits for the first day that comes.
  if (!last && now - due >= kAfterStart) return 0;
  Digest all{settings_.adviser->name, calendar.offset_minutes, now, next_weekly(now, calendar), {}};
  for (const auto& company : companies) {
    const auto week = weekly_from(store_, {company.id, now, due - platform::Days{7}, settings_.library});
    if (!week) return week.error();
    DigestLine line;
    line.name = company.name;
    line.registered = week->registered;
    line.fail = week->fail;
    line.company = company_todos(*week);
    line.silent = week->silent_pcs();
    line.catching_up = week->catching_up_pcs();
    line.resting = static_cast<int>(week->resting.size());
    line.other = week->other;
    line.questions = static_cast<int>(week->questions.size());
    line.fine = all_fine(*week);
    line.confirmed = company.confirmed.has_value();
    all.companies.push_back(std::move(line));
  }
  return put(keeper, *settings_.adviser, "digest", digest_text(std::move(all), settings_.language), now);
}

Result<int> Postmaster::put(const Company& company, const Mailbox& to, const std::string& kind, const MailText& text, Time now) {
  Message message{settings_.from, to, settings_.reply_to, text.subject, text.text, mail_html(text, settings_.language), {}, now};
  message.message_id = make_message_id(company.id + "/" + kind + "/" + platform::format_time(now), settings_.from);
  auto body = write_message(message);
  if (!body) return body.error();
  Mail mail;
  mail.tenant = company.id;
  mail.message_id = message.message_id;
  mail.recipient = to.address;
  mail.kind = kind;
  mail.body = std::move(*body);
  mail.next_try = mail.created = now;
  const auto added = queue_.add(mail);
  if (!added) return added.error();
  return *added ? 1 : 0;
}

}  // namespace gokajo::hub
