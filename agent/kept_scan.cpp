#include "agent/kept_scan.h"

#include <optional>

#include "collectors/installed_software.h"
#include "collectors/last_answers.h"
#include "compliance/scan_document.h"
#include "platform/last_answers.h"
#include "platform/remembering_host.h"
#include "platform/snapshot.h"

namespace gokajo::agent {
namespace {

// The answers for the next scan, where they are others than before.
struct Changed {
  std::optional<platform::RememberedAnswers> remembered, last;
};

// The hosts hold every answer and are gone on return.
platform::Result<ScanResult> ask_and_judge(const platform::Host& host, State& state, const ScanInput& input, platform::Time now,
                                           Watcher watcher, Changed& changed) {
  // Where no inventory is wanted, a list of all software is not kept for the next scan either: it is asked anew.
  const auto passing = compliance::wants_inventory(input.policy) ? nullptr : &collectors::lists_installed_software;
  const platform::RememberingHost remembering(host, state.read_answers(), now, passing);
  const platform::LastAnswersHost last(remembering, state.read_last_answers(), now, &collectors::witnesses_of);
  const platform::RecordingHost once(last);
  auto result = scan(once, input, now, watcher);
  // What cannot be read looks like nothing that was remembered: it goes as well.
  const bool nothing_may_stay = passing && remembering.answers().empty();
  if (remembering.changed() || nothing_may_stay) changed.remembered = remembering.answers();
  if (last.changed()) changed.last = last.answers();
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
  Changed changed;
  auto result = ask_and_judge(host, state, input, now, watcher, changed);
  if (!result) return result.error();
  KeptScan done{std::move(*result)};
  if (!keep) return done;
  done.kept = state.write_memory(done.result.memory);
  if (changed.remembered) {  // also where the memory cannot be written: they may be without what a company no longer wants kept
    auto written = state.write_answers(*changed.remembered);
    if (!written && !compliance::wants_inventory(input.policy)) (void)state.write_answers({});
    if (done.kept) done.kept = std::move(written);
  }
  if (changed.last && done.kept) done.kept = state.write_last_answers(*changed.last);
  changed = {};
  if (done.kept) done.kept = state.write_last_scan(document_of(done.result).dump() + "\n");
  return done;
}

}  // namespace gokajo::agent
