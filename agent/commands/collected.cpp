#include <cstdio>
#include <memory>

#include "agent/collected_page.h"
#include "agent/commands/command.h"

namespace gokajo::agent {

void add_collected_command(CLI::App& app, Session& session) {
  auto format = std::make_shared<std::string>("text");
  auto* command = app.add_subcommand("collected", session.say("何を集め、何のために使い、いつまで残すかを表示します",
                                                              "Show what is collected, what for and how long it is kept"));
  command->add_option("--format", *format, session.say("一覧の形 (text, markdown)", "form of the list (text, markdown)"))
      ->check(CLI::IsMember({"text", "markdown"}))
      ->type_name("FORM");
  add_language_option(*command, session);
  command->callback([format, &session] {
    std::fputs((*format == "markdown" ? collected_markdown() : collected_text(session.language, 80)).c_str(), stdout);
    session.exit_code = 0;
  });
}

}  // namespace gokajo::agent
