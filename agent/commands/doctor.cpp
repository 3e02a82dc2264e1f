#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/commands/offered_file.h"
#include "agent/diagnosis.h"
#include "agent/hub_request.h"
#include "agent/summary.h"
#include "agent/windows_proof.h"
#include "compliance/layout.h"
#include "platform/bytes.h"
#include "platform/service.h"

namespace gokajo::agent {

using compliance::columns_of, compliance::wrapped;
namespace {

constexpr int kColumns = 80;

struct Options : InputOptions {
  std::string proof;
  bool yes = false;
};

// Holds nothing of this PC but its name at the hub.
std::optional<platform::Result<HttpReply>> ask_hub(const std::string& directory, const AgentState& state) {
  if (!state.enrolment) return std::nullopt;
  const auto key = device_key(directory);
  const auto hub = connection_of(directory, *state.enrolment);
  if (!key) return std::nullopt;  // told by itself
  if (!hub) return platform::Result<HttpReply>(hub.error());
  auto request = hub_request(*key, {state.enrolment->epoch, 0}, "GET", "/v1/settings", "");
  if (!request) return platform::Result<HttpReply>(request.error());
  request->max_reply = protocol::kMaxSettingsBytes;
  return http_client(*hub)->send(*request);
}

void print(const std::string& head, const std::string& text) {
  bool first = true;
  for (const auto& line : wrapped(platform::printable_utf8(text), kColumns - columns_of(head))) {
    std::printf("%s%s\n", first ? head.c_str() : std::string(static_cast<std::size_t>(columns_of(head)), ' ').c_str(), line.c_str());
    first = false;
  }
}

// A scan of its own, which leaves no trace.
int prove(Session& session, Options options) {
  options.pack = "6kajo";  // asks the most
  options.no_memory = true;
  auto inputs = load_inputs(session, options);
  if (!inputs) return session.exit_code;
  const platform::RecordingHost recorder(*inputs->host);
  const auto result = scan(recorder, inputs->scan, inputs->now);
  if (!result) return complain(session, "", result.error(), kInternal);
  if (!result->evidence.device.system || result->evidence.device.system->family != compliance::OsFamily::windows) {
    std::fputs(session.say("gokajo: --windows-proof は Windows の PC で使います\n", "gokajo: --windows-proof is for PCs with Windows\n"),
               stderr);
    return kUnavailable;
  }
  const auto text = windows_proof({inputs->now, recorder.answers(), nullptr, nullptr}, *result, GOKAJO_VERSION);
  return offer_file(session, text, options.proof, options.yes);
}

int run(Session& session, const Options& options) {
  platform::ignore_broken_pipes();
  if (!options.proof.empty()) return prove(session, options);
  const auto directory = service_directory(options.state);
  const auto state = read_agent_state(directory);
  if (!state) return complain(session, directory, state.error(), kNoPermission);
  bool all_good = true;
  for (const auto& one : diagnose(*state, ask_hub(directory, *state), platform::system_clock().now())) {
    all_good = all_good && one.good;
    print(one.good ? session.say("[良] ", "[ok] ") : session.say("[要] ", "[to do] "), one.what.in(session.language));
    if (!one.good) print("   → ", one.advice.in(session.language));
  }
  return all_good ? 0 : 1;
}

}  // namespace

void add_doctor_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "doctor", session.say("報告がうまくいかない理由と、直し方を調べます", "Find what keeps reports from arriving, and what to do"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command
      ->add_option("--windows-proof", options->proof,
                   session.say("Windows で確かめたい 12 項目の資料を書きます（名前は入れず、中身を先に表示します）",
                               "write what is to be proven on a real Windows, 12 items (without names; shown first)"))
      ->type_name("FILE");
  command->add_flag("--yes", options->yes, session.say("聞かずに書きます", "write without asking"));
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
