#include "platform/service_command.h"

#include <cstdio>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>

#include "platform/exit_codes.h"

namespace gokajo::platform {
namespace {

struct Speaker {
  bool in_japanese = true;
  const char* operator()(const char* japanese, const char* english) const { return in_japanese ? japanese : english; }
};

int outcome(Speaker say, const std::string& name, const Status& done, const char* japanese, const char* english) {
  if (done) {
    std::fputs(say(japanese, english), stdout);
    return 0;
  }
  const auto& problem = done.error();
  const char* what = problem.kind == ErrorKind::denied
                         ? say("管理者として実行してください（「管理者として実行」で開いたターミナルで）", "run this as an administrator")
                     : problem.kind == ErrorKind::unsupported
                         ? say("このシステムでは、パッケージがサービスを用意します", "on this system the package brings the service")
                         : say("サービスを変えられません", "the service cannot be changed");
  std::fprintf(stderr, "%s: %s: %s\n", name.c_str(), what, problem.detail.c_str());
  return problem.kind == ErrorKind::denied ? kNoPermission : kUnavailable;
}

}  // namespace

void add_service_command(CLI::App& app, bool in_japanese, const ServiceDescription& service, std::function<void(int)> ended) {
  const Speaker say{in_japanese};
  auto* command = app.add_subcommand(
      "service", say("Windowsのサービスとして登録する・外す（Windowsだけ）", "Install or remove the service of Windows (Windows only)"));
  command->require_subcommand(1);
  const auto start = std::make_shared<bool>(false);
  auto* install = command->add_subcommand("install", say("サービスを登録します（パソコンの起動のあとに、自動で始まります）",
                                                         "install the service; it starts by itself after the PC"));
  install->add_flag("--start", *start, say("登録して、すぐに始めます", "install, and start now"));
  install->callback([=] {
    auto done = install_service(service);
    if (done && *start) done = start_service(service.name);
    ended(outcome(say, service.name, done, "サービスを登録しました。\n", "The service is installed.\n"));
  });
  auto* uninstall = command->add_subcommand("uninstall", say("サービスを止めて、登録を外します", "stop and remove the service"));
  uninstall->callback([=] {
    ended(outcome(say, service.name, remove_service(service.name), "サービスの登録を外しました。\n", "The service is removed.\n"));
  });
  // What the service manager starts with these words never comes here (program.h).
  auto* run = command->add_subcommand("run", say("Windowsがサービスを始めるときに使います", "what Windows starts the service with"));
  run->callback([=] {
    std::fprintf(stderr, "%s: %s\n", service.name.c_str(),
                 say("Windowsのサービスとしてだけ始まります", "starts as a service of Windows only"));
    ended(kUsage);
  });
}

}  // namespace gokajo::platform
