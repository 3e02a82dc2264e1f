#include "agent/commands/inputs.h"

#include <cstdio>

#include "agent/files.h"
#include "agent/handed_out.h"
#include "agent/summary.h"
#include "platform/native_host.h"
#include "platform/snapshot.h"

namespace gokajo::agent {

using compliance::Pack;
using platform::Error;

namespace {

template <class T>
std::optional<T> give_up(Session& session, const std::string& file, const Error& error, int code) {
  session.exit_code = complain(session, file, error, code);
  return std::nullopt;
}

bool names_file(const std::string& pack) { return pack.find('/') != std::string::npos || pack.ends_with(".json"); }

platform::Result<Pack> pack_of_file(const std::string& file) {
  auto text = read_whole_file(file, compliance::kMaxPackBytes);
  if (!text) return text.error();
  auto pack = compliance::read_pack(*text);
  return pack ? compliance::extended(std::move(*pack)) : pack;
}

bool load_policy(Session& session, const std::string& file, ScanInput& input) {
  if (file.empty()) return true;
  const auto text = read_whole_file(file, compliance::kMaxPackBytes);
  auto policy = text ? compliance::read_policy(*text) : platform::Result<compliance::Policy>(text.error());
  if (!policy) {
    session.exit_code = complain(session, file, policy.error(), code_of_input(policy.error()));
    return false;
  }
  input.policy = std::move(*policy);
  return true;
}

platform::Status load_snapshot(const std::string& file, Inputs& inputs) {
  auto text = read_whole_file(file, platform::kMaxSnapshotBytes);
  if (!text) return text.error();
  auto snapshot = platform::read_snapshot(*text);
  if (!snapshot) return snapshot.error();
  if (!snapshot->memory.is_null()) {
    auto memory = compliance::read_memory(snapshot->memory);
    if (!memory) return memory.error();
    inputs.scan.memory = std::move(*memory);
  }
  if (!snapshot->declarations.is_null())
    if (auto status = platform::read_form(snapshot->declarations, inputs.scan.declarations, platform::Place{"declarations"}); !status)
      return status;
  inputs.now = snapshot->recorded_at;
  inputs.native = false;
  inputs.host = std::make_unique<platform::SnapshotHost>(std::move(*snapshot));
  return platform::Done{};
}

}  // namespace

void add_pack_options(CLI::App& command, const Session& session, InputOptions& options) {
  command
      .add_option("--pack", options.pack,
                  session.say("規則の組の名前かファイル (5kajo, 6kajo, scs3)", "rule pack, by name or file (5kajo, 6kajo, scs3)"))
      ->type_name("PACK");
  command.add_option("--policy", options.policy, session.say("会社の決まりのファイル", "the company's policy file"))->type_name("FILE");
}

void add_state_option(CLI::App& command, const Session& session, InputOptions& options) {
  command.add_option("--state", options.state, session.say("前の結果を残すフォルダー", "directory for what earlier scans knew"))
      ->type_name("DIR");
}

std::optional<Pack> load_pack(Session& session, const std::string& name) {
  const bool file = names_file(name);
  auto pack = file ? pack_of_file(name) : compliance::built_in_pack(name);
  if (pack) return std::move(*pack);
  return give_up<Pack>(session, file ? name : "--pack", pack.error(), file ? code_of_input(pack.error()) : kUsage);
}

std::optional<State> open_state(Session& session, const InputOptions& options) {
  if (options.no_memory) return State::none();
  const auto who = platform::current_invoker();
  const auto directory = state_directory(options.state, who);
  auto state = State::open(directory, who.elevated);
  if (state) return std::move(*state);
  return give_up<State>(session, directory, state.error(), kConfig);
}

std::optional<Inputs> load_inputs(Session& session, const InputOptions& options) {
  Inputs inputs;
  auto pack = load_pack(session, options.pack);
  if (!pack) return std::nullopt;
  inputs.scan.pack = std::move(*pack);
  // As the service would judge this PC; a snapshot is judged alike everywhere.
  if (options.from.empty() && !names_file(options.pack))
    if (auto latest = pack_in_force(service_directory(options.state), options.pack)) inputs.scan.pack = std::move(*latest);
  if (!load_policy(session, options.policy, inputs.scan)) return std::nullopt;
  if (!options.from.empty()) {
    if (auto status = load_snapshot(options.from, inputs); !status)
      return give_up<Inputs>(session, options.from, status.error(), code_of_input(status.error()));
    return inputs;
  }
  auto state = open_state(session, options);
  if (!state) return std::nullopt;
  inputs.state = std::move(*state);
  inputs.scan.memory = inputs.state.read_memory();
  inputs.scan.declarations = inputs.state.read_declarations();
  inputs.now = current_time();
  inputs.scan.handed_out = service_directory(options.state);
  inputs.scan.told = told_readings(inputs.scan.handed_out);
  inputs.host = platform::native_host();
  return inputs;
}

void tell_damage(const Session& session, const State& state) {
  for (const auto& damage : state.damaged()) {
    const std::string kept = damage.kept_as.empty() ? session.say("そのまま残します", "left as it is") : damage.kept_as;
    std::fprintf(stderr,
                 session.say("gokajo: %s が壊れていたため、使わずに取り置きました: %s (%s)\n",
                             "gokajo: %s was damaged and is set aside unused: %s (%s)\n"),
                 damage.file.c_str(), kept.c_str(), platform::printable_utf8(damage.problem).c_str());
  }
}

platform::Time current_time() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace gokajo::agent
