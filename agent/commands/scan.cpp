#include "agent/scan.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "agent/commands/inputs.h"
#include "agent/files.h"
#include "agent/kept_scan.h"
#include "agent/progress.h"
#include "agent/render_html.h"
#include "agent/render_text.h"
#include "agent/summary.h"
#include "compliance/scan_document.h"
#include "platform/places.h"
#include "platform/service.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  std::string format = "text";
  std::string output;
};

bool wants_colour(const Options& options) {
  const bool dumb = platform::environment("TERM") == "dumb";
  // no-color.org: set and not empty
  return options.output.empty() && platform::is_terminal(platform::Stream::out) && !platform::environment("NO_COLOR") && !dumb;
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

// A recorded PC has its own memory, and leaves nothing.
platform::Result<KeptScan> scan_pc(const Session& session, const Options& options, Inputs& inputs) {
  if (inputs.native) {
    Progress progress(platform::is_terminal(platform::Stream::err), session.language);
    auto done = scan_and_keep(*inputs.host, inputs.state, inputs.scan, inputs.now, !options.no_memory, {&Progress::tell, &progress});
    progress.finish();
    return done;
  }
  auto result = scan(platform::RecordingHost(*inputs.host), inputs.scan, inputs.now);
  return result ? platform::Result<KeptScan>(KeptScan{std::move(*result)}) : platform::Result<KeptScan>(result.error());
}

// Without rights a scan of one's own would say 測定不能 to most: what the service found last says more (people.md, decision 10). Only where
// nothing was asked for that it does not have.
std::optional<int> show_service_result(const Session& session, const Options& options) {
  if (platform::current_invoker().elevated || options.no_memory || options.format != "text" || !options.output.empty() ||
      !options.from.empty() || !options.policy.empty() || !options.state.empty() || platform::environment("GOKAJO_STATE") ||
      options.pack != "5kajo")
    return std::nullopt;
  const auto summary = service_summary(platform::service_state_directory("gokajo"));
  if (!summary) return std::nullopt;
  std::fputs(render_summary(*summary, session.language, platform::kJapanOffset, current_time()).c_str(), stdout);
  return exit_code(*summary);
}

int run(Session& session, const Options& options) {
  if (const auto code = show_service_result(session, options)) return *code;
  auto inputs = load_inputs(session, options);
  if (!inputs) return session.exit_code;
  tell_damage(session, inputs->state);
  // What loading touched, mostly libraries that only talk to the hub, is not needed now: it would be a third of the peak.
  platform::give_back_memory();
  const auto done = scan_pc(session, options, *inputs);
  if (!done) return complain(session, options.policy, done.error(), kDataError);
  const auto& result = done->result;
  const compliance::Reader reader{540, compliance::system_names(result.evidence)};
  tell_unkept(session, done->kept);
  std::string text;
  if (options.format == "json") {
    text = document_of(result).dump(1);
    text += "\n";
  } else if (options.format == "html") {
    text = render_html(make_report(result, compliance::built_in_wording(), reader, session.language));
  } else {
    text = render_text(make_report(result, compliance::built_in_wording(), reader, session.language),
                       {columns_for(options), wants_colour(options)});
  }
  const auto written = write_whole_file(options.output.empty() ? "-" : options.output, text);
  if (!written) return complain(session, options.output, written.error(), kCannotCreate);
  return compliance::exit_code(result.judgement);
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
