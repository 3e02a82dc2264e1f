#include <cstdio>
#include <memory>

#include "agent/commands/command.h"
#include "agent/files.h"
#include "agent/scan.h"
#include "platform/native_host.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

int run(const std::string& file) {
  const auto host = platform::native_host();
  const platform::RecordingHost recorder(*host);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto pack = compliance::built_in_pack("6kajo");
  if (!pack) return kInternal;
  auto result = scan(recorder, ScanInput{std::move(*pack)}, now);
  if (!result) return kInternal;
  const auto status = write_whole_file(file, platform::write_snapshot({now, recorder.answers(), nullptr, nullptr}));
  if (status) return 0;
  std::fprintf(stderr, "gokajo: %s\n", status.error().detail.c_str());
  return kCannotCreate;
}

}  // namespace

void add_record_command(CLI::App& app, int& exit_code) {
  auto file = std::make_shared<std::string>();
  auto* command = app.add_subcommand("record", "調べた答えをファイルに残します / Record what a scan asks and hears");
  command->add_option("FILE", *file, "書き込むファイル / File to write")->required();
  command->callback([file, &exit_code] { exit_code = run(*file); });
}

}  // namespace gokajo::agent
