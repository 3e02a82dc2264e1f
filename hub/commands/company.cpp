#include <algorithm>
#include <fstream>
#include <sstream>

#include "hub/commands/command.h"
#include "hub/mail/message.h"
#include "hub/review.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

constexpr std::size_t kMaxName = 200;

// What was given on the command line; nothing else is changed.
struct Options {
  std::string id;
  std::optional<std::string> name, pack, policy, responsible, owner_name, owner_mail, person, schedule;
  std::optional<std::int64_t> devices, offset;
  std::optional<std::vector<std::string>> closed;
  bool staff_told = false;
};

bool is_id(const std::string& id) {
  return !id.empty() && id.size() <= 40 && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_line(const std::string& text) {
  return text.size() <= kMaxName &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Result<compliance::Policy> policy_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::not_found, path};
  std::ostringstream text;
  text << file.rdbuf();
  auto policy = compliance::read_policy(text.str());
  if (!policy) return Error{policy.error().kind, path + ": " + policy.error().detail};
  return policy;
}

// Everything that was given, into the company; an Error says what cannot be.
platform::Status apply(const Options& options, Company& company, Time now) {
  for (const auto* text : {&options.name, &options.responsible, &options.owner_name, &options.person, &options.schedule})
    if (*text && !is_line(**text)) return Error{ErrorKind::malformed, "\"" + **text + "\""};
  if (options.owner_mail && !options.owner_mail->empty() && !is_mail_address(*options.owner_mail))
    return Error{ErrorKind::malformed, "--owner-mail " + *options.owner_mail};
  const auto put = [](const std::optional<std::string>& from, std::string& to) {
    if (from) to = *from;
  };
  put(options.name, company.name);
  put(options.pack, company.pack);
  put(options.responsible, company.responsible);
  put(options.owner_name, company.owner_name);
  put(options.owner_mail, company.owner_mail);
  put(options.person, company.person_in_charge);
  put(options.schedule, company.schedule);
  if (options.devices) company.stated_devices = options.devices;
  if (options.offset) company.offset_minutes = *options.offset;
  if (options.closed) {
    for (const auto& day : *options.closed)
      if (day.size() != 10 || !platform::parse_time(day)) return Error{ErrorKind::malformed, "--closed " + day};
    company.closed_days = *options.closed;
  }
  if (options.staff_told) company.staff_told = now;
  if (options.policy) {
    auto policy = policy_of(*options.policy);
    if (!policy) return policy.error();
    company.policy = std::move(*policy);
  }
  const auto pack = compliance::built_in_pack(company.pack);
  if (!pack) return pack.error();
  if (const auto effective = compliance::effective_pack(*pack, company.policy, now); !effective) return effective.error();
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
    if (auto status = apply(options, company, session.now); !status) return status.error();
    if (auto status = state.store->put_company(company); !status) return status.error();
    print(company.id + session.say(": 登録しました", ": added"));
    return 0;
  });
}

int set(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    auto company = state.store->company(options.id);
    if (!company) return Error{company.error().kind, options.id};
    if (auto status = apply(options, *company, session.now); !status) return status.error();
    if (auto status = state.store->put_company(*company); !status) return status.error();
    CompanyBook book(*state.store);
    if (auto status = Review(*state.store, book).company_again(company->id, session.now); !status) return status.error();
    print(company->id + session.say(": 変更しました", ": changed"));
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
                          : count("approved") + " of " + stated + " PCs, " + count("waiting") + " waiting"));
    }
    return 0;
  });
}

void add_fields(CLI::App& command, const Session& session, Options& options) {
  const auto field = [&](const char* flag, std::optional<std::string>& into, const char* ja, const char* en, const char* type) {
    command.add_option(flag, into, session.say(ja, en))->type_name(type);
  };
  command.add_option("ID", options.id, session.say("会社のID（yamada など）", "the company's id (such as yamada)"))->required();
  field("--name", options.name, "会社の名前", "the company's name", "NAME");
  field("--pack", options.pack, "ルール集 (5kajo, 6kajo)", "rule pack (5kajo, 6kajo)", "PACK");
  field("--policy", options.policy, "会社の決まり (JSON)", "the company's policy (JSON)", "FILE");
  field("--responsible", options.responsible, "責任者", "who answers for what is collected (責任者)", "NAME");
  field("--owner-name", options.owner_name, "経営者の名前", "the owner's name", "NAME");
  field("--owner-mail", options.owner_mail, "経営者のメールアドレス", "the owner's mail address", "MAIL");
  field("--person-in-charge", options.person, "担当者", "the person in charge", "NAME");
  field("--schedule", options.schedule, "点検の予定", "when PCs scan", "WHEN");
  command.add_option("--devices", options.devices, session.say("会社にあるPCの台数（申告台数）", "how many PCs the company has"))
      ->check(CLI::Range(0, 1000000))
      ->type_name("N");
  command.add_option("--offset-minutes", options.offset, session.say("時差（分、日本は540）", "minutes east of UTC (Japan: 540)"))
      ->check(CLI::Range(-840, 840))
      ->type_name("N");
  command.add_option("--closed", options.closed, session.say("休業日（2026-12-29 の形）", "days on which nobody works (2026-12-29)"))
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
  auto* listing = command->add_subcommand("list", session.say("会社の一覧を表示します", "List the companies"));
  add_common_options(*listing, session);
  listing->callback([&session] { session.exit_code = list(session); });
}

}  // namespace gokajo::hub
