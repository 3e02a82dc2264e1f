/// \file
/// What the PC last said to questions that foreign code may leave without an answer: while one gets none in time, the last answer stands in
/// for it, marked as such (Answer::no_newer), for as long as what can be asked without that code says the same as it did then. Nothing but
/// time_out brings an earlier answer back: a PC that refuses, or has no such thing any more, has answered.
///
/// How old an answer may be to count is for judging (compliance/earlier.h); here it is kept a little longer, so that people still see it.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "platform/remembering_host.h"

namespace gokajo::platform {

inline constexpr std::chrono::hours kLastAnswersKept{30 * 24};

/// Thread-safe; `inner` must outlive it.
class LastAnswersHost : public Host {
 public:
  /// The questions that must be answered now as they were when an answer to this one was given, for that answer to stand in; nullopt: none
  /// ever does. Their answers must come from the system itself, at once.
  using Witnesses = std::optional<std::vector<Question>> (*)(const Question&);

  /// `now`: the time of the scan. What is older than kLastAnswersKept, of the future or of a question without witnesses is dropped.
  LastAnswersHost(const Host& inner, RememberedAnswers answers, Time now, Witnesses witnesses);
  Answer ask(const Question& question) const override;

  /// What the next scan may use; `fingerprint` is that of the witnesses.
  RememberedAnswers answers() const;
  /// Whether answers() differs from what was given.
  bool changed() const;

 private:
  std::optional<std::uint64_t> fingerprint_of(const std::vector<Question>& witnesses) const;

  const Host& inner_;
  const Time now_;
  const Witnesses witnesses_;
  mutable std::mutex mutex_;
  mutable RememberedAnswers answers_;
  mutable bool changed_ = false;
};

/// Only what the PC said now, or at `since` and later: any other answer of an earlier scan is the error it stands in for. Thread-safe;
/// `inner` must outlive it.
class OnlyNewAnswers : public Host {
 public:
  OnlyNewAnswers(const Host& inner, Time now, std::optional<Time> since = std::nullopt) : inner_(inner), now_(now), since_(since) {}
  Answer ask(const Question& question) const override;
  /// When the newest of the answers that were held back was given; nullopt: none was.
  std::optional<Time> held_back() const;

 private:
  const Host& inner_;
  const Time now_;
  const std::optional<Time> since_;
  mutable std::mutex mutex_;
  mutable std::optional<Time> held_back_;
};

}  // namespace gokajo::platform
