#include "agent/scan.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "agent/commands/inputs.h"
#include "agent/files.h"
#include "agent/progress.h"
#include "agent/render_html.h"
#include "agent/render_text.h"
#include "collectors/installed_software.h"
#include "compliance/scan_document.h"
#include "platform/remembering_host.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  std::string format = "text";
  std::string output;
};

bool wants_colour(const Options& options) {
  const char* no_colour = std::getenv("NO_COLOR");  // no-color.org: set and not empty
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal && std::string_view(terminal) == "dumb";
  return options.output.empty() && platform::is_terminal(platform::Stream::out) && !(no_colour && *no_colour) && !dumb;
}

int columns_for(const Options& options) {
  return options.output.empty() && platform::is_terminal(platform::Stream::out) ? platform::terminal_columns() : 80;
}

// A directory that cannot be written costs the memory, not the scan.
void tell_unkept(const Session& session, const platform::Status& status) {
  if (status) return;
  std::fprintf(stderr,
               session.say("gokajo: 今回の結果を残せません（次の点検は初めてとして数えます）: %s\n",
                           "gokajo: this result cannot be kept (the next scan counts as the first): %s\n"),
               platform::printable_utf8(status.error().detail).c_str());
}

// The result, and the answers for the next scan where they are others than before. The hosts hold every answer and are gone on return.
platform::Result<ScanResult> ask_and_judge(const Session& session, const Inputs& inputs, platform::RememberedAnswers kept,
                                           std::optional<platform::RememberedAnswers>& changed) {
  // Where no inventory is wanted, a list of all software is not kept for the next scan either: it is asked anew.
  const auto passing = compliance::wants_inventory(inputs.scan.policy) ? nullptr : &collectors::lists_installed_software;
  const platform::RememberingHost remembering(*inputs.host, std::move(kept), inputs.now, passing);
  const platform::RecordingHost once(inputs.native ? static_cast<const platform::Host&>(remembering) : *inputs.host);
  Progress progress(inputs.native && platform::is_terminal(platform::Stream::err), session.language);
  auto result = scan(once, inputs.scan, inputs.now, {&Progress::tell, &progress});
  progress.finish();
  if (remembering.changed()) changed = remembering.answers();
  return result;
}

// What the next scan shall know; the last result for `gokajo explain` is written when it is rendered.
platform::Result<ScanResult> scan_and_keep(const Session& session, const Options& options, Inputs& inputs, platform::Status& kept) {
  std::optional<platform::RememberedAnswers> answers;
  auto result = ask_and_judge(session, inputs, inputs.native ? inputs.state.read_answers() : platform::RememberedAnswers{}, answers);
  if (!result || !inputs.native || options.no_memory) return result;
  kept = inputs.state.write_memory(result->memory);
  if (kept && answers) kept = inputs.state.write_answers(*answers);
  return result;
}

int run(Session& session, const Options& options) {
  auto inputs = load_inputs(session, options);
  if (!inputs) return session.exit_code;
  tell_damage(session, inputs->state);
  platform::Status kept = platform::Done{};
  const auto result = scan_and_keep(session, options, *inputs, kept);
  if (!result) return complain(session, options.policy, result.error(), kDataError);
  const compliance::Reader reader{540, compliance::system_names(result->evidence)};
  const auto document = compliance::write_scan({result->scanned_at, result->evidence, result->pack, result->judgement},
                                               compliance::built_in_wording(), reader);
  if (kept && inputs->native && !options.no_memory) kept = inputs->state.write_last_scan(document.dump() + "\n");
  tell_unkept(session, kept);
  std::string text;
  if (options.format == "json") {
    text = document.dump(1);
    text += "\n";
  } else if (options.format == "html") {
    text = render_html(make_report(*result, compliance::built_in_wording(), reader, session.language));
  } else {
    text = render_text(make_report(*result, compliance::built_in_wording(), reader, session.language),
                       {columns_for(options), wants_colour(options)});
  }
  const auto written = write_whole_file(options.output.empty() ? "-" : options.output, text);
  if (!written) return complain(session, options.output, written.error(), kCannotCreate);
  return compliance::exit_code(result->judgement);
}

}  // namespace

void add_scan_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("scan", session.say("このPCを点検します", "Scan this PC"));
  command->add_option("--format", options->format, session.say("結果の形 (text, json, html)", "form of the result (text, json, html)"))
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->type_name("FORM");
  add_language_option(*command, session);
  add_pack_options(*command, session, *options);
  command->add_option("--from", options->from, session.say("記録したファイルを点検します", "scan a recorded snapshot"))->type_name("FILE");
  command->add_option("--output", options->output, session.say("結果を書くファイル", "file for the result"))->type_name("FILE");
  add_state_option(*command, session, *options);
  command->add_flag("--no-memory", options->no_memory,
                    session.say("前の結果と回答を読み書きしません", "neither read nor write earlier results and answers"));
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
