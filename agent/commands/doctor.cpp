#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/diagnosis.h"
#include "agent/hub_request.h"
#include "agent/summary.h"
#include "compliance/layout.h"
#include "platform/bytes.h"
#include "platform/service.h"

namespace gokajo::agent {

using compliance::columns_of, compliance::wrapped;
namespace {

constexpr int kColumns = 80;

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

int run(Session& session, const InputOptions& options) {
  platform::ignore_broken_pipes();
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
  auto options = std::make_shared<InputOptions>();
  auto* command = app.add_subcommand(
      "doctor", session.say("報告がうまくいかない理由と、直し方を調べます", "Find what keeps reports from arriving, and what to do"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
