#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/own_page.h"
#include "agent/summary.h"
#include "platform/open_for_person.h"
#include "platform/own_file.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  bool place = false;
};

constexpr std::size_t kMaxPage = 4U << 20U;

int run(Session& session, const Options& options) {
  const auto file = own_page_file(service_directory(options.state), session.language);
  // Looked at as any file of the service: nothing is opened that somebody else laid there.
  const auto page = platform::read_own_file(file, kMaxPage);
  if (!page && page.error().kind == platform::ErrorKind::not_found) {
    std::fputs(session.say("gokajo: このパソコンのページは、まだありません（サービスの最初の点検の後にできます）\n",
                           "gokajo: there is no page of this PC yet (the service makes it after its first scan)\n"),
               stderr);
    return kNoInput;
  }
  if (!page) return complain(session, file, page.error(), code_of_input(page.error()));
  std::puts(file.c_str());
  if (options.place) return 0;
  const auto opened = platform::open_for_person(file);
  if (opened) return 0;
  if (opened.error().kind == platform::ErrorKind::denied)
    std::fputs(session.say("gokajo: 管理者の権限ではブラウザーを開きません。ふだんのユーザーで gokajo open を実行してください。\n",
                           "gokajo: no browser is opened with an administrator's rights. Run gokajo open as your usual self.\n"),
               stderr);
  else
    std::fputs(session.say("gokajo: ここではブラウザーを開けません。上のファイルをブラウザーで開いてください。\n",
                           "gokajo: no browser can be opened here. Open the file above in a browser.\n"),
               stderr);
  return kUnavailable;
}

}  // namespace

void add_open_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("open", session.say("ページ「このパソコン」をブラウザーで開きます", "Open the page \"This PC\" in the browser"));
  command->add_flag("--place", options->place, session.say("開かずに、ファイルの場所だけを表示します", "only print where the file is"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
