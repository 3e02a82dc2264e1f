#include "agent/commands/offered_file.h"

#include <cstdio>
#include <iostream>

#include "agent/files.h"
#include "platform/invoker.h"

namespace gokajo::agent {

int offer_file(const Session& session, const std::string& text, const std::string& file, bool yes) {
  std::fputs(text.c_str(), stdout);
  std::fprintf(
      stderr,
      session.say("\n上が %s に書く内容のすべてです。どこにも送りません。", "\nThis is all that goes into %s. Nothing is sent anywhere. "),
      file.c_str());
  if (!yes) {
    if (!platform::is_terminal(platform::Stream::in)) {
      std::fputs(session.say("書くには --yes を付けてください。\n", "Add --yes to write it.\n"), stderr);
      return kUsage;
    }
    std::fputs(session.say("書きますか？ [y/N] ", "Write it? [y/N] "), stderr);
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "y" && answer != "Y") return 0;
  } else {
    std::fputs("\n", stderr);
  }
  const auto written = write_whole_file(file, text);
  return written ? 0 : complain(session, file, written.error(), kCannotCreate);
}

}  // namespace gokajo::agent
