#include "agent/carry.h"

#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/summary.h"
#include "platform/clock.h"
#include "platform/file_lock.h"
#include "platform/service_manager.h"

namespace gokajo::agent {
namespace {

struct Options {
  InputOptions inputs;
  std::string folder;
};

int run(Session& session, const Options& options) {
  const auto directory = service_directory(options.inputs.state);
  const auto lock = platform::FileLock::take(directory + "/lock");
  if (!lock) return complain(session, directory, lock.error(), kNoPermission);
  if (!*lock) {
    std::fprintf(
        stderr,
        session.say("gokajo: サービスが動いています。止めてから（%s）、もう一度始めてください。終わったら、また動かしてください。\n",
                    "gokajo: the service is running. Stop it first (%s), and start it again afterwards.\n"),
        platform::stop_command("gokajo").c_str());
    return kUnavailable;
  }
  const auto no_network = [](const HubConnection&) -> std::unique_ptr<HttpClient> { return nullptr; };
  auto reporting = Reporting::open(directory, platform::system_clock(), no_network, [] { return 0.5; }, [] { return true; });
  if (!reporting && reporting.error().kind == platform::ErrorKind::not_found) {
    std::fputs(session.say("gokajo: このPCはまだ登録されていません。登録だけは、ネットにつないで行ってください（gokajo enroll）。\n",
                           "gokajo: this PC is not enrolled. Enrolment itself needs the network, once (gokajo enroll).\n"),
               stderr);
    return kUnavailable;
  }
  if (!reporting) return complain(session, directory, reporting.error(), kNoPermission);
  const auto outcome = carry(**reporting, options.folder);
  if (!outcome) return complain(session, options.folder, outcome.error(), kNoInput);
  for (const auto& problem : outcome->problems) complain(session, "", problem, 0);
  std::printf(session.say("集計側に届いたと確かめた結果: %d件\n運ぶ結果: %d件（集計するPCで: gokajo-hub import フォルダー）\n",
                          "Known to have arrived: %d\nTo be carried: %d (at the hub: gokajo-hub import FOLDER)\n"),
              outcome->receipted, outcome->written);
  return outcome->problems.empty() ? 0 : kUnavailable;
}

}  // namespace

void add_carry_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("carry", session.say("ネットにつながらないPCの結果を、USBメモリーなどで運びます",
                                                          "Carry results of a PC without network, on a USB stick say"));
  add_language_option(*command, session);
  add_state_option(*command, session, options->inputs);
  command->add_option("FOLDER", options->folder, session.say("運ぶフォルダー", "the folder that travels"))->required()->type_name("DIR");
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
