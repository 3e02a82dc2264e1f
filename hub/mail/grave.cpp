#include "hub/mail/grave.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compliance/layout.h"
#include "hub/mail/dates.h"
#include "hub/mail/lines.h"
#include "hub/mail/words.h"

namespace gokajo::hub {

using Kind = MailBlock::Kind;

namespace {

constexpr std::array<std::string_view, 5> kGrave = {"antivirus.active", "antivirus.real-time", "sharing.guest-access-off",
                                                    "sharing.remote-login-restricted", "passwords.none-blank"};
constexpr std::size_t kMost = 5;
constexpr int kFirstHour = 8;
constexpr int kLastHour = 19;

std::string label_of(const GraveFinding& finding) { return finding.todo.labels.empty() ? "" : finding.todo.labels.front(); }

std::string subject_of(const GraveMail& mail, const Teller& say, const Dates& dates) {
  const auto& first = mail.findings.front();
  const auto others = static_cast<int>(mail.findings.size()) - 1;
  const std::string key = std::string(mail.mended ? "subject.mended" : "subject.grave") + (others > 0 ? "-many" : "");
  return say.plain(key, {{"label", short_label(label_of(first))},
                         {"rule", say.rule_name(first.todo.rule)},
                         {"n", std::to_string(others)},
                         {"day", dates.slashed(mail.now)}});
}

}  // namespace

bool is_grave(const std::string& check) { return std::find(kGrave.begin(), kGrave.end(), check) != kGrave.end(); }

bool is_confirmed(const GraveFinding& finding, platform::Time now) {
  return finding.last_scanned - finding.since >= std::chrono::hours{1} && finding.last_scanned <= now;
}

bool is_telling_time(platform::Time now, int offset_minutes) {
  const auto local = now + std::chrono::minutes{offset_minutes};
  const auto hour = std::chrono::floor<std::chrono::hours>(local - std::chrono::floor<platform::Days>(local)).count();
  return hour >= kFirstHour && hour < kLastHour;
}

MailText grave_text(const GraveMail& mail, compliance::Language language) {
  Composer out(language);
  const Dates dates{language, mail.offset_minutes};
  if (mail.findings.empty()) return out.finish("");
  out.address(mail.company, mail.owner);
  const auto count = std::to_string(mail.findings.size());
  out.line(mail.mended ? "mended.lead" : "grave.lead", {{"n", count}});
  out.blank();
  for (std::size_t i = 0; i < mail.findings.size() && i < kMost; ++i) {
    const auto& finding = mail.findings[i];
    out.line("todo.line-untimed", {{"i", std::to_string(i + 1)}, {"label", clipped(label_of(finding), kLabelColumns)}}, Kind::item);
    if (mail.mended) {
      const auto words = mail_words().rules.find(finding.todo.rule);
      if (words != mail_words().rules.end()) out.line("mended.what", {{"what", out.say().plain(words->second.solved)}}, Kind::item_text);
      continue;
    }
    const auto& advice = advice_for(finding.todo.check, finding.todo.situation, finding.todo.systems);
    out.lines(out.say().say(advice.saw) + (out.say().ja() ? "|→" : " |-> |") + out.say().say(advice.do_), Kind::item_text);
    out.line("grave.since", {{"date", dates.month_day(finding.since)}}, Kind::item_text);
  }
  if (mail.findings.size() > kMost) out.line("todo.rest", {{"n", std::to_string(mail.findings.size() - kMost)}}, Kind::item_text);
  out.blank();
  if (!mail.mended) {
    if (!mail.person.empty()) out.line("forward", {{"person", out.person(mail.person)}});
    out.line("grave.then");
  } else {
    out.line("fine.nothing");
  }
  out.line("fine.self");
  return out.finish(subject_of(mail, out.say(), dates));
}

}  // namespace gokajo::hub
