#include "hub/commands/link.h"
#include "hub/mail/html.h"
#include "hub/mail/kept_settings.h"
#include "hub/mail/weekly_from_store.h"
#include "hub/open_store.h"
#include "hub/post_office.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

constexpr std::size_t kShown = 20;

struct Options {
  std::string address;
  std::string company;
};

// A password or token for one test, and what the server said.
int test(const Session& session, const Options& options) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto mail = mail_in_force(state->directory, *state->store, state->pepper);
  if (!mail) return complain(session, mail.error());
  if (!mail->settings)
    return misuse(
        session,
        session.say("メールサーバーが設定されていません。「メールの設定」のページか、hub.toml の [mail] に書いてください（今は outbox "
                    "フォルダーにためています）。",
                    "No mail server is set. Set one on the page “Mail”, or in [mail] of hub.toml (mails wait in the folder outbox now)."));
  if (!is_mail_address(options.address)) return misuse(session, options.address);
  const auto body = test_message(*mail->settings, options.address, session.language, session.now);
  if (!body) return complain(session, body.error());
  const auto failure = send_test_mail(*mail->settings, options.address, *body, session.now);
  if (!failure) {
    print(options.address + session.say(" あてに送りました。届いているか確かめてください。", ": sent. Please see whether it arrived."));
    return 0;
  }
  const auto text = explanation(*failure);
  print(session.ja() ? text.ja : text.en);
  print(std::string(session.say("詳しい内容: ", "Details: ")) + failure->detail);
  return kUnavailable;
}

int send(const Session& session) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto mail = mail_in_force(state->directory, *state->store, state->pepper);
  if (!mail) return complain(session, mail.error());
  const auto* settings = &mail->settings;
  auto queue = open_mail_queue(state->database());
  if (!queue) return complain(session, queue.error());
  const auto url = find_public_url(state->directory);
  if (!url) return complain(session, url.error());
  PublicLink link(*url, [&](const std::optional<LinkFailure>& failure) { tell_of_link(session, *url, failure); });
  auto postmaster = postmaster_settings(*settings);
  postmaster.library = state->library.get();
  postmaster.link = [&link](Time now) { return link.at(now); };
  Sender sender(**queue, *settings, state->directory + "/outbox");
  const auto round = post_once(*state->store, **queue, sender, postmaster, session.now, std::nullopt);
  if (!round) return complain(session, round.error());
  print(session.say("送ったメール: ", "sent: ") + std::to_string(round->sent.sent) +
        session.say("、outbox に置いたメール: ", ", put into outbox: ") + std::to_string(round->sent.put_aside) +
        session.say("、送れなかったメール: ", ", failed: ") + std::to_string(round->sent.failed));
  if (!round->sent.last) return 0;
  const auto text = explanation(*round->sent.last);
  print(session.ja() ? text.ja : text.en);
  print(std::string(session.say("詳しい内容: ", "Details: ")) + round->sent.last->detail);
  return kUnavailable;
}

// The week's mail as it would be sent now.
int show(const Session& session, const Options& options) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  auto week = weekly_from(*state->store, {options.company, session.now, session.now - platform::Days{7}, state->library.get()});
  if (!week) return complain(session, week.error());
  const auto url = find_public_url(state->directory);
  if (!url) return complain(session, url.error());
  week->link = PublicLink(*url, [&](const std::optional<LinkFailure>& failure) {
                 if (failure) tell_of_link(session, *url, failure);
               }).at(session.now);
  const auto mail = weekly_text(*week, session.language);
  print(session.say("件名: ", "Subject: ") + mail.subject);
  print("");
  std::fputs(platform::printable_utf8(mail.text).c_str(), stdout);
  return 0;
}

int list(const Session& session) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto companies = state->store->companies();
  if (!companies) return complain(session, companies.error());
  auto queue = open_mail_queue(state->database());
  if (!queue) return complain(session, queue.error());
  for (const auto& company : *companies) {
    const auto mails = (*queue)->newest(company.id, kShown);
    if (!mails) return complain(session, mails.error());
    for (const auto& mail : *mails) {
      const char* state_name = mail.state == MailState::sent       ? session.say("済み", "sent")
                               : mail.state == MailState::given_up ? session.say("送れず", "given up")
                                                                   : session.say("待ち", "waiting");
      print(platform::format_time(mail.created) + "  " + company.id + "  " + mail.kind.substr(0, mail.kind.find(' ')) + "  " +
            mail.recipient + "  " + state_name);
    }
  }
  return 0;
}

}  // namespace

void add_mail_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("mail", session.say("社長へのメールを確かめ、送ります", "Test and send the mails to owners"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  auto* testing = command->add_subcommand(
      "test", session.say("確認のメールを1通送り、うまくいかない理由を説明します", "Send one test mail and explain what does not work"));
  add_common_options(*testing, session);
  testing->add_option("ADDRESS", options->address, session.say("宛先", "recipient"))->required();
  testing->callback([options, &session] { session.exit_code = test(session, *options); });
  auto* sending = command->add_subcommand("send", session.say("送る時刻になったメールを今送ります", "Send what is due now"));
  add_common_options(*sending, session);
  sending->callback([&session] { session.exit_code = send(session); });
  auto* showing =
      command->add_subcommand("show", session.say("いま送るとしたらのメールを表示します", "Show the weekly mail as it would be now"));
  add_common_options(*showing, session);
  showing->add_option("COMPANY", options->company, session.say("会社のID", "id of the company"))->required();
  showing->callback([options, &session] { session.exit_code = show(session, *options); });
  auto* listing = command->add_subcommand("list", session.say("最近のメールを一覧にします", "List recent mails"));
  add_common_options(*listing, session);
  listing->callback([&session] { session.exit_code = list(session); });
}

}  // namespace gokajo::hub
