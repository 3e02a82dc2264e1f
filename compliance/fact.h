/// \file
/// One observation: a value, or the reason why there is none, with its source and the time it was made.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "platform/json_form.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::compliance {

using platform::ErrorKind;
using platform::Time;

/// A fact starts as not_asked: what no collector looked at is neither good nor bad. `detail` (for the administrator) never holds a secret.
/// `no_newer`: the value is of an earlier scan, and this is why the PC gave none now (compliance/earlier.h); `detail` says more then.
/// In JSON: {"value": ..., "source": "...", "observed_at": "..."}, with "no_newer" and "detail" where the value is an earlier one, or
/// {"absent": "denied", "detail": "...", "source": "...", "observed_at": "..."}; a missing key reads as not_asked, so an older agent's
/// evidence stays readable.
template <class T>
struct Fact {
  static constexpr bool kMayBeAbsent = true;

  std::optional<T> value;
  ErrorKind absent = ErrorKind::not_asked;
  std::string detail;
  std::string source;
  Time observed_at{};
  std::optional<ErrorKind> no_newer = std::nullopt;

  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
  T& operator*() { return *value; }
  T* operator->() { return &*value; }
};

/// Why a fact has no value, without its type: what a finding carries along.
struct Absence {
  ErrorKind reason = ErrorKind::not_asked;
  std::string detail;
  std::string source;
  Time observed_at{};
};
BOOST_DESCRIBE_STRUCT(Absence, (), (reason, detail, source, observed_at))

template <class T>
Absence absence_of(const Fact<T>& fact) {
  return {fact.absent, fact.detail, fact.source, fact.observed_at};
}

template <class T>
Fact<T> fact(T value, std::string source, Time observed_at) {
  return {std::move(value), ErrorKind::not_asked, {}, std::move(source), observed_at};
}

template <class T>
Fact<T> no_fact(platform::Error error, std::string source, Time observed_at) {
  return {std::nullopt, error.kind, std::move(error.detail), std::move(source), observed_at};
}

}  // namespace gokajo::compliance

namespace gokajo::platform {

/// The parts of a fact, whatever its value is. `value`: the address of its optional, `form`: how that is written and read.
struct FactForm {
  const Form& form;
  void* value;
  ErrorKind& absent;
  std::string& detail;
  std::string& source;
  Time& observed_at;
  std::optional<ErrorKind>& no_newer;
};
Json write_fact(const FactForm& fact);
/// Into an empty one.
Status read_fact(const Json& json, const FactForm& out, const Place& place);
Json fact_schema(Json value, SchemaDefinitions& definitions);

template <class T>
struct JsonForm<compliance::Fact<T>> {
  using Fact = compliance::Fact<T>;
  static FactForm parts(Fact& fact) {
    return {detail::kForm<std::optional<T>>, &fact.value, fact.absent, fact.detail, fact.source, fact.observed_at, fact.no_newer};
  }
  static Json write(const Fact& fact) { return write_fact(parts(const_cast<Fact&>(fact))); }  // which changes nothing
  static Status read(const Json& json, Fact& out, const Place& place) {
    out = Fact{};
    return read_fact(json, parts(out), place);
  }
  static Json schema(SchemaDefinitions& definitions) { return fact_schema(schema_form<T>(definitions), definitions); }
};

}  // namespace gokajo::platform
