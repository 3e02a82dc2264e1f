#include "hub/commands/command.h"

#include <cstdio>

#include "compliance/language.h"
#include "hub/erasing.h"
#include "hub/evidence/make_pack.h"
#include "platform/bytes.h"
#include "platform/event_log.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;

namespace {

std::pair<const char*, int> what_happened(const Session& session, ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found:
      return {session.say("見つかりません", "not found"), kNoInput};
    case ErrorKind::denied:
      return {session.say("許されていません", "not permitted"), kNoPermission};
    case ErrorKind::timed_out:
      return {session.say("ほかのプログラムが書き込み中です。もう一度お試しください", "another program is writing; please try again"),
              kTryLater};
    case ErrorKind::too_large:
      return {session.say("大きすぎます", "too large"), kDataError};
    case ErrorKind::unsupported:
      return {session.say("このgokajo-hubでは使えません", "not supported by this gokajo-hub"), kConfig};
    case ErrorKind::malformed:
      return {session.say("形式が違います", "not of the expected form"), kDataError};
    case ErrorKind::failed:
    case ErrorKind::not_asked:
      break;
  }
  return {session.say("うまくいきませんでした", "failed"), kUnavailable};
}

}  // namespace

void add_common_options(CLI::App& command, Session& session) {
  command
      .add_option_function<std::string>(
          "--lang", [&session](const std::string& name) { session.language = compliance::language_named(name).value_or(session.language); },
          session.say("表示の言葉 (ja, en)", "language of the output (ja, en)"))
      ->check(CLI::IsMember({"ja", "en"}))
      ->type_name("LANG")
      ->trigger_on_parse();
  command.add_option("--state", session.state, session.say("データを置くフォルダー", "directory of the hub's data"))->type_name("DIR");
}

int complain(const Session& session, const Error& error) {
  const auto [what, code] = what_happened(session, error.kind);
  std::fprintf(stderr, "gokajo-hub: %s: %s\n", what, platform::printable_utf8(error.detail).c_str());
  platform::log_event(platform::Event::note, {std::string(what) + ": " + error.detail});
  return code;
}

int misuse(const Session&, const std::string& sentence) {
  std::fprintf(stderr, "gokajo-hub: %s\n", platform::printable_utf8(sentence).c_str());
  return kUsage;
}

int change(const Session& session, const std::function<platform::Result<int>(HubState&)>& work) {
  auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  if (auto begun = state->store->begin(); !begun) return complain(session, begun.error());
  const auto code = work(*state);
  if (!code || *code != 0) {
    state->store->rollback();
    return code ? *code : complain(session, code.error());
  }
  if (auto committed = state->store->commit(); !committed) return complain(session, committed.error());
  return 0;
}

int change_and_overwrite(const Session& session, const std::function<platform::Result<int>(HubState&)>& work) {
  if (const int code = change(session, work); code != 0) return code;
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  if (auto swept = sweep_pack_files(state->directory, *state->store, session.now); !swept) return complain(session, swept.error());
  const auto finished = finish_erasing(*state->store);
  return finished ? 0 : complain(session, finished.error());
}

void print(const std::string& line) { std::printf("%s\n", platform::printable_utf8(line).c_str()); }

}  // namespace gokajo::hub
