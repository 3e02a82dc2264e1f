#include <cstdio>

#include "hub/commands/command.h"
#include "hub/demo/load.h"
#include "hub/demo/play.h"
#include "hub/in_transaction.h"
#include "hub/web/entering.h"
#include "hub/web/links.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

struct Options {
  demo::LoadSize load;
  int clients = 40;
  std::string address = "https://localhost:8443";
};

// A link for each person, so that whoever shows the demo can be any of them.
platform::Status print_links(const Session& session, HubState& state, const std::vector<demo::PersonPlan>& people,
                             const std::string& address) {
  std::vector<std::string> lines;
  const auto made = in_transaction(*state.store, state.store->begin(), [&]() -> platform::Status {
    for (const auto& planned : people) {
      const auto person = state.store->person_by_mail(planned.mail);
      if (!person) return person.error();
      const auto link = make_sign_in_link(*state.store, state.pepper, address, *person, session.now + kInvitationFor);
      if (!link) return link.error();
      const char* role = boost::describe::enum_to_string(planned.role, "");
      lines.push_back(planned.name + " (" + role + ", " + planned.mail + "): " + *link);
    }
    return platform::Done{};
  });
  if (!made) return made;
  print(session.say("ページに入るリンク（72時間、1回だけ開けます）:", "links to the pages (each opens once, within 72 hours):"));
  for (const auto& line : lines) print(line);
  return platform::Done{};
}

Result<demo::Played> loaded(const Session& session, HubState& state, const Options& options) {
  const auto counts =
      demo::load(state, options.load, session.now, [](std::int64_t pcs) { std::fprintf(stderr, "\r%lld", static_cast<long long>(pcs)); });
  std::fprintf(stderr, "\n");
  if (!counts) return counts.error();
  return demo::Played{options.load.companies, options.load.pcs, counts->reports};
}

int fill(const Session& session, const Options& options) {
  auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto plan = demo::plan_of(options.clients, options.load.seed, session.now);
  const auto played = options.load.pcs > 0 ? loaded(session, *state, options) : demo::play(*state, plan, session.now);
  if (!played && played.error().kind == ErrorKind::denied)
    return misuse(session,
                  session.say("このフォルダーには、もう会社が登録されています。デモには新しいフォルダーを --state で指定してください: ",
                              "a company is in this folder already; give a new folder for the demo with --state: ") +
                      played.error().detail);
  if (!played) return complain(session, played.error());
  print(session.ja() ? "デモのデータを作りました: 会社" + std::to_string(played->companies) + "社、PC" + std::to_string(played->pcs) +
                           "台、結果" + std::to_string(played->reports) + "件"
                     : "the demo is there: " + std::to_string(played->companies) + " companies, " + std::to_string(played->pcs) + " PCs, " +
                           std::to_string(played->reports) + " reports");
  print(session.say("すべて架空のデータです。このフォルダーのハブは、メールを送らず、PCからの結果も受け取りません。",
                    "Everything in it is invented. A hub on this folder sends no mail and takes nothing from PCs."));
  print(session.say("始めるには: gokajo-hub serve --state ", "start it with: gokajo-hub serve --state ") + state->directory);
  if (auto printed = print_links(session, *state, plan.people, options.address); !printed) return complain(session, printed.error());
  return 0;
}

}  // namespace

void add_demo_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("demo", session.say("新しいフォルダーに、見本の会社とPCを作ります（すべて架空）",
                                                         "Fill a new folder with companies and PCs to show (all invented)"));
  add_common_options(*command, session);
  command->add_option("--clients", options->clients, session.say("会社の数", "how many companies"))
      ->check(CLI::Range(1, 60))
      ->type_name("N");
  command->add_option("--seed", options->load.seed, session.say("乱数の種", "seed of what is random"))->type_name("S");
  options->load.pcs = 0;
  command
      ->add_option("--pcs", options->load.pcs,
                   session.say("見本ではなく、測定のために多くのPCを作ります", "not the story, but so many PCs, for measuring"))
      ->check(CLI::Range(1, 1000000))
      ->type_name("N");
  command
      ->add_option("--companies", options->load.companies, session.say("そのPCを分ける会社の数", "over how many companies they are spread"))
      ->check(CLI::Range(1, 10000))
      ->type_name("N");
  command->add_option("--days", options->load.days, session.say("何日前からの変化を作るか", "how many days of changes"))
      ->check(CLI::Range(1, 3660))
      ->type_name("D");
  command
      ->add_option("--raw-days", options->load.raw_days,
                   session.say("何日分の結果そのものを作るか", "how many days of reports as they came"))
      ->check(CLI::Range(1, 90))
      ->type_name("D");
  command->add_option("--address", options->address, session.say("リンクに書くハブのアドレス", "the hub's address in the links"))
      ->type_name("URL");
  command->callback([options, &session] { session.exit_code = fill(session, *options); });
}

}  // namespace gokajo::hub
