#include "platform/service_command.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>

#include "platform/exit_codes.h"
#include "platform/invoker.h"

namespace gokajo::platform {
namespace {

struct Speaker {
  bool in_japanese = true;
  const char* operator()(const char* japanese, const char* english) const { return in_japanese ? japanese : english; }
};

// Only what is a folder of our own: a link that somebody put in its place is not followed.
Status remove_state(const std::string& folder) {
  std::error_code problem;
  if (!std::filesystem::exists(std::filesystem::symlink_status(std::filesystem::u8path(folder), problem))) return Done{};
  if (auto own = own_private_directory(folder); !own) return own;
  std::filesystem::remove_all(std::filesystem::u8path(folder), problem);
  return problem ? Status(Error{ErrorKind::failed, folder + ": " + std::to_string(problem.value())}) : Status(Done{});
}

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

CLI::App* add_service_command(CLI::App& app, bool in_japanese, const ServiceDescription& service, const std::string& state,
                              std::function<void(int)> ended) {
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
  const auto purge = std::make_shared<bool>(false);
  uninstall->add_flag("--purge", *purge, say("残した記録と鍵も、すべて消します", "and remove all it kept: records, and its key"));
  uninstall->callback([=] {
    auto done = remove_service(service.name);
    if (done && *purge) done = remove_state(state);
    ended(outcome(say, service.name, done, "サービスの登録を外しました。\n", "The service is removed.\n"));
  });
  auto* wait = command->add_subcommand("wait", say("止めたサービスのプログラムが終わるのを待ちます（インストーラーが使います）",
                                                   "wait for the program of a stopped service to end (for the installer)"));
  wait->callback([=] { ended(outcome(say, service.name, wait_for_others_to_end(), "", "")); });
  // What the service manager starts with these words never comes here (program.h).
  auto* run = command->add_subcommand("run", say("Windowsがサービスを始めるときに使います", "what Windows starts the service with"));
  run->callback([=] {
    std::fprintf(stderr, "%s: %s\n", service.name.c_str(),
                 say("Windowsのサービスとしてだけ始まります", "starts as a service of Windows only"));
    ended(kUsage);
  });
  return command;
}

}  // namespace gokajo::platform
