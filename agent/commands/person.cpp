#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/own_page.h"
#include "agent/person_helper.h"
#include "agent/person_starter.h"
#include "agent/summary.h"
#include "platform/open_for_person.h"
#include "platform/person_channel.h"
#include "platform/person_desktop.h"
#include "platform/places.h"
#include "platform/service.h"

namespace gokajo::agent {
namespace {

platform::Result<std::string> ask(std::string_view message) {
  return platform::ask_over_channel(platform::kPersonChannelName, {}, message);
}

// As `gokajo open` does it: nothing is opened that somebody else laid there.
void open_page(const std::string& directory, compliance::Language language) {
  if (const auto page = published_page(directory, language)) (void)platform::open_for_person(*page);
}

int run(const Session& session, const std::string& named) {
  platform::leave_own_console();
  auto desktop = platform::open_person_desktop();
  if (!desktop) return complain(session, "", desktop.error(), kUnavailable);
  if (!*desktop) return 0;  // another one sees to this person
  const auto directory = service_directory(named);
  const auto language = session.language;
  auto& screen = **desktop;
  PersonHelper helper({.directory = platform::personal_state_directory(platform::current_invoker()),
                       .clock = platform::system_clock(),
                       .language = language,
                       .offset_minutes = platform::kJapanOffset,
                       .ask = &ask,
                       .scanned_at = [directory]() -> std::optional<platform::Time> {
                         const auto summary = service_summary(directory);
                         return summary ? std::optional(summary->scanned_at) : std::nullopt;
                       },
                       .may_be_disturbed = [&screen] { return screen.may_be_disturbed(); },
                       .show =
                           [&screen, directory, language](const NoticeText& notice) {
                             return screen.show(notice.heading, notice.text, [directory, language] { open_page(directory, language); });
                           }});
  do {
    helper.look();
    platform::give_back_memory();
  } while (screen.wait(kHelperAsksEvery));
  return 0;
}

int recheck(const Session& session) {
  const auto answered = ask(write_person_message({.wish = PersonWish::scan}));
  if (!answered) return complain(session, session.say("サービス", "service"), answered.error(), kUnavailable);
  const auto answer = read_person_answer(*answered);
  if (!answer) return complain(session, session.say("サービス", "service"), answer.error(), kDataError);
  if (answer->taken != Taken::yes) {
    std::fputs(session.say("gokajo: 続けて頼まれたため、受け取りませんでした。10分後にもう一度お試しください。\n",
                           "gokajo: asked too often, and not taken. Try again in 10 minutes.\n"),
               stderr);
    return kTryLater;
  }
  std::fputs(session.say("調べ直すよう、サービスに伝えました。10分以内に始まります。\n",
                         "The service was told to check again. It begins within 10 minutes.\n"),
             stdout);
  return 0;
}

}  // namespace

void add_person_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand(
      "person", session.say("このパソコンを使う人のためのものです（Windowsだけ）", "For the person who uses this PC (Windows only)"));
  command->require_subcommand(1);
  const auto directory = std::make_shared<std::string>();
  auto* running = command->add_subcommand("run", session.say("お知らせを出すために待ちます（サインインのときに自動で始まります）",
                                                             "wait for what there is to tell (starts at sign-in)"));
  add_language_option(*running, session);
  running->add_option("--state", *directory, session.say("サービスのフォルダー", "directory of the service"))->type_name("DIR");
  running->callback([directory, &session] { session.exit_code = run(session, *directory); });
  auto* checking = command->add_subcommand(
      "recheck", session.say("直した後に、調べ直すようサービスに頼みます", "ask the service to check again, after a fix"));
  add_language_option(*checking, session);
  checking->callback([&session] { session.exit_code = recheck(session); });
}

}  // namespace gokajo::agent
