/// \file
/// Keeps costly answers from one scan to the next. A helper's answer stands for a new run while the files and directories it was made from
/// (`unchanged_while` of the question, and the program itself) are what they were, and for 24 hours at most; so does the reduced form of a
/// file above 1 MiB. An answer keeps the time it was observed at. Errors and helpers that ended with another code than 0 are always asked
/// again.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/host.h"

namespace gokajo::platform {

inline constexpr std::size_t kMaxRememberedBytes = 8U << 20U;  ///< of all answers together, on disk

struct RememberedAnswer {
  std::uint64_t fingerprint = 0;
  Answer answer;
};
using RememberedAnswers = std::map<std::string, RememberedAnswer>;  ///< by question_key()

/// The store as bytes: a line with format, length and CRC-32, then CBOR. Newest answers first, cut at kMaxRememberedBytes.
std::string write_remembered(const RememberedAnswers& answers);

/// Anything but what write_remembered() wrote, whole, is an empty store: nothing in it is worth an error.
RememberedAnswers read_remembered(std::string_view bytes);

/// The same from a file that only its owner can have written: a store that another than root or this user owns or may write is empty.
RememberedAnswers load_remembered(const std::string& path);

/// Thread-safe; `inner` must outlive it. `now` decides on age and is the time of the scan. Answers to questions that are `passing` are not
/// kept, and those that were are dropped at once.
class RememberingHost : public Host {
 public:
  using Passing = bool (*)(const Question&);
  RememberingHost(const Host& inner, RememberedAnswers answers, Time now, Passing passing = nullptr);
  Answer ask(const Question& question) const override;

  /// What the next scan may use.
  RememberedAnswers answers() const;
  /// Whether answers() differs from what was given: if not, nothing needs to be written.
  bool changed() const;

 private:
  const Host& inner_;
  const Time now_;
  const Passing passing_;
  mutable std::mutex mutex_;
  mutable RememberedAnswers answers_;
  mutable bool changed_ = false;
};

}  // namespace gokajo::platform
