#include <cstdio>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/own_page.h"
#include "agent/summary.h"
#include "platform/open_for_person.h"
#include "platform/tell_person.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  bool place = false;
};

// To the terminal, and where a click in the start menu started this, to the person.
void tell(const char* text) {
  std::fprintf(stderr, "gokajo: %s\n", text);
  (void)platform::tell_in_window(text);
}

int run(Session& session, const Options& options) {
  // Nothing is opened that somebody else laid there.
  const auto page = published_page(service_directory(options.state), session.language);
  if (!page && page.error().kind == platform::ErrorKind::not_found) {
    tell(session.say("このパソコンのページは、まだありません（サービスの最初の点検の後にできます）",
                     "there is no page of this PC yet (the service makes it after its first scan)"));
    return kNoInput;
  }
  if (!page) {
    (void)platform::tell_in_window(session.say("このパソコンのページを開けません。担当者にお知らせください。",
                                               "The page of this PC cannot be opened. Tell the person in charge."));
    return complain(session, "", page.error(), code_of_input(page.error()));
  }
  std::puts(page->c_str());
  if (options.place) return 0;
  const auto opened = platform::open_for_person(*page);
  if (opened) return 0;
  if (opened.error().kind == platform::ErrorKind::denied)
    tell(session.say("管理者の権限ではブラウザーを開きません。ふだんのユーザーで gokajo open を実行してください。",
                     "no browser is opened with an administrator's rights. Run gokajo open as your usual self."));
  else
    tell(session.say("ここではブラウザーを開けません。上のファイルをブラウザーで開いてください。",
                     "no browser can be opened here. Open the file above in a browser."));
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
