/// \file
/// What several commands begin with: the rule pack, the policy, the state directory and the PC or its snapshot, as named on the command
/// line.
#pragma once

#include <memory>
#include <optional>

#include "agent/commands/command.h"
#include "agent/scan.h"
#include "agent/state.h"
#include "platform/host.h"

namespace gokajo::agent {

struct InputOptions {
  std::string from;
  std::string pack = "5kajo";
  std::string policy;
  std::string state;
  bool no_memory = false;
};

/// `host` is the running PC, or the snapshot with its own clock, memory and declarations.
struct Inputs {
  ScanInput scan;
  State state;
  std::unique_ptr<platform::Host> host;
  platform::Time now{};
  bool native = true;
};

void add_pack_options(CLI::App& command, const Session& session, InputOptions& options);
void add_state_option(CLI::App& command, const Session& session, InputOptions& options);

/// The pack of that id, or of that file where the name holds a "/" or ends with ".json". On failure complains, sets the exit code and gives
/// nothing; so do those below.
std::optional<compliance::Pack> load_pack(Session& session, const std::string& name);
std::optional<State> open_state(Session& session, const InputOptions& options);
std::optional<Inputs> load_inputs(Session& session, const InputOptions& options);

/// Says once, on standard error, what of the state could not be read or kept.
void tell_damage(const Session& session, const State& state);

platform::Time current_time();

}  // namespace gokajo::agent
