#include <algorithm>
#include <memory>

#include "hub/commands/command.h"
#include "hub/evidence/make_pack.h"
#include "hub/evidence/period.h"
#include "hub/evidence/signing_key.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::Result;

constexpr std::size_t kListed = 1000;

struct Options {
  std::string company;
  std::string from;
  std::string until;
  std::string kind = "internal";
};

const char* word_of(const Session& session, PackKind kind) {
  return kind == PackKind::internal ? session.say("社内用", "internal") : session.say("提出用", "for submission");
}

void tell(const Session& session, const EvidencePack& pack) {
  print(std::string(session.say("号: ", "issue: ")) + std::to_string(pack.number) + " (" + word_of(session, pack.kind) + ")");
  print(std::string(session.say("照合番号: ", "check number: ")) + in_groups(head_of(pack.manifest)));
  print(std::string(session.say("鍵の指紋: ", "fingerprint of the key: ")) + in_groups(pack.key));
}

int make(const Session& session, const Options& options) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto company = state->store->company(options.company);
  if (!company) return complain(session, Error{company.error().kind, options.company});
  const auto period = period_of_days(options.from, options.until, static_cast<int>(company->offset_minutes));
  if (!period)
    return misuse(session, session.say("期間は 2026-10-01 のような日付で、古い日から新しい日へ、400日以内で指定してください",
                                       "the period: two days such as 2026-10-01, the first not after the last, at most 400 days"));
  const auto kind = options.kind == "internal" ? PackKind::internal : PackKind::submission;
  const auto pack = make_pack({state->directory, *state->store, state->pepper, state->library.get()},
                              {options.company, kind, period->from, period->until, "gokajo-hub"}, session.now);
  if (!pack) return complain(session, pack.error());
  print(pack_file(state->directory, pack->tenant, pack->number) +
        session.say(": 作りました。別の場所に移して保管してください（ここには30日だけあります）",
                    ": made. Keep a copy elsewhere (it is here for 30 days only)"));
  tell(session, *pack);
  return 0;
}

int list(const Session& session, const Options& options) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  if (const auto company = state->store->company(options.company); !company)
    return complain(session, Error{company.error().kind, options.company});
  const auto packs = packs_of(*state->store).evidence_packs(options.company, kListed);
  if (!packs) return complain(session, packs.error());
  for (const auto& pack : *packs)
    print(std::to_string(pack.number) + "\t" + word_of(session, pack.kind) + "\t" + platform::format_time(pack.made) + "\t" +
          in_groups(head_of(pack.manifest)) + "\t" +
          (is_kept(pack, session.now) ? pack_file(state->directory, pack.tenant, pack.number) : "-"));
  return 0;
}

int key(const Session& session) {
  return change(session, [&](HubState& state) -> Result<int> {
    const auto made = pack_key(*state.store, state.pepper, session.now);
    if (!made) return made.error();
    print(in_groups(made->id()));
    return 0;
  });
}

}  // namespace

void add_evidence_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand(
      "evidence", session.say("点検の記録をまとめたファイルを作ります", "Make evidence packs: a company's records as one signed file"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  const auto with_company = [&](CLI::App* sub) {
    add_common_options(*sub, session);
    sub->add_option("COMPANY", options->company, session.say("会社のID", "the company's id"))->required();
  };
  auto* making = command->add_subcommand(
      "make", session.say("期間を決めて作ります（動かしたままでできます）", "Make one of a period, while the hub runs"));
  with_company(making);
  making->add_option("--from", options->from, session.say("はじめの日 (2026-10-01)", "the first day (2026-10-01)"))
      ->required()
      ->type_name("DAY");
  making->add_option("--until", options->until, session.say("終わりの日 (2026-10-31)", "the last day (2026-10-31)"))
      ->required()
      ->type_name("DAY");
  making
      ->add_option("--kind", options->kind,
                   session.say("internal（社内用）か submission（提出用。PC、利用者、共有の名前なし）",
                               "internal, or submission (without names of PCs, users and shares)"))
      ->check(CLI::IsMember({"internal", "submission"}))
      ->type_name("KIND");
  making->callback([options, &session] { session.exit_code = make(session, *options); });
  auto* listing = command->add_subcommand("list", session.say("作ったものの一覧", "List those that were made"));
  with_company(listing);
  listing->callback([options, &session] { session.exit_code = list(session, *options); });
  auto* asking = command->add_subcommand("key", session.say("署名する鍵の指紋を表示します", "Print the fingerprint of the key that signs"));
  add_common_options(*asking, session);
  asking->callback([&session] { session.exit_code = key(session); });
}

}  // namespace gokajo::hub
