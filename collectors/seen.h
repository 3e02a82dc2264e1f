/// \file
/// From what a host answered to facts: the few lines every collector needs.
#pragma once

#include "compliance/fact.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// A fact that says why there is no answer to this question.
template <class T, class Answer>
compliance::Fact<T> unavailable(const platform::Seen<Answer>& seen) {
  return compliance::no_fact<T>(seen.error(), seen.source, seen.observed_at);
}

/// A fact with a value made from this answer.
template <class T, class Answer>
compliance::Fact<T> observed(T value, const platform::Seen<Answer>& seen) {
  return compliance::fact<T>(std::move(value), seen.source, seen.observed_at);
}

/// A fact that the answer came but cannot be what its documentation promises.
template <class T, class Answer>
compliance::Fact<T> malformed(std::string detail, const platform::Seen<Answer>& seen) {
  return compliance::no_fact<T>({platform::ErrorKind::malformed, std::move(detail)}, seen.source, seen.observed_at);
}

/// An answer of an earlier scan that something contradicts: as if there were none.
template <class Answer>
platform::Seen<Answer> held_back(const platform::Seen<Answer>& seen) {
  return {*seen.no_newer, seen.source, seen.observed_at};
}

}  // namespace gokajo::collectors
