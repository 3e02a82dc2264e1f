#include "agent/kept_scan.h"

#include <optional>

#include "collectors/installed_software.h"
#include "compliance/scan_document.h"
#include "platform/remembering_host.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

// The hosts hold every answer and are gone on return. `changed`: the answers for the next scan, where they are others than before.
platform::Result<ScanResult> ask_and_judge(const platform::Host& host, State& state, const ScanInput& input, platform::Time now,
                                           Watcher watcher, std::optional<platform::RememberedAnswers>& changed) {
  // Where no inventory is wanted, a list of all software is not kept for the next scan either: it is asked anew.
  const auto passing = compliance::wants_inventory(input.policy) ? nullptr : &collectors::lists_installed_software;
  const platform::RememberingHost remembering(host, state.read_answers(), now, passing);
  const platform::RecordingHost once(remembering);
  auto result = scan(once, input, now, watcher);
  // What cannot be read looks like nothing that was remembered: it goes as well.
  const bool nothing_may_stay = passing && remembering.answers().empty();
  if (remembering.changed() || nothing_may_stay) changed = remembering.answers();
  return result;
}

}  // namespace

platform::Json document_of(const ScanResult& result) {
  const compliance::Reader reader{540, compliance::system_names(result.evidence)};
  return compliance::write_scan({result.scanned_at, result.evidence, result.pack, result.judgement}, compliance::built_in_wording(),
                                reader);
}

platform::Result<KeptScan> scan_and_keep(const platform::Host& host, State& state, const ScanInput& input, platform::Time now, bool keep,
                                         Watcher watcher) {
  std::optional<platform::RememberedAnswers> answers;
  auto result = ask_and_judge(host, state, input, now, watcher, answers);
  if (!result) return result.error();
  KeptScan done{std::move(*result)};
  if (!keep) return done;
  done.kept = state.write_memory(done.result.memory);
  if (answers) {  // also where the memory cannot be written: they may be without what a company no longer wants kept
    auto written = state.write_answers(*answers);
    if (!written && !compliance::wants_inventory(input.policy)) (void)state.write_answers({});
    if (done.kept) done.kept = std::move(written);
  }
  answers.reset();
  if (done.kept) done.kept = state.write_last_scan(document_of(done.result).dump() + "\n");
  return done;
}

}  // namespace gokajo::agent
