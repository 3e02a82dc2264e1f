#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/enrol.h"
#include "agent/files.h"
#include "agent/prepared_setup.h"
#include "agent/start_record.h"
#include "agent/summary.h"
#include "platform/bytes.h"
#include "platform/clock.h"
#include "platform/file_lock.h"
#include "platform/managed_settings.h"
#include "platform/own_names.h"
#include "platform/service.h"
#include "platform/service_manager.h"

namespace gokajo::agent {
namespace {

using protocol::ProblemKind;

struct Options : InputOptions {
  std::string hub;
  std::vector<std::string> others;
  std::string setup;
  std::string code_file;
  std::string pin;
  std::string ca;
  std::string proxy;
  std::string label;
};

void say(const Session& session, const char* ja, const char* en) { std::fputs(session.say(ja, en), stdout); }

// What the person can do about it.
const char* advice(const Session& session, const EnrolFailure& failure) {
  if (failure.problem == ProblemKind::refused)
    return session.say("このコードは使えません。打ち間違いがないか、期限（発行した画面）を確かめ、だめなら新しいコードを出してください。\n",
                       "This code cannot be used. See that it was typed right and has not run out; if so, make a new one at the hub.\n");
  if (failure.problem == ProblemKind::number_used || failure.problem == ProblemKind::removed)
    return session.say("このPCは前に登録されたことがあります。集計側の画面で「もう一度登録する」を許してから、やり直してください。\n",
                       "This PC was enrolled before. Allow it to enrol again at the hub, then try once more.\n");
  if (failure.problem) return session.say("少し待ってから、もう一度お試しください。\n", "Wait a little and try again.\n");
  switch (failure.error.kind) {
    case platform::ErrorKind::denied:
      return session.say(
          "相手が正しい集計サーバーだと確かめられませんでした。コードは送っていません。アドレスと、このPCの日付を確かめてください。\n",
          "It could not be made sure that this is the right hub; the code was not sent. Check the address, and this PC's date.\n");
    case platform::ErrorKind::malformed:
      return session.say("答えたのは集計サーバーではないようです。アドレスと、ネットへのログイン画面が出ていないかを確かめてください。\n",
                         "What answered is not a hub. Check the address, and whether the network wants a login first.\n");
    default:
      return session.say("集計サーバーにつながりません。ネットとアドレスを確かめてください（診断: gokajo doctor）。\n",
                         "The hub cannot be reached. Check the network and the address (gokajo doctor).\n");
  }
}

platform::Result<Setup> setup_of(const Options& options) {
  Setup setup;
  if (!options.setup.empty()) {
    std::error_code problem;
    auto file = options.setup;
    if (std::filesystem::is_directory(file, problem)) file += std::string("/") + kSetupFile;
    const auto text = read_whole_file(file, kMaxSetupBytes);
    if (!text) return text.error();
    return read_setup(*text);
  }
  auto hub = read_hub_address(options.hub);
  if (!hub) return hub.error();
  setup.hub = std::move(*hub);
  return setup;
}

platform::Status add_options(const Options& options, Setup& setup) {
  if (!options.pin.empty()) {
    auto pin = read_pin(options.pin);
    if (!pin) return pin.error();
    setup.pin = std::move(*pin);
  }
  if (!options.proxy.empty()) {
    auto proxy = read_proxy(options.proxy);
    if (!proxy) return proxy.error();
    setup.proxy = std::move(*proxy);
  }
  if (!options.ca.empty()) {
    auto authority = read_whole_file(options.ca, kMaxCaBytes);
    if (!authority) return authority.error();
    if (authority->find("-----BEGIN CERTIFICATE-----") == std::string::npos)
      return platform::Error{platform::ErrorKind::malformed, options.ca + ": expected certificates in PEM form"};
    setup.ca = std::move(*authority);
  }
  return platform::Done{};
}

// From the file, the terminal or standard input; never from the arguments, which every user of this PC can see.
platform::Result<std::string> code_for(const Session& session, const Options& options) {
  if (!options.code_file.empty()) {
    const auto text = read_whole_file(options.code_file, 4096);
    return text ? protocol::read_code(*text) : platform::Result<std::string>(text.error());
  }
  if (platform::is_terminal(platform::Stream::in))
    std::fputs(session.say("登録コード（例 K7WM-P2QX）: ", "Enrolment code (like K7WM-P2QX): "), stderr);
  std::string line;
  std::getline(std::cin, line);
  return protocol::read_code(line.substr(0, 256));
}

void tell_enrolled(const Session& session, const Enrolment& enrolled) {
  const auto company = platform::printable_utf8(enrolled.company);
  std::printf(session.say("登録しました: %s\n", "Enrolled: %s\n"), company.c_str());
  if (enrolled.state == protocol::DeviceState::waiting)
    say(session, "担当者が集計側の画面で承認すると、結果が数えられます。\n", "Its results count once somebody approves it at the hub.\n");
  std::printf(session.say("点検の結果は、サービスが1分以内に送り始めます。動いていないときは: %s\n",
                          "The service begins to report within a minute. Where it does not run: %s\n"),
              platform::start_command("gokajo").c_str());
}

// What the administrator orders wins over the command line and the file, and is said where it changes something.
platform::Status follow_policy(const Session& session, Setup& setup) {
  const auto policy = enrol_policy(platform::policy_settings());
  if (!policy) return policy.error();
  auto ordered = under_policy(setup, *policy);
  if (ordered.hub != setup.hub || ordered.pin != setup.pin || ordered.proxy != setup.proxy)
    std::printf(session.say("管理者の決めた設定（ポリシー）に従います: %s\n", "The administrator's policy is followed: %s\n"),
                ordered.hub.c_str());
  setup = std::move(ordered);
  return platform::Done{};
}

int run(Session& session, const Options& options) {
  if (!options.others.empty()) {
    std::fputs(
        session.say("gokajo: コードはここに書かないでください（ほかの利用者に見えます）。聞かれたときに打つか、--code-file で渡します。\n",
                    "gokajo: do not write the code here, where other users can see it. Type it when asked, or use --code-file.\n"),
        stderr);
    return kUsage;
  }
  if (options.hub.empty() == options.setup.empty()) {
    std::fputs(session.say("gokajo: 集計サーバーのアドレスか、--setup のどちらか一つが要ります\n",
                           "gokajo: either the hub's address or --setup is needed\n"),
               stderr);
    return kUsage;
  }
  platform::ignore_broken_pipes();
  auto setup = setup_of(options);
  if (!setup) return complain(session, options.setup, setup.error(), code_of_input(setup.error()));
  if (auto status = add_options(options, *setup); !status) return complain(session, "", status.error(), code_of_input(status.error()));
  if (auto status = follow_policy(session, *setup); !status) return complain(session, "", status.error(), kConfig);
  const auto directory = service_directory(options.state);
  const auto tell = [](const std::string& line) { std::fprintf(stderr, "gokajo: %s\n", platform::printable_utf8(line).c_str()); };
  if (auto status = take_state(directory, platform::system_clock().now().wall, tell); !status)
    return complain(session, directory, status.error(), kNoPermission);
  const auto lock = platform::FileLock::take(directory + "/enrol.lock");
  if (!lock || !*lock)
    return complain(session, directory, lock ? platform::Error{platform::ErrorKind::failed, "enrol.lock"} : lock.error(), kUnavailable);
  if (!setup->code) {
    auto code = code_for(session, options);
    if (!code) return complain(session, options.code_file, code.error(), code_of_input(code.error()));
    setup->code = std::move(*code);
  }
  const auto label = options.label.empty() ? setup->label.value_or("") : options.label;
  const auto http = http_client({setup->hub, setup->pin, setup->ca.value_or(""), setup->proxy});
  Enrolment enrolled;
  const auto failure = enrol(directory, *setup, label, platform::printable_utf8(platform::own_names().host_name), *http,
                             platform::system_clock().now().wall, enrolled);
  protocol::wipe(*setup->code);
  if (!failure) {
    tell_enrolled(session, enrolled);
    return 0;
  }
  complain(session, "", failure->error, 0);
  std::fputs(advice(session, *failure), stderr);
  return failure->problem == ProblemKind::refused ? kNoPermission : kUnavailable;
}

}  // namespace

void add_enroll_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("enroll", session.say("このPCを会社の集計サーバーに登録します", "Enrol this PC with the company's hub"));
  command->add_option("hub", options->hub, session.say("集計サーバーのアドレス（https://…）", "the hub's address (https://…)"))
      ->type_name("HUB");
  command->add_option("others", options->others)->group("");
  command->add_option("--setup", options->setup, session.say("設置キットのファイルかフォルダー", "setup file, or the folder it is in"))
      ->type_name("FILE");
  command->add_option("--code-file", options->code_file, session.say("登録コードを書いたファイル", "file that holds the enrolment code"))
      ->type_name("FILE");
  command->add_option("--label", options->label, session.say("このPCの呼び名", "what this PC is called in the office"))->type_name("NAME");
  command->add_option("--pin", options->pin, session.say("集計サーバーの鍵の指紋（sha256//…）", "fingerprint of the hub's key (sha256//…)"))
      ->type_name("PIN");
  command->add_option("--ca", options->ca, session.say("集計サーバーの証明書を出した認証局", "authority that signed the hub's certificate"))
      ->type_name("FILE");
  command->add_option("--proxy", options->proxy, session.say("経由するプロキシ", "proxy to go through"))->type_name("URL");
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
