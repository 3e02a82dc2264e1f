/// \file
/// A snapshot: every question a scan asked and every answer, in one file, to be scanned again on any system.
/// The file is docs/schema/snapshot.schema.json: {"format": "gokajo-snapshot/1", "recorded_at": "...", "answers": [{"question": {...},
/// "reply": {...} or "error": {...}, "observed_at": "..."}], "memory": {...}, "declarations": [...]}. A reply of an earlier scan has
/// "no_newer" beside it, shaped like "error". Memory and declarations are carried as they are for the rooms above; this one does not look
/// into them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/host.h"
#include "platform/json_form.h"

namespace gokajo::platform {

inline constexpr const char* kSnapshotFormat = "gokajo-snapshot/1";
inline constexpr std::size_t kMaxSnapshotBytes = 64U << 20U;

struct Snapshot {
  Time recorded_at{};
  std::map<std::string, Answer> answers;  ///< by question_key()
  Json memory;                            ///< null when none was kept
  Json declarations;                      ///< null when there were none
};

/// The question as canonical JSON text: equal questions have equal keys. `unchanged_while` is left out: it does not change what is asked.
std::string question_key(const Question& question);

std::string write_snapshot(const Snapshot& snapshot);

/// Error{malformed} names the place and what was expected; Error{too_large} above kMaxSnapshotBytes.
Result<Snapshot> read_snapshot(std::string_view text);

/// One answer as it stands in a snapshot, for those who keep answers elsewhere (remembering_host.h).
Json write_answer(const Answer& answer);
Status read_answer(const Json& json, Answer& out, const Place& place);

/// Answers from a snapshot; what was not asked when it was recorded is not_asked. Thread-safe; shares nothing with the caller.
class SnapshotHost : public Host {
 public:
  explicit SnapshotHost(Snapshot snapshot) : snapshot_(std::move(snapshot)) {}
  Answer ask(const Question& question) const override;
  const Snapshot& snapshot() const { return snapshot_; }

 private:
  Snapshot snapshot_;
};

/// Hands every question on to `inner` once, keeps the answer and gives the same answer to the same question: a scan thus sees one state.
/// Thread-safe; `inner` must outlive it.
class RecordingHost : public Host {
 public:
  explicit RecordingHost(const Host& inner) : inner_(inner) {}
  Answer ask(const Question& question) const override;
  std::map<std::string, Answer> answers() const;

 private:
  const Host& inner_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Answer> answers_;
};

}  // namespace gokajo::platform
