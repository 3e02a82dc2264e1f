#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compliance/wording.h"
#include "hub/commands/command.h"
#include "hub/company_change.h"
#include "hub/owner_confirmation.h"
#include "hub/rejudging.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

// What was given on the command line; nothing else is changed.
struct Options {
  std::string id;
  CompanyChange change;
  std::optional<std::string> policy;  // a file
  bool staff_told = false;
  std::string number;
};

bool is_id(const std::string& id) {
  return !id.empty() && id.size() <= 40 && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<compliance::Policy> policy_of(const std::string& path) {
  std::ifstream file(std::filesystem::path(path), std::ios::binary);
  if (!file) return Error{ErrorKind::not_found, path};
  std::ostringstream text;
  text << file.rdbuf();
  auto policy = compliance::read_policy(text.str());
  if (!policy) return Error{policy.error().kind, path + ": " + policy.error().detail};
  return policy;
}

// Everything that was given, into the company; an Error says what cannot be.
platform::Status apply(const Options& options, const Shelf& shelf, Company& company, Time now) {
  auto change = options.change;
  if (options.staff_told) change.staff_told = true;
  if (options.policy) {
    auto policy = policy_of(*options.policy);
    if (!policy) return policy.error();
    change.policy = std::move(*policy);
  }
  if (auto problem = apply_change(change, shelf, company, now)) return problem->error;
  return platform::Done{};
}

int add(const Session& session, const Options& options) {
  if (!is_id(options.id))
    return misuse(session,
                  session.say("会社のIDは、小文字の英数字と「-」で40文字までです", "a company's id has up to 40 of a-z, 0-9 and -"));
  return change(session, [&](HubState& state) -> Result<int> {
    if (state.store->company(options.id)) return misuse(session, options.id + session.say(": もう登録されています", ": is there already"));
    Company company;
    company.id = options.id;
    company.created = session.now;
    if (auto status = apply(options, *state.library->shelf(), company, session.now); !status) return status.error();
    if (auto status = state.store->put_company(company); !status) return status.error();
    print(company.id + session.say(": 登録しました", ": added"));
    return 0;
  });
}

int set(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    auto company = state.store->company(options.id);
    if (!company) return Error{company.error().kind, options.id};
    if (auto status = apply(options, *state.library->shelf(), *company, session.now); !status) return status.error();
    if (auto status = state.store->put_company(*company); !status) return status.error();
    std::optional<Rejudging> rejudging;
    if (options.change.pack || options.policy) {  // nothing else is judged by
      CompanyBook book(*state.store, state.library.get());
      if (auto status = judge_company_again(*state.store, book, company->id, session.now); !status) return status.error();
      auto begun = rejudgings_of(*state.store).rejudging(company->id);
      if (!begun) return begun.error();
      rejudging = std::move(*begun);
    }
    print(company->id + session.say(": 変更しました", ": changed"));
    if (rejudging) {
      const auto left = std::to_string(rejudging->left());
      print(session.ja() ? "動いている集計サーバーが、残り" + left + "台を判定し直します"
                         : "the running hub judges the other " + left + " PCs again");
    }
    return 0;
  });
}

std::string date_of(const Session& session, const Company& company, Time time) {
  return compliance::render_day(time, session.language, {static_cast<int>(company.offset_minutes), {}});
}

std::string confirmation_state(const Session& session, const Company& company) {
  if (company.owner_mail.empty()) return session.say("社長のメールアドレスが未登録", "no owner's address");
  if (!company.confirmed) return session.say("社長に届いたか未確認", "owner's mail not confirmed");
  const auto day = date_of(session, company, *company.confirmed);
  return session.ja() ? "社長に届いたことを" + day + "に確認" : "owner's mail confirmed on " + day;
}

int confirm(const Session& session, const Options& options) {
  const auto number = digits_of(options.number);
  if (number.empty())
    return misuse(session, session.say("確認番号は、初回のメールにある4けたの数字です",
                                       "the confirmation number is the four digits of the owner's first mail"));
  auto outcome = Confirmation::wrong;
  // A wrong number is counted, so this is committed too.
  const auto code = change(session, [&](HubState& state) -> Result<int> {
    const auto confirmed = confirm_owner(*state.store, options.id, number, session.now);
    if (!confirmed) return confirmed.error().kind == ErrorKind::not_found ? Error{ErrorKind::not_found, options.id} : confirmed.error();
    outcome = *confirmed;
    return 0;
  });
  if (code != 0) return code;
  switch (outcome) {
    case Confirmation::confirmed:
      print(options.id + session.say(": 社長にメールが届いていることを確認しました", ": the owner's mail is known to arrive"));
      return 0;
    case Confirmation::no_address:
      return misuse(session, options.id + session.say(": 社長のメールアドレスがまだありません（company set --owner-mail）",
                                                      ": there is no owner's address yet (company set --owner-mail)"));
    case Confirmation::too_many:
      std::fprintf(stderr, "gokajo-hub: %s\n",
                   session.say("違う番号が続きました。1時間おいて、メールの番号をもう一度お確かめください",
                               "too many wrong numbers: please wait an hour and look at the mail again"));
      return kTryLater;
    case Confirmation::wrong:
      break;
  }
  std::fprintf(stderr, "gokajo-hub: %s\n",
               session.say("番号が違います。社長に届いたメールの番号をお確かめください",
                           "not the number: please look at the mail that the owner got"));
  return kDataError;
}

// Which file decides, and whether it is another than the one in force because the policy does not fit that.
std::string pack_state(const Session& session, HubState& state, const Company& company) {
  const auto page = CompanyBook(*state.store, state.library.get()).of(company.id, session.now);
  const auto chain = page ? (*page)->rests_on->chain(company.pack) : std::vector<const ShelfPack*>();
  if (chain.empty()) return company.pack + session.say("（このgokajo-hubでは使えません）", " (not known to this gokajo-hub)");
  const auto* one = chain.front();
  auto text = company.pack + " " + one->pack.version +
              (one->origin == Origin::file ? session.say("（ファイル）", " (file)") : session.say("（内蔵）", " (built in)"));
  if ((*page)->rests_on != (*page)->shelf)
    text += session.say("。新しいファイルは会社の決まりと合わないため使っていません", "; the newer file does not fit the company's policy");
  return text;
}

int show(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    const auto company = state.store->company(options.id);
    if (!company) return Error{company.error().kind, options.id};
    const auto line = [&](const char* ja, const char* en, const std::string& value) {
      print(std::string(session.say(ja, en)) + session.say("：", ": ") + (value.empty() ? "-" : value));
    };
    std::string closed;
    for (const auto& day : company->closed_days) closed += (closed.empty() ? "" : " ") + day;
    line("会社", "company", company->id + " " + company->name);
    line("ルール集", "rule pack", pack_state(session, state, *company));
    line("申告台数", "PCs stated", company->stated_devices ? std::to_string(*company->stated_devices) : "");
    line("責任者", "responsible", company->responsible);
    line("従業員への説明", "employees told on", company->staff_told ? date_of(session, *company, *company->staff_told) : "");
    line("担当者", "person in charge", company->person_in_charge);
    line("経営者", "owner", company->owner_name);
    line("経営者のメール", "owner's mail", company->owner_mail);
    line("メールの到着", "mail arrives", confirmation_state(session, *company));
    line("休業日", "closed", closed);
    line("点検の予定", "schedule", company->schedule);
    return 0;
  });
}

int list(const Session& session) {
  return change(session, [&](HubState& state) -> Result<int> {
    const auto companies = state.store->companies();
    if (!companies) return companies.error();
    for (const auto& company : *companies) {
      const auto counters = state.store->counters(company.id);
      if (!counters) return counters.error();
      const auto devices = counters->find("device");
      const auto count = [&](const char* standing) {
        if (devices == counters->end() || !devices->second.contains(standing)) return std::string("0");
        return std::to_string(devices->second.at(standing));
      };
      const auto stated = company.stated_devices ? std::to_string(*company.stated_devices) : "?";
      print(company.id + "\t" + company.name + "\t" + company.pack + "\t" +
            (session.ja() ? "登録" + count("approved") + "台／申告" + stated + "台、承認待ち" + count("waiting") + "台"
                          : count("approved") + " of " + stated + " PCs, " + count("waiting") + " waiting") +
            "\t" + confirmation_state(session, company));
    }
    return 0;
  });
}

void add_fields(CLI::App& command, const Session& session, Options& options) {
  const auto field = [&](const char* flag, std::optional<std::string>& into, const char* ja, const char* en, const char* type) {
    command.add_option(flag, into, session.say(ja, en))->type_name(type);
  };
  command.add_option("ID", options.id, session.say("会社のID（yamada など）", "the company's id (such as yamada)"))->required();
  field("--name", options.change.name, "会社の名前", "the company's name", "NAME");
  field("--pack", options.change.pack, "ルール集 (5kajo, 6kajo, scs3)", "rule pack (5kajo, 6kajo, scs3)", "PACK");
  field("--policy", options.policy, "会社の決まり (JSON)", "the company's policy (JSON)", "FILE");
  field("--responsible", options.change.responsible, "責任者", "who answers for what is collected (責任者)", "NAME");
  field("--owner-name", options.change.owner_name, "経営者の名前", "the owner's name", "NAME");
  field("--owner-mail", options.change.owner_mail, "経営者のメールアドレス", "the owner's mail address", "MAIL");
  field("--person-in-charge", options.change.person_in_charge, "担当者", "the person in charge", "NAME");
  field("--schedule", options.change.schedule, "点検の予定", "when PCs scan", "WHEN");
  command.add_option("--devices", options.change.devices, session.say("会社にあるPCの台数（申告台数）", "how many PCs the company has"))
      ->check(CLI::Range(std::int64_t{0}, kMostDevices))
      ->type_name("N");
  command
      .add_option("--offset-minutes", options.change.offset_minutes,
                  session.say("時差（分、日本は540）", "minutes east of UTC (Japan: 540)"))
      ->check(CLI::Range(-840, 840))
      ->type_name("N");
  command
      .add_option("--closed", options.change.closed_days,
                  session.say("休業日（2026-12-29 の形）", "days on which nobody works (2026-12-29)"))
      ->type_name("DAY");
  command.add_flag("--staff-told", options.staff_told, session.say("従業員に知らせました", "the employees were told"));
}

}  // namespace

void add_company_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("company", session.say("会社を登録、変更します", "Add and change companies"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  auto* adding = command->add_subcommand("add", session.say("会社を登録します", "Add a company"));
  add_common_options(*adding, session);
  add_fields(*adding, session, *options);
  adding->callback([options, &session] { session.exit_code = add(session, *options); });
  auto* setting = command->add_subcommand("set", session.say("会社の登録を変えます", "Change a company"));
  add_common_options(*setting, session);
  add_fields(*setting, session, *options);
  setting->callback([options, &session] { session.exit_code = set(session, *options); });
  const auto named = [&](const char* name, const char* ja, const char* en) {
    auto* made = command->add_subcommand(name, session.say(ja, en));
    add_common_options(*made, session);
    made->add_option("ID", options->id, session.say("会社のID", "the company's id"))->required();
    return made;
  };
  named("show", "会社の登録を表示します", "Show a company")->callback([options, &session] { session.exit_code = show(session, *options); });
  auto* confirming = named("confirm", "社長のメールにある確認番号を入力します", "Enter the confirmation number of the owner's mail");
  confirming->add_option("NUMBER", options->number, session.say("4けたの確認番号", "the four digits"))->required();
  confirming->callback([options, &session] { session.exit_code = confirm(session, *options); });
  auto* listing = command->add_subcommand("list", session.say("会社の一覧を表示します", "List the companies"));
  add_common_options(*listing, session);
  listing->callback([&session] { session.exit_code = list(session); });
}

}  // namespace gokajo::hub
