#include <cstdio>
#include <filesystem>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/commands/offered_file.h"
#include "agent/diagnosis.h"
#include "agent/summary.h"

namespace gokajo::agent {
namespace {

using platform::Json;

struct Options : InputOptions {
  std::string file;
  bool yes = false;
};

// Names and sizes of our own files; what stands in them stays here.
Json files_of(const std::string& directory) {
  Json files = Json::array();
  std::error_code problem;
  int left = 200;
  for (std::filesystem::recursive_directory_iterator at(directory, problem), end; !problem && at != end && left > 0;
       at.increment(problem), --left) {
    std::error_code gone;
    const auto mode = static_cast<unsigned>(at->status(gone).permissions()) & 07777U;
    char shown[8];
    std::snprintf(shown, sizeof(shown), "%04o", mode);
    files.push_back({{"name", platform::printable_utf8(at->path().lexically_relative(directory).string())},
                     {"mode", shown},
                     {"bytes", at->is_regular_file(gone) ? static_cast<std::int64_t>(at->file_size(gone)) : 0}});
  }
  return files;
}

// Nothing of the evidence, no company, no name of a PC or a person, no key; the hub's address is what support must know.
std::string bundle(const std::string& directory, const AgentState& state, const platform::Moment& now) {
  Json problems = Json::array();
  for (const auto& one : diagnose(state, std::nullopt, now))
    if (!one.good) problems.push_back({{"what", one.what.en}, {"advice", one.advice.en}});
  Json flare = {{"format", "gokajo-flare/1"},
                {"version", GOKAJO_VERSION},
                {"made_at", platform::format_time(now.wall)},
                {"problems", problems},
                {"running", state.running == true},
                {"waiting", state.waiting},
                {"waiting_bytes", state.waiting_bytes},
                {"uplink", platform::to_form(state.uplink)},
                {"schedule", platform::to_form(state.schedule)},
                {"files", files_of(directory)}};
  if (state.settings) flare["settings"] = {{"pack", state.settings->pack}, {"schedule", state.settings->schedule}};
  flare["pack"] = {{"id", state.pack.id}, {"version", state.pack.version}};
  flare["briefings_of_hub"] = state.handed_out;
  if (state.enrolment)
    flare["enrolment"] = {{"hub", state.enrolment->hub},
                          {"pin", state.enrolment->pin.has_value()},
                          {"own_ca", state.enrolment->own_ca},
                          {"proxy", state.enrolment->proxy.has_value()},
                          {"device", state.enrolment->device.substr(0, 12)},
                          {"epoch", state.enrolment->epoch}};
  return flare.dump(1) + "\n";
}

int run(Session& session, const Options& options) {
  const auto directory = service_directory(options.state);
  const auto state = read_agent_state(directory);
  if (!state) return complain(session, directory, state.error(), kNoPermission);
  const auto text = bundle(directory, *state, platform::system_clock().now());
  return offer_file(session, text, options.file, options.yes);
}

}  // namespace

void add_flare_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("flare", session.say("困ったときに渡す資料を作ります（中身を先に表示し、秘密は入れません）",
                                                          "Make a file for whoever helps (shown first; without secrets)"));
  command->add_option("file", options->file, session.say("書くファイル", "file to write"))->required()->type_name("FILE");
  command->add_flag("--yes", options->yes, session.say("聞かずに書きます", "write without asking"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
