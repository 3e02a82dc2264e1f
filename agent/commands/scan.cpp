#include "agent/scan.h"

#include <cstdio>
#include <memory>

#include "agent/commands/command.h"
#include "agent/files.h"
#include "compliance/scan_document.h"
#include "platform/native_host.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

struct Options {
  std::string from;
  std::string pack = "5kajo";
  std::string policy;
  std::string format = "text";
};

int complain(const platform::Error& error, const std::string& file, int code) {
  std::fprintf(stderr, "gokajo: %s%s%s\n", file.c_str(), file.empty() ? "" : ": ", error.detail.c_str());
  return code;
}

int run(const Options& options) {
  auto pack = compliance::built_in_pack(options.pack);
  if (!pack) return complain(pack.error(), "", kUsage);
  ScanInput input{std::move(*pack)};
  if (!options.policy.empty()) {
    auto text = read_whole_file(options.policy, compliance::kMaxPackBytes);
    if (!text) return complain(text.error(), "", kNoInput);
    auto policy = compliance::read_policy(*text);
    if (!policy) return complain(policy.error(), options.policy, kDataError);
    input.policy = std::move(*policy);
  }
  std::unique_ptr<platform::Host> host;
  platform::Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (options.from.empty()) {
    host = platform::native_host();
  } else {
    auto text = read_whole_file(options.from, platform::kMaxSnapshotBytes);
    if (!text) return complain(text.error(), "", kNoInput);
    auto snapshot = platform::read_snapshot(*text);
    if (!snapshot) return complain(snapshot.error(), options.from, kDataError);
    now = snapshot->recorded_at;
    host = std::make_unique<platform::SnapshotHost>(std::move(*snapshot));
  }
  const platform::RecordingHost once(*host);
  auto result = scan(once, input, now);
  if (!result) return complain(result.error(), options.policy, kDataError);
  const compliance::Reader reader{540, compliance::system_names(result->evidence)};
  const auto document = compliance::write_scan({result->scanned_at, result->evidence, result->pack, result->judgement}, compliance::built_in_wording(), reader);
  if (options.format == "json") std::printf("%s\n", document.dump(1).c_str());
  else
    for (const auto& rule : result->judgement.rules)
      std::printf("%d %s [%s]\n", static_cast<int>(rule.number), rule.name.ja.c_str(), std::string(compliance::verdict_name(rule.verdict, compliance::Language::ja)).c_str());
  return compliance::exit_code(result->judgement);
}

}  // namespace

void add_scan_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("scan", "このPCを点検します / Scan this PC");
  command->add_option("--from", options->from, "記録したファイルを点検します / Scan a recorded snapshot");
  command->add_option("--pack", options->pack, "規則の組 / Rule pack: 5kajo, 6kajo");
  command->add_option("--policy", options->policy, "会社の決まりのファイル / Policy file");
  command->add_option("--format", options->format, "text, json")->check(CLI::IsMember({"text", "json"}));
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace gokajo::agent
