#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/summary.h"
#include "platform/own_file.h"
#include "protocol/body.h"
#include "protocol/report.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  bool last_report = false;
};

int run(Session& session, const Options& options) {
  const auto file = service_directory(options.state) + "/last-sent.report";
  const auto body = platform::read_own_file(file, protocol::kMaxReportBytes);
  if (!body && body.error().kind == platform::ErrorKind::not_found) {
    std::fputs(session.say("gokajo: まだ何も送っていません\n", "gokajo: nothing was sent yet\n"), stderr);
    return kNoInput;
  }
  const auto text = body ? protocol::expand(*body, protocol::kMaxReportBytes) : platform::Result<std::string>(body.error());
  if (!text) return complain(session, file, text.error(), code_of_input(text.error()));
  std::fwrite(text->data(), 1, text->size(), stdout);
  std::fputc('\n', stdout);
  if (text->find("\"changes\":{") != std::string::npos)
    std::fputs(session.say("\n（前に全部を送ったときから変わったところだけです）\n",
                           "\n(only what changed since the last report that was sent in full)\n"),
               stderr);
  return 0;
}

}  // namespace

void add_show_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("show", session.say("送った報告をそのまま表示します", "Print what was reported, exactly as it was sent"));
  command->add_flag("--last-report", options->last_report, session.say("最後に送った報告", "the last report sent"))->required();
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
