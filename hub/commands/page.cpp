#include "hub/page.h"

#include <cstdio>

#include "hub/commands/command.h"

namespace gokajo::hub {
namespace {

int run(const Session& session, const std::string& tenant) {
  std::string address;
  const int code = change(session, [&](HubState& state) -> platform::Result<int> {
    if (const auto company = state.store->company(tenant); !company) return platform::Error{company.error().kind, tenant};
    const auto serving = read_serving(state);
    if (!serving) return misuse(session, session.say("先に gokajo-hub serve を始めてください", "start gokajo-hub serve first"));
    const auto key = add_page_key(*state.store, state.pepper, tenant, session.now);
    if (!key) return key.error();
    address = "https://localhost:" + std::to_string(serving->port) + "/open?key=" + *key;
    return 0;
  });
  if (code == 0) {
    print(session.say("10分のあいだ、1回だけ開けます:", "Opens once, within ten minutes:"));
    print(address);
  }
  return code;
}

}  // namespace

void add_page_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("page", session.say("結果のページの行き先を表示します", "Print an address that opens the page"));
  auto tenant = std::make_shared<std::string>();
  add_common_options(*command, session);
  command->add_option("COMPANY", *tenant, session.say("会社のID", "the company's id"))->required();
  command->callback([tenant, &session] { session.exit_code = run(session, *tenant); });
}

}  // namespace gokajo::hub
