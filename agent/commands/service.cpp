#include "agent/commands/command.h"
#include "platform/service_command.h"

namespace gokajo::agent {

void add_service_command(CLI::App& app, Session& session) {
  platform::add_service_command(
      app, session.ja(),
      {"Gokajo", session.say("Gokajo 自己点検", "Gokajo self-check"),
       session.say("このパソコンを情報セキュリティ5か条に沿って自己点検し、会社の集計サーバーに報告します。設定は変えません。",
                   "Checks this PC against the five rules of information security and reports to the company's hub. Changes no setting.")},
      [&session](int code) { session.exit_code = code; });
}

}  // namespace gokajo::agent
