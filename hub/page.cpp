#include "hub/page.h"

#include <algorithm>

#include <kainjow/mustache.hpp>

#include "compliance/finding_form.h"
#include "compliance/wording.h"
#include "hub/company_book.h"
#include "hub/mail/catching_up.h"
#include "hub/silence.h"
#include "hub/web/form.h"
#include "platform/bytes.h"
#include "platform/embedded.h"

namespace gokajo::hub {

using compliance::Language, compliance::Verdict, platform::Result;
using kainjow::mustache::data, kainjow::mustache::mustache;

namespace {

constexpr const char* kPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
constexpr const char* kCookie = "__Host-gokajo-page";
constexpr std::size_t kKeyCharacters = 32;  // 192 bits
constexpr Verdict kShown[] = {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable};

std::string embedded_text(std::string_view name) {
  for (const auto& file : embedded::hub_templates())
    if (file.name == name) return std::string(file.text);
  return {};
}

HttpReply page(int status, std::string body) {
  return {status,
          {{"content-type", "text/html; charset=utf-8"}, {"content-security-policy", kPolicy}, {"referrer-policy", "no-referrer"}},
          std::move(body)};
}

// Everything of one page.
class View {
 public:
  View(Store& store, const Library* library, Language language, Time now, const std::vector<StartupFinding>& of_hub)
      : store_(store), library_(library), language_(language), now_(now), of_hub_(of_hub) {}

  Result<std::string> make(const std::string& tenant, std::string_view layout_file) {
    CompanyBook book(store_, library_);
    const auto held = book.of(tenant, now_);
    if (!held) return held.error();
    const auto& company = (*held)->company;
    const auto devices = store_.devices(tenant);
    if (!devices) return devices.error();
    reader_.offset_minutes = static_cast<int>(company.offset_minutes);
    calendar_ = calendar_of(company);
    for (const auto& rule : (*held)->pack.rules) rules_.emplace_back(rule.id, rule.name.in(language_));
    data list{data::type::list};
    for (const auto& device : *devices) {
      if (device.standing == Standing::removed) continue;
      auto one = device_data(device);
      if (!one) return one.error();
      list << *one;
    }
    data page;
    page.set("language", ja() ? "ja" : "en");
    page.set("title", text(company.name + say(" の自己点検", ": self-check")));
    page.set("when", say("このページを作った日: ", "Made on ") + day(now_));
    page.set("registered", registered(company));
    page.set("notes", notes(company));
    page.set("rules_heading",
             say("ルールごとの台数（連絡のないPCは「連絡なし」だけに数えます）", "PCs by rule (silent PCs count as silent only)"));
    page.set("rule_heading", say("ルール", "Rule"));
    page.set("verdicts", headings());
    page.set("rules", rule_table());
    page.set("devices", list);
    page.set("remark", say("自己点検の結果です。", "This is the result of a self-check."));
    page.set("part", data{kainjow::mustache::partial{[] { return embedded_text("company_part.html"); }}});
    mustache layout(embedded_text(layout_file));
    return layout.render(page);
  }

 private:
  bool ja() const { return language_ == Language::ja; }
  std::string say(const char* in_japanese, const char* in_english) const { return ja() ? in_japanese : in_english; }
  static std::string text(const std::string& from_outside) { return platform::printable_utf8(from_outside); }
  std::string day(Time time) const { return compliance::render_day(time, language_, reader_); }

  std::string registered(const Company& company) const {
    const auto count = std::to_string(approved_);
    if (!company.stated_devices)
      return ja() ? "登録 " + count + "台（会社のPCの台数がまだ申告されていません）"
                  : "Registered: " + count + " (how many PCs the company has was not stated yet)";
    const auto stated = std::to_string(*company.stated_devices);
    return ja() ? "登録 " + count + "台／申告 " + stated + "台" : "Registered: " + count + " of " + stated + " stated";
  }

  data notes(const Company& company) const {
    data list{data::type::list};
    const auto note = [&](const std::string& sentence) { list << data{"text", sentence}; };
    for (const auto& finding : of_hub_) note(text(startup_sentence(finding, language_)));
    if (!company.confirmed)
      note(company.owner_mail.empty()
               ? say("社長のメールアドレスがまだ登録されていません。", "The owner's mail address is not known yet.")
               : say("社長に届いたか未確認です。社長のメールにある4けたの確認番号を、担当者が入力してください（gokajo-hub company "
                     "confirm）。",
                     "Whether the owner gets the mail is not confirmed: please enter the four digits of the owner's mail (gokajo-hub "
                     "company confirm)."));
    if (waiting_ > 0)
      note(ja() ? "承認を待っているPCが" + std::to_string(waiting_) + "台あります。承認するまで数に入りません。"
                : std::to_string(waiting_) + " PCs wait for approval and do not count until then.");
    if (silent_ > 0)
      note(ja() ? "連絡のないPCが" + std::to_string(silent_) + "台あります。故障とは限りません。"
                : std::to_string(silent_) + " PCs are silent. That need not be a fault.");
    if (resting_ > 0)
      note(ja() ? "休ませているPCが" + std::to_string(resting_) + "台あります。休ませている間は「適合」に数えません。"
                : std::to_string(resting_) + " PCs are at rest. They count as passing nothing until then.");
    if (company.stated_devices && *company.stated_devices != approved_)
      note(say("登録した台数と申告した台数が違うため、会社全体の「適合」は出しません。",
               "The registered and the stated number of PCs differ, so the company as a whole is never shown as passing."));
    return list;
  }

  data headings() const {
    data list{data::type::list};
    for (const auto verdict : kShown) list << data{"text", std::string(compliance::verdict_name(verdict, language_))};
    list << data{"text", say("連絡なし", "silent")};
    if (resting_ > 0) list << data{"text", say("休止中", "at rest")};
    return list;
  }

  data rule_table() {
    data table{data::type::list};
    for (const auto& [id, name] : rules_) {
      data counts{data::type::list};
      const auto found = counted_.find(id);
      for (const auto verdict : kShown) {
        const auto count = found == counted_.end() ? 0 : [&] {
          const auto one = found->second.find(verdict);
          return one == found->second.end() ? 0 : one->second;
        }();
        counts << data{"text", std::to_string(count)};
      }
      counts << data{"text", std::to_string(silent_)};
      if (resting_ > 0) counts << data{"text", std::to_string(rested_[id])};
      data row;
      row.set("name", name);
      row.set("counts", counts);
      table << row;
    }
    return table;
  }

  std::string resting(const Device& device, bool heard) const {
    const auto until = day(Time{last_day_of_rest(device, calendar_)} - std::chrono::minutes{calendar_.offset_minutes});
    std::string sentence = ja() ? until + "まで休ませています。" : "At rest until " + until + ".";
    if (heard)
      sentence += ja() ? "　" + day(*device.last_receipt) + "に連絡がありました。使っているPCなら、休みを終えてください。"
                       : " Heard of on " + day(*device.last_receipt) + ": if it is in use, please end its rest.";
    return sentence;
  }

  std::string standing(const Device& device, Contact contact) {
    if (device.standing == Standing::waiting) {
      ++waiting_;
      return say("承認待ち", "waits for approval");
    }
    ++approved_;
    if (contact == Contact::resting || contact == Contact::resting_heard) {
      ++resting_;
      return resting(device, contact == Contact::resting_heard);
    }
    if (contact == Contact::silent) {
      ++silent_;
      return ja() ? (device.last_receipt ? day(*device.last_receipt) + "の連絡が最後です。" : "まだ連絡がありません。")
                  : (device.last_receipt ? "Last heard of on " + day(*device.last_receipt) : "Not heard of yet.");
    }
    std::string sentence = device.last_receipt ? say("最後の連絡: ", "Last heard of: ") + day(*device.last_receipt)
                                               : say("まだ連絡がありません。", "Not heard of yet.");
    if (device.behind() && device.last_receipt)
      sentence += say("　新しい結果の読み込みを待っています。", " The newest result cannot be read yet.");
    if (device.clock_ahead_s > 0) sentence += say("　このPCの時計が進んでいます。", " This PC's clock is ahead.");
    if (device.discarded > 0)
      sentence += ja() ? "　送れずに消えた結果が" + std::to_string(device.discarded) + "件あります。"
                       : " " + std::to_string(device.discarded) + " results were dropped before they could be sent.";
    return sentence;
  }

  Result<data> device_data(const Device& device) {
    const auto verdicts = store_.rules(device.tenant, device.id);
    if (!verdicts) return verdicts.error();
    const auto findings = store_.findings(device.tenant, device.id);
    if (!findings) return findings.error();
    const auto contact = contact_of(store_, calendar_, device, now_);
    if (!contact) return contact.error();
    data one;
    one.set("name", text(device.label.empty() ? device.host_name : device.label));
    one.set("standing", standing(device, *contact));
    const bool approved = device.standing == Standing::approved;
    const bool silent = approved && (*contact == Contact::silent || *contact == Contact::resting);
    one.set("class", silent ? "silent" : "heard");
    std::string line;
    for (const auto& [id, name] : rules_) {
      const auto found = verdicts->find(id);
      const auto verdict = found == verdicts->end() ? Verdict::unknown : found->second;
      if (approved && *contact != Contact::silent) {
        if (const auto counted = counted_as(*contact, verdict))
          ++counted_[id][*counted];
        else
          ++rested_[id];
      }
      if (silent) continue;
      line += (line.empty() ? "" : say("　", ", ")) + name + say("：", ": ") + std::string(compliance::verdict_name(verdict, language_));
    }
    one.set("rules", line);
    data list{data::type::list};
    for (const auto& kept : *findings) {
      const auto catching_up = is_catching_up(store_, device, kept);
      if (!catching_up) return catching_up.error();
      if (auto finding = finding_data(kept, silent, *catching_up)) list << *finding;
    }
    one.set("findings", list);
    return one;
  }

  std::optional<data> finding_data(const KeptFinding& kept, bool silent, bool catching_up) const {
    const bool to_do =
        kept.verdict == Verdict::fail || (kept.required && (kept.verdict == Verdict::unknown || kept.verdict == Verdict::ask));
    if (silent || !to_do) return std::nullopt;
    compliance::JudgedFinding judged;
    const auto json = platform::parse_json(kept.form, compliance::kMaxPackBytes);
    if (!json || !platform::read_form(*json, judged, {})) return std::nullopt;
    const auto rendered = compliance::render(judged.finding, compliance::built_in_wording(), reader_);
    data one;
    one.set("class", kept.verdict == Verdict::fail ? "fail" : "open");
    std::string verdict(compliance::verdict_name(kept.verdict, language_));
    if (judged.exception)
      verdict += ja() ? "（例外: " + day(judged.exception->until) + "まで）" : " (exception until " + day(judged.exception->until) + ")";
    if (catching_up) verdict += say("（休み明けの対応中）", " (catching up after days off)");
    one.set("verdict", text(verdict));
    one.set("saw", text(rendered.saw.in(language_)));
    if (judged.finding.first_seen) one.set("since", say("初めて確認した日: ", "first seen on ") + day(*judged.finding.first_seen));
    return one;
  }

  Store& store_;
  const Library* library_;
  Language language_;
  Time now_;
  const std::vector<StartupFinding>& of_hub_;
  compliance::Reader reader_;
  Calendar calendar_;
  std::vector<std::pair<std::string, std::string>> rules_;
  std::map<std::string, std::map<Verdict, int>> counted_;
  std::int64_t approved_ = 0;
  int waiting_ = 0;
  int silent_ = 0;
  int resting_ = 0;
  std::map<std::string, int> rested_;  // by rule
};

// What the page's paths answer; everything inside one transaction.
HttpReply answer(Store& store, const Pepper& pepper, const HttpRequest& request, Time now, const std::vector<StartupFinding>& of_hub,
                 const Library* library) {
  if (request.target == "/page.css")
    return {200, {{"content-type", "text/css; charset=utf-8"}, {"cache-control", "max-age=3600"}}, embedded_text("style.css")};
  if (request.target.starts_with("/open?key=")) {
    const auto key = request.target.substr(std::string_view("/open?key=").size());
    const auto tenant =
        is_random_word(key, kKeyCharacters) ? store.open_page(pepper.page_key(key), false, now) : Result<std::string>(platform::Error{});
    if (!tenant) return page(401, embedded_text("closed.html"));
    const auto session = random_word(kKeyCharacters);
    if (!store.add_page_key(*tenant, pepper.page_key(session), true, now + kPageSessionFor)) return page(503, embedded_text("closed.html"));
    auto reply = page(303, {});
    reply.headers["location"] = "/page";
    reply.headers["set-cookie"] = std::string(kCookie) + "=" + session + "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" +
                                  std::to_string(std::chrono::seconds{kPageSessionFor}.count());
    return reply;
  }
  const auto session = cookie_of(request.header("cookie"), kCookie);
  const auto tenant = is_random_word(session, kKeyCharacters) ? store.open_page(pepper.page_key(session), true, now)
                                                              : Result<std::string>(platform::Error{});
  if (!tenant) return page(401, embedded_text("closed.html"));
  auto rendered = render_page(store, *tenant, language_of(request.header("accept-language")), now, of_hub, library);
  if (!rendered) return page(503, embedded_text("closed.html"));
  return page(200, std::move(*rendered));
}

}  // namespace

Result<std::string> add_page_key(Store& store, const Pepper& pepper, const std::string& tenant, Time now) {
  auto key = random_word(kKeyCharacters);
  if (auto added = store.add_page_key(tenant, pepper.page_key(key), false, now + kPageKeyFor); !added) return added.error();
  return key;
}

bool is_page(const HttpRequest& request) {
  return request.method == "GET" &&
         (request.target == "/page" || request.target == "/page.css" || request.target.starts_with("/open?key="));
}

HttpReply page_reply(Store& store, const Pepper& pepper, const HttpRequest& request, Time now, const std::vector<StartupFinding>& of_hub,
                     const Library* library) {
  if (!store.begin()) return page(503, embedded_text("closed.html"));
  auto reply = answer(store, pepper, request, now, of_hub, library);
  if (store.commit()) return reply;
  store.rollback();
  return page(503, embedded_text("closed.html"));
}

Result<std::string> render_page(Store& store, const std::string& tenant, Language language, Time now,
                                const std::vector<StartupFinding>& of_hub, const Library* library) {
  return View(store, library, language, now, of_hub).make(tenant, "page.html");
}

Result<std::string> render_company(Store& store, const std::string& tenant, Language language, Time now,
                                   const std::vector<StartupFinding>& of_hub, const Library* library) {
  return View(store, library, language, now, of_hub).make(tenant, "company_part.html");
}

Language language_of(std::string_view accept_language) {
  const auto english = accept_language.find("en");
  const auto japanese = accept_language.find("ja");
  return english < japanese ? Language::en : Language::ja;
}

}  // namespace gokajo::hub
