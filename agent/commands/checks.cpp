#include <cstdio>
#include <memory>

#include "agent/check_pages.h"
#include "agent/commands/inputs.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  std::string format = "text";
};

int run(Session& session, const Options& options) {
  if (options.format == "markdown") {
    std::fputs(checks_markdown().c_str(), stdout);
    return 0;
  }
  const auto pack = load_pack(session, options.pack);
  if (!pack) return session.exit_code;
  std::fputs(list_checks(*pack, session.language, 80).c_str(), stdout);
  return 0;
}

}  // namespace

void add_checks_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("checks", session.say("調べる項目を並べます", "List the checks"));
  command->add_option("--format", options->format, session.say("一覧の形 (text, markdown)", "form of the list (text, markdown)"))
      ->check(CLI::IsMember({"text", "markdown"}))
      ->type_name("FORM");
  command->add_option("--pack", options->pack, session.say("規則の組の名前かファイル", "rule pack, by name or file"))->type_name("PACK");
  add_language_option(*command, session);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
