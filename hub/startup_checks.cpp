#include "hub/startup_checks.h"

#include <algorithm>
#include <utility>

namespace gokajo::hub {

using compliance::Language;

namespace {

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

std::string joined(const std::vector<std::string>& parts, Language language) {
  std::string all;
  for (const auto& part : parts) all += (all.empty() ? "" : language == Language::ja ? "、" : ", ") + part;
  return all;
}

}  // namespace

bool is_elsewhere(const std::string& address, const platform::OwnNames& own) {
  return !is_loopback(address) && std::find(own.addresses.begin(), own.addresses.end(), address) == own.addresses.end();
}

bool FirstContact::heard(const std::string& address, Time now) {
  if (!tell_ || !is_elsewhere(address, own_)) return false;
  std::exchange(tell_, nullptr)(now);
  return true;
}

std::vector<StartupFinding> startup_findings(const StartupInput& input) {
  std::vector<StartupFinding> findings;
  const auto& own = input.own.addresses;
  const auto port = input.serving.port;
  const auto add = [&](StartupProblem problem) { findings.push_back({problem, {}, own, port}); };
  if (input.sleep == platform::Sleep::when_idle) add(StartupProblem::sleeps_when_idle);
  if (input.sleep == platform::Sleep::desktop) add(StartupProblem::sleeps_with_desktop);
  if (input.sleep == platform::Sleep::lid) add(StartupProblem::sleeps_with_lid);
  // What was printed before, and what was named by hand now.
  std::vector<std::string> gone;
  for (const auto& names : {input.before ? input.before->names : std::vector<std::string>{}, input.serving.names})
    for (const auto& name : names)
      if (platform::is_ip_address(name) && is_elsewhere(name, input.own) && std::find(gone.begin(), gone.end(), name) == gone.end())
        gone.push_back(name);
  // Where one of the printed names still leads here, PCs find the hub by it.
  const bool another_name = input.before && std::any_of(input.before->names.begin(), input.before->names.end(), [&](const auto& name) {
                              return platform::is_ip_address(name) && !is_elsewhere(name, input.own);
                            });
  if (!gone.empty() && !another_name) findings.push_back({StartupProblem::address_gone, gone, own, port});
  if (is_loopback(input.listen)) {
    add(StartupProblem::only_this_machine);
  } else if (input.before && !input.before->reached && input.before->started && input.now - *input.before->started >= kTimeToBeReached) {
    add(StartupProblem::never_reached);
  }
  return findings;
}

std::string startup_sentence(const StartupFinding& finding, Language language) {
  const bool ja = language == Language::ja;
  const auto say = [&](const char* japanese, const char* english) { return std::string(ja ? japanese : english); };
  const auto never_sleep = say("スリープしている間は、PCからの結果を受け取れず、メールも送れません。スリープを「なし」にしてください（",
                               "While it sleeps, no result of a PC is taken and no mail is sent. Please keep it from sleeping (") +
                           platform::stay_awake_command() + say("）。", ").");
  const auto port = std::to_string(finding.port);
  switch (finding.problem) {
    case StartupProblem::sleeps_when_idle:
      return say("このPCは、しばらく使わないとスリープする設定です。", "This machine is set to sleep when nobody uses it. ") + never_sleep;
    case StartupProblem::sleeps_with_desktop:
      return say("このPCにはデスクトップ画面があり、しばらく使わないとスリープすることがあります。",
                 "This machine has a desktop and may go to sleep when nobody uses it. ") +
             never_sleep;
    case StartupProblem::sleeps_with_lid:
      return say("このノートPCは、ふたを閉じるとスリープします。", "This laptop sleeps when its lid is closed. ") + never_sleep;
    case StartupProblem::address_gone:
      return ja ? "PCに伝えてあるアドレス " + joined(finding.gone, language) + " が、今のこのPCにはありません（今は " +
                      joined(finding.now, language) +
                      "）。PCからの結果が届きません。ルーターでこのPCのアドレスを元に固定するか、登録の紙を作り直してください。"
                : "The address " + joined(finding.gone, language) +
                      " that PCs were given is not this machine's any more (now: " + joined(finding.now, language) +
                      "). Results of PCs do not arrive. Please have the router give this machine its old address always, or print new "
                      "enrolment sheets.";
    case StartupProblem::only_this_machine:
      return say(
          "結果を集めるPC（集計サーバー）が、ほかのPCとつながらない設定になっています。ほかのPCの新しい結果は届きません。集計サーバーを用意"
          "した人に伝えてください（設定の名前は --listen です）。",
          "It can be reached from this machine only: results of other PCs do not arrive. Please tell whoever set the hub up (the "
          "setting is called --listen).");
    case StartupProblem::never_reached:
      return ja ? "始めてから1日以上たちますが、ほかのPCからまだ1度もつながっていません。このPCのファイアウォールで " + port +
                      "/tcp を通してください。"
                : "No other PC has ever connected, a day or more after the first start. Please let " + port +
                      "/tcp through this machine's firewall.";
  }
  return {};
}

}  // namespace gokajo::hub
