#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

#include "agent/commands/inputs.h"
#include "agent/service.h"
#include "platform/bytes.h"
#include "platform/event_log.h"
#include "platform/managed_settings.h"
#include "platform/native_host.h"
#include "platform/places.h"
#include "platform/service.h"

namespace gokajo::agent {
namespace {

struct Options : InputOptions {
  bool once = false;
};

// journald reads "<6>" as the priority of a line (sd-daemon(3)); JOURNAL_STREAM is there where it listens (systemd.exec(5)).
void log_line(const std::string& line) {
  platform::log_event(platform::Event::note, {line});
  std::fprintf(stderr, "%sgokajo: %s\n", platform::environment("JOURNAL_STREAM") ? "<6>" : "", platform::printable_utf8(line).c_str());
}

std::string status_line(const Session& session, const Service& service) {
  std::string line = "STATUS=";
  if (!service.scanned_at())
    line += session.say("まだ点検していません", "no scan yet");
  else
    line += session.say("最後の点検 ", "last scan ") +
            compliance::render_day(*service.scanned_at(), session.language, compliance::Reader{platform::kJapanOffset, {}});
  if (const auto waiting = service.waiting())
    line += session.say("、送信待ち ", ", waiting to be sent: ") + std::to_string(*waiting) + session.say("件", "");
  else
    line += session.say("、報告先なし", ", reports to nobody");
  return line;
}

ServiceParts parts_for(const std::string& directory, platform::StopWish& stop) {
  return {.directory = directory,
          .host = &platform::native_host,
          .clock = platform::system_clock(),
          .connect = &http_client,
          .random =
              [] {
                static std::mt19937_64 generator{std::random_device{}()};
                return std::uniform_real_distribution<double>{0.0, 1.0}(generator);
              },
          .goes_on =
              [&stop] {
                (void)platform::notify_service_manager("WATCHDOG=1");
                return !stop.wait(std::chrono::milliseconds{0});
              },
          .log = &log_line,
          .spooled = {},
          .policy = &platform::policy_settings,
          .people = people_of_this_pc()};
}

int run(Session& session, const Options& options) {
  platform::StopWish stop;
  platform::run_in_background();
  platform::ignore_broken_pipes();
  const auto directory = service_directory(options.state);
  auto service = Service::open(parts_for(directory, stop));
  if (!service) {
    platform::log_event(platform::Event::not_started, {service.error().detail});
    return complain(session, directory, service.error(), kConfig);
  }
  if (!*service) {
    std::fputs(session.say("gokajo: サービスはもう動いています\n", "gokajo: the service is already running\n"), stderr);
    return kUnavailable;
  }
  if (options.once) {
    (*service)->once();
    return (*service)->waiting().value_or(0) == 0 ? 0 : kTryLater;
  }
  (void)platform::notify_service_manager("READY=1");
  platform::log_event(platform::Event::started, {GOKAJO_VERSION});
  bool settled = false;
  do {
    (*service)->tick();
    // What only a start needs; a scan gives back by itself.
    if (!settled) platform::give_back_memory();
    settled = true;
    (void)platform::notify_service_manager("WATCHDOG=1\n" + status_line(session, **service));
  } while (!stop.wait((*service)->idle()));
  (void)platform::notify_service_manager("STOPPING=1");
  platform::log_event(platform::Event::stopped);
  return 0;
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("run", session.say("サービスとして動き、決まった時に点検して報告します（systemdが使います）",
                                                        "Run as the service: scan and report on schedule (for systemd)"));
  command->add_flag("--once", options->once,
                    session.say("一度だけ点検し、一度だけ報告して終わります", "scan once, try once to report, and end"));
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
