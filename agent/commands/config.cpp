#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/effective_settings.h"
#include "agent/prepared_setup.h"
#include "agent/summary.h"
#include "platform/bytes.h"
#include "platform/own_file.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  bool origin = false;
};

const char* origin_text(const Session& session, SettingOrigin origin) {
  switch (origin) {
    case SettingOrigin::policy:
      return session.say("管理者の決めた設定（ポリシー）", "policy");
    case SettingOrigin::option:
      return session.say("コマンドの指定", "option");
    case SettingOrigin::environment:
      return session.say("環境変数", "environment");
    case SettingOrigin::enrolment:
      return session.say("登録したときの指定", "enrolment");
    case SettingOrigin::prepared:
      return session.say("これから行う登録の準備", "prepared enrolment");
    case SettingOrigin::standard:
      break;
  }
  return session.say("初期値", "default");
}

int show(Session& session, const Options& options) {
  SettingSources sources;
  sources.policy = platform::policy_settings();
  sources.named = options.state;
  sources.directory = service_directory(options.state);
  const auto enrolment = read_enrolment(sources.directory);
  if (enrolment) sources.enrolment = &*enrolment;
  if (!enrolment && enrolment.error().kind == platform::ErrorKind::denied)
    return complain(session, sources.directory, enrolment.error(), kNoPermission);
  const auto text = platform::read_secret_file(sources.directory + "/" + kSetupFile, kMaxSetupBytes);
  auto prepared = text ? read_setup(*text) : platform::Result<Setup>(text.error());
  if (prepared) sources.prepared = &*prepared;
  for (const auto& one : effective_settings(sources)) {
    const auto value = one.value.empty() ? std::string(session.say("（なし）", "(none)")) : platform::printable_utf8(one.value);
    std::printf("%s = %s", one.name.c_str(), value.c_str());
    if (options.origin)
      std::printf("  # %s%s%s", origin_text(session, one.origin), one.place.empty() ? "" : ": ",
                  platform::printable_utf8(one.place).c_str());
    std::puts("");
  }
  if (prepared && prepared->code) protocol::wipe(*prepared->code);
  return 0;
}

}  // namespace

void add_config_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("config", session.say("このPCのGokajoが従う設定", "The settings that Gokajo on this PC goes by"));
  command->require_subcommand(1);
  auto* showing = command->add_subcommand("show", session.say("今効いている設定を表示します", "print the settings in force"));
  showing->add_flag("--origin", options->origin, session.say("どこで決まったかも表示します", "and where each comes from"));
  add_language_option(*showing, session);
  add_state_option(*showing, session, *options);
  showing->callback([options, &session] { session.exit_code = show(session, *options); });
}

}  // namespace gokajo::agent
