#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/enrol.h"
#include "agent/summary.h"
#include "platform/file_lock.h"
#include "platform/service.h"

namespace gokajo::agent {
namespace {

int run(Session& session, const InputOptions& options) {
  platform::ignore_broken_pipes();
  const auto directory = service_directory(options.state);
  const auto enrolment = read_enrolment(directory);
  if (!enrolment && enrolment.error().kind == platform::ErrorKind::not_found) {
    std::fputs(session.say("このPCは、どこにも登録されていません。\n", "This PC is not enrolled anywhere.\n"), stdout);
    return 0;
  }
  const auto lock = platform::FileLock::take(directory + "/enrol.lock");
  if (!lock) return complain(session, directory, lock.error(), kNoPermission);
  if (!*lock) return complain(session, directory, {platform::ErrorKind::failed, "enrol.lock"}, kUnavailable);
  platform::Status forgotten = platform::Done{};
  platform::Status told = platform::Error{platform::ErrorKind::malformed, "enrolment.json"};
  if (enrolment) {
    const auto hub = connection_of(directory, *enrolment);
    const auto http = hub ? http_client(*hub) : nullptr;
    if (http)
      told = unenrol(directory, *enrolment, *http, forgotten);
    else
      forgotten = forget_enrolment(directory);
  } else {
    forgotten = forget_enrolment(directory);
  }
  if (!forgotten) return complain(session, directory, forgotten.error(), kNoPermission);
  std::fputs(
      session.say("登録をやめました。これからは、どこにも報告しません。\n", "No longer enrolled. Nothing is reported from now on.\n"),
      stdout);
  if (told) return 0;
  complain(session, "", told.error(), 0);
  std::fputs(
      session.say("集計側には伝わっていません。画面からこのPCを外してください。\n", "The hub was not told: take this PC out there.\n"),
      stderr);
  return 0;
}

}  // namespace

void add_unenroll_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<InputOptions>();
  auto* command = app.add_subcommand("unenroll", session.say("集計サーバーへの登録をやめます", "End this PC's enrolment"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
