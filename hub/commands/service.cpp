#include "hub/commands/command.h"
#include "platform/places.h"
#include "platform/service_command.h"

namespace gokajo::hub {

void add_service_command(CLI::App& app, Session& session) {
  (void)platform::add_service_command(app, session.ja(),
                                      {"GokajoHub", session.say("Gokajo 集計サーバー", "Gokajo hub"),
                                       session.say("会社のパソコンの自己点検を集め、経営者に週1回のメールで知らせます。",
                                                   "Collects the self-checks of the company's PCs and mails the owner once a week.")},
                                      platform::service_state_directory("gokajo-hub"), [&session](int code) { session.exit_code = code; });
}

}  // namespace gokajo::hub
