#include <memory>

#include "agent/commands/inputs.h"
#include "agent/files.h"
#include "agent/progress.h"
#include "collectors/last_answers.h"
#include "platform/last_answers.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  std::string file;
};

int run(Session& session, const Options& options) {
  auto inputs = load_inputs(session, options);
  if (!inputs) return session.exit_code;
  tell_damage(session, inputs->state);
  // What the last scan knew where the PC gives no answer in time now: the recorded scan is to find the same.
  auto last = inputs->native && !options.no_memory ? inputs->state.read_last_answers() : platform::RememberedAnswers{};
  const platform::LastAnswersHost host(*inputs->host, std::move(last), inputs->now, &collectors::witnesses_of);
  const platform::RecordingHost recorder(host);
  Progress progress(platform::is_terminal(platform::Stream::err), session.language);
  const auto result = scan(recorder, inputs->scan, inputs->now, {&Progress::tell, &progress});
  progress.finish();
  if (!result) return complain(session, "", result.error(), kInternal);
  platform::Snapshot snapshot{inputs->now, recorder.answers(), nullptr, nullptr};
  if (!options.no_memory) {
    snapshot.memory = compliance::write_memory(inputs->scan.memory);
    snapshot.declarations = platform::to_form(inputs->scan.declarations);
  }
  const auto written = write_whole_file(options.file, platform::write_snapshot(snapshot));
  return written ? 0 : complain(session, options.file, written.error(), kCannotCreate);
}

}  // namespace

void add_record_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  options->pack = "6kajo";  // asks the most
  auto* command = app.add_subcommand("record", session.say("調べた答えをファイルに残します", "Record what a scan asks and hears"));
  command->add_option("FILE", options->file, session.say("書き込むファイル", "file to write"))->required()->type_name("");
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->add_flag("--no-memory", options->no_memory, session.say("前の結果と回答を入れません", "leave earlier results and answers out"));
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
