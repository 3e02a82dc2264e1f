#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/diagnosis.h"
#include "agent/summary.h"
#include "platform/bytes.h"
#include "platform/clock.h"
#include "platform/service_manager.h"

namespace gokajo::agent {
namespace {

void row(const Session& session, const char* ja, const char* en, const std::string& value) {
  std::printf("%s: %s\n", session.say(ja, en), platform::printable_utf8(value).c_str());
}

std::string day(const Session& session, platform::Time time) {
  return compliance::render_day(time, session.language, compliance::Reader{platform::kJapanOffset, {}});
}

int show(const Session& session, const AgentState& state) {
  row(session, "サービス", "Service",
      state.running.value_or(false) ? session.say("動いています", "running") : session.say("動いていません", "not running"));
  row(session, "最後の点検", "Last scan",
      state.schedule.last_scan ? day(session, state.schedule.last_scan->wall) : session.say("まだありません", "none yet"));
  if (!state.enrolment) {
    row(session, "報告先", "Reports to",
        state.enrolment_problem.empty() ? session.say("なし（登録されていません）", "nobody (not enrolled)") : state.enrolment_problem);
    return state.enrolment_problem.empty() ? 0 : 1;
  }
  row(session, "報告先", "Reports to", state.enrolment->company + " (" + state.enrolment->hub + ")");
  if (state.enrolment->state == protocol::DeviceState::waiting)
    row(session, "承認", "Approval", session.say("登録時は承認待ちでした", "was waiting for approval when enrolled"));
  row(session, "最後に届いた日", "Last arrived",
      state.uplink.last_receipt_at ? day(session, *state.uplink.last_receipt_at) : session.say("まだありません", "never yet"));
  row(session, "ルール集", "Rule pack", state.pack.id + " " + state.pack.version);
  row(session, "集計サーバーのお知らせ", "Briefings of the hub", std::to_string(state.handed_out) + session.say("件", ""));
  row(session, "送信待ち", "Waiting", std::to_string(state.waiting) + session.say("件", ""));
  const bool well = state.uplink.contact == HubContact::well;
  if (!well) row(session, "状態", "State", contact_text(state.uplink.contact).in(session.language));
  if (!well)
    std::printf("%s%s\n", session.say("→ 何をすればよいか: ", "-> what to do: "), platform::as_administrator("gokajo doctor").c_str());
  return well ? 0 : 1;
}

int run(Session& session, const InputOptions& options) {
  const auto directory = service_directory(options.state);
  const auto state = read_agent_state(directory);
  if (state) return show(session, *state);
  // Not this user's to look into; what everybody may know stands in the summary.
  const auto summary = service_summary(directory);
  if (!summary) return complain(session, directory, state.error(), kNoPermission);
  row(session, "最後の点検", "Last scan", day(session, summary->scanned_at));
  row(session, "報告先", "Reports to", summary->company.value_or(session.say("なし", "nobody")));
  if (summary->not_arriving)
    std::puts(session.say("報告先に届いていません（7日以上）。担当者にお知らせください。",
                          "Reports have not arrived for more than 7 days. Tell the person in charge."));
  return summary->not_arriving ? 1 : 0;
}

}  // namespace

void add_status_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<InputOptions>();
  auto* command =
      app.add_subcommand("status", session.say("サービスと報告の様子を表示します", "Show how the service and its reports are doing"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
