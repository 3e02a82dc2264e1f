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

template <class T>
struct JsonForm<compliance::Fact<T>> {
  using Fact = compliance::Fact<T>;
  static Json write(const Fact& fact) {
    Json out = Json::object();
    if (fact.value) {
      out["value"] = to_form(*fact.value);
      if (fact.no_newer) out["no_newer"] = to_form(*fact.no_newer);
    } else {
      out["absent"] = to_form(fact.absent);
    }
    if (!fact.detail.empty() && (fact.no_newer || !fact.value)) out["detail"] = printable_utf8(fact.detail);
    out["source"] = printable_utf8(fact.source);
    out["observed_at"] = format_time(fact.observed_at);
    return out;
  }
  static Status read(const Json& json, Fact& out, const Place& place) {
    if (!json.is_object()) return expected(place, "a fact", json);
    out = Fact{};
    const auto& there = platform::members(json);
    const bool has_value = there.contains(std::string_view("value"));
    if (has_value == there.contains(std::string_view("absent"))) return misplaced(place, "expected either \"value\" or \"absent\"");
    const bool is_earlier = has_value && there.contains(std::string_view("no_newer"));
    for (const auto& [key, member] : there) {
      Status status = Done{};
      if (key == "value") {
        status = read_form(member, out.value.emplace(), place.key(key));
        if (!status) out.value.reset();
      } else if (key == "absent") {
        status = read_form(member, out.absent, place.key(key));
      } else if (key == "no_newer" && has_value) {
        status = read_form(member, out.no_newer.emplace(), place.key(key));
      } else if (key == "detail" && (is_earlier || !has_value)) {
        status = read_form(member, out.detail, place.key(key));
      } else if (key == "source") {
        status = read_form(member, out.source, place.key(key));
      } else if (key == "observed_at") {
        status = read_form(member, out.observed_at, place.key(key));
      } else {
        status = misplaced(place.key(key), "unknown key");
      }
      if (!status) return status;
    }
    return Done{};
  }
  static Json schema(SchemaDefinitions& definitions) {
    definitions["absent"] = {{"type", "object"},
                             {"properties",
                              {{"absent", schema_form<ErrorKind>(definitions)},
                               {"detail", {{"type", "string"}}},
                               {"source", {{"type", "string"}}},
                               {"observed_at", {{"type", "string"}, {"format", "date-time"}}}}},
                             {"required", {"absent"}},
                             {"additionalProperties", false}};
    return {{"oneOf",
             {{{"type", "object"},
               {"properties",
                {{"value", schema_form<T>(definitions)},
                 {"no_newer", schema_form<ErrorKind>(definitions)},
                 {"detail", {{"type", "string"}}},
                 {"source", {{"type", "string"}}},
                 {"observed_at", {{"type", "string"}, {"format", "date-time"}}}}},
               {"required", {"value"}},
               {"dependentRequired", {{"detail", {"no_newer"}}}},
               {"additionalProperties", false}},
              {{"$ref", "#/$defs/absent"}}}}};
  }
};

}  // namespace gokajo::platform
