#include <cstdio>

#include "agent/commands/command.h"
#include "agent/prepared_setup.h"
#include "agent/start_record.h"
#include "agent/summary.h"
#include "platform/bytes.h"
#include "platform/clock.h"
#include "platform/managed_settings.h"
#include "platform/places.h"
#include "platform/service_command.h"

namespace gokajo::agent {
namespace {

// Whatever becomes of it, the code is in the registry no longer.
int adopt(Session& session) {
  const auto policy = enrol_policy(platform::policy_settings());
  const auto setup = installed_setup(platform::installer_settings(), policy ? *policy : EnrolPolicy());
  const auto forgotten = platform::forget_installer_settings();
  if (!setup)
    return complain(session, session.say("インストーラーの設定", "installer's settings"), setup.error(), code_of_input(setup.error()));
  if (!forgotten) return complain(session, "", forgotten.error(), kNoPermission);
  if (!*setup) return 0;
  const auto directory = service_directory("");
  const auto tell = [](const std::string& line) { std::fprintf(stderr, "gokajo: %s\n", platform::printable_utf8(line).c_str()); };
  if (auto taken = take_state(directory, platform::system_clock().now().wall, tell); !taken)
    return complain(session, directory, taken.error(), kNoPermission);
  if (auto left = leave_setup(directory, **setup); !left) return complain(session, directory, left.error(), kNoPermission);
  std::fputs(session.say("設定を引き継ぎました。サービスが始まると、このPCを登録します。\n",
                         "Taken over. The service enrols this PC when it starts.\n"),
             stdout);
  return 0;
}

}  // namespace

void add_service_command(CLI::App& app, Session& session) {
  auto* command = platform::add_service_command(
      app, session.ja(),
      {"Gokajo", session.say("Gokajo 自己点検", "Gokajo self-check"),
       session.say("このパソコンを情報セキュリティ5か条に沿って自己点検し、会社の集計サーバーに報告します。設定は変えません。",
                   "Checks this PC against the five rules of information security and reports to the company's hub. Changes no setting.")},
      platform::service_state_directory("gokajo"), [&session](int code) { session.exit_code = code; });
  auto* taking = command->add_subcommand("adopt", session.say("インストーラーに渡された設定を引き継ぎます（インストーラーが使います）",
                                                              "take over what the installer was given (for the installer)"));
  taking->callback([&session] { session.exit_code = adopt(session); });
}

}  // namespace gokajo::agent
