/// \file
/// How our plain structs and enums stand in JSON: every struct described with BOOST_DESCRIBE_STRUCT is an object with its members' names,
/// every described enum its enumerator's name, Time is "2026-11-22T00:00:00Z", Bytes is text or {"base64": "..."}, optional is left out
/// when empty (and may be read as null). One listing of the members thus gives writing, strict reading and the JSON Schema.
///
/// Reading is strict: a wrong type, an unknown key or a missing key is an Error{malformed} whose detail names the place
/// ("updates.missing.value[3].name: expected a string, found a number"). Limits of size and depth are those of parse_json().
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>

#include "platform/bytes.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::platform {

using Json = nlohmann::json;

/// Parses untrusted text: at most `max_bytes`, nesting of at most 64, no duplicate keys; the Error names byte and reason.
Result<Json> parse_json(std::string_view text, std::size_t max_bytes);

/// What a reader stands at, for error messages. Most reading meets no error, so that a place only refers to the one it is in and to its
/// name: both must live as long as it does. One that is made of a temporary place or name keeps their text instead.
class Place {
 public:
  Place() = default;
  Place(std::string path) : text_(std::move(path)) {}  // NOLINT: implicit, Place{"report"} is a path
  Place(const char* path) : text_(path) {}             // NOLINT
  Place key(std::string_view name) const& { return {this, name, kNoIndex}; }
  Place key(std::string_view name) const&& { return Place(this, name, kNoIndex).path(); }
  template <std::same_as<std::string> Temporary>
  Place key(Temporary&& name) const {
    return Place(this, name, kNoIndex).path();
  }
  Place index(std::size_t i) const& { return {this, {}, i}; }
  Place index(std::size_t i) const&& { return Place(this, {}, i).path(); }

  /// "updates.missing.value[3].name"; empty for the top level.
  std::string path() const;

 private:
  static constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);
  Place(const Place* in, std::string_view name, std::size_t index) : in_(in), name_(name), index_(index) {}

  const Place* in_ = nullptr;
  std::string_view name_;
  std::size_t index_ = kNoIndex;
  std::string text_;  // where it is in none
};

/// The bytes of json.dump(), several times as fast: keys sorted, no blanks, UTF-8 as it is.
std::string to_text(const Json& json);

/// The members of an object, by key. `object` must be one.
inline const Json::object_t& members(const Json& object) { return object.get_ref<const Json::object_t&>(); }

/// Error{malformed}: "<place>: expected <what>, found <kind of value>".
Error expected(const Place& place, std::string_view what, const Json& found);
Error misplaced(const Place& place, std::string_view problem);

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

/// Types with a JSON form of their own specialise this (see compliance/fact.h). `write`, `read` and `schema` as below.
template <class T>
struct JsonForm;

template <class T>
Json to_form(const T& value) {
  return JsonForm<T>::write(value);
}

template <class T>
Status read_form(const Json& json, T& out, const Place& place) {
  return JsonForm<T>::read(json, out, place);
}

/// Definitions shared by a schema, by name.
using SchemaDefinitions = std::map<std::string, Json>;

template <class T>
Json schema_form(SchemaDefinitions& definitions) {
  return JsonForm<T>::schema(definitions);
}

template <>
struct JsonForm<bool> {
  static Json write(bool value) { return value; }
  static Status read(const Json& json, bool& out, const Place& place);
  static Json schema(SchemaDefinitions&) { return {{"type", "boolean"}}; }
};

template <>
struct JsonForm<std::int64_t> {
  static Json write(std::int64_t value) { return value; }
  static Status read(const Json& json, std::int64_t& out, const Place& place);
  static Json schema(SchemaDefinitions&) { return {{"type", "integer"}}; }
};

template <>
struct JsonForm<std::string> {
  static Json write(const std::string& value) { return printable_utf8(value); }
  static Status read(const Json& json, std::string& out, const Place& place);
  static Json schema(SchemaDefinitions&) { return {{"type", "string"}}; }
};

template <>
struct JsonForm<Bytes> {
  static Json write(const Bytes& value);
  static Status read(const Json& json, Bytes& out, const Place& place);
  static Json schema(SchemaDefinitions&);
};

template <>
struct JsonForm<Time> {
  static Json write(Time value) { return format_time(value); }
  static Status read(const Json& json, Time& out, const Place& place);
  static Json schema(SchemaDefinitions&) { return {{"type", "string"}, {"format", "date-time"}}; }
};

template <class T>
struct JsonForm<std::vector<T>> {
  static Json write(const std::vector<T>& values) {
    Json out = Json::array();
    for (const auto& value : values) out.push_back(to_form(static_cast<const T&>(value)));
    return out;
  }
  static Status read(const Json& json, std::vector<T>& out, const Place& place) {
    if (!json.is_array()) return expected(place, "an array", json);
    out.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
      T value{};
      if (auto status = read_form(json[i], value, place.index(i)); !status) return status;
      out.push_back(std::move(value));
    }
    return Done{};
  }
  static Json schema(SchemaDefinitions& definitions) { return {{"type", "array"}, {"items", schema_form<T>(definitions)}}; }
};

template <class T>
struct JsonForm<std::map<std::string, T>> {
  static Json write(const std::map<std::string, T>& values) {
    Json out = Json::object();
    for (const auto& [name, value] : values) out[printable_utf8(name)] = to_form(value);
    return out;
  }
  static Status read(const Json& json, std::map<std::string, T>& out, const Place& place) {
    if (!json.is_object()) return expected(place, "an object", json);
    out.clear();
    for (const auto& [name, member] : members(json)) {
      T value{};
      if (auto status = read_form(member, value, place.key(name)); !status) return status;
      out.emplace_hint(out.end(), name, std::move(value));
    }
    return Done{};
  }
  static Json schema(SchemaDefinitions& definitions) { return {{"type", "object"}, {"additionalProperties", schema_form<T>(definitions)}}; }
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class E>
Json write_enum(E value) {
  const char* name = boost::describe::enum_to_string(value, nullptr);
  return name ? Json(name) : Json();
}

}  // namespace detail

template <class E>
  requires std::is_enum_v<E>
struct JsonForm<E> {
  static Json write(E value) { return detail::write_enum(value); }
  static Status read(const Json& json, E& out, const Place& place) {
    if (!json.is_string()) return expected(place, "a name", json);
    if (!boost::describe::enum_from_string(json.get_ref<const std::string&>().c_str(), out))
      return misplaced(place, "unknown name \"" + printable_utf8(json.get_ref<const std::string&>()) + "\"");
    return Done{};
  }
  static Json schema(SchemaDefinitions&) {
    Json names = Json::array();
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { names.push_back(d.name); });
    return {{"enum", names}};
  }
};

/// Described structs. Optional members may be absent; every other member must be there; no other key may.
template <class T>
  requires boost::describe::has_describe_members<T>::value
struct JsonForm<T> {
  static Json write(const T& value) {
    Json out = Json::object();
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
      const auto& member = value.*d.pointer;
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (detail::IsOptional<Member>::value) {
        if (member) out[d.name] = to_form(*member);
      } else {
        out[d.name] = to_form(member);
      }
    });
    return out;
  }

  static Status read(const Json& json, T& out, const Place& place) {
    if (!json.is_object()) return expected(place, "an object", json);
    Status status = Done{};
    std::size_t known = 0;
    const auto& there = members(json);
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
      if (!status) return;
      auto& member = out.*d.pointer;
      using Member = std::remove_cvref_t<decltype(member)>;
      constexpr std::string_view kName = d.name;
      const auto found = there.find(kName);
      if constexpr (detail::IsOptional<Member>::value) {
        if (found != there.end()) ++known;
        if (found == there.end() || found->second.is_null()) {
          member.reset();
          return;
        }
        status = read_form(found->second, member.emplace(), place.key(kName));
        if (!status) member.reset();
      } else {
        if (found == there.end()) {
          status = JsonForm<T>::absent(member, place.key(kName));
          return;
        }
        ++known;
        status = read_form(found->second, member, place.key(kName));
      }
    });
    if (status && known != json.size()) return unknown_key(json, place);
    return status;
  }

  static Json schema(SchemaDefinitions& definitions) {
    Json properties = Json::object();
    Json required = Json::array();
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
      using Member = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
      if constexpr (detail::IsOptional<Member>::value) {
        properties[d.name] = schema_form<typename Member::value_type>(definitions);
      } else {
        properties[d.name] = schema_form<Member>(definitions);
        if constexpr (!kMayBeAbsentIn<Member>) required.push_back(d.name);
      }
    });
    return {{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}};
  }

  /// Members of these types have a meaning when the key is missing (a fact that an older agent does not know is not_asked).
  template <class Member>
  static constexpr bool kMayBeAbsentIn = requires { Member::kMayBeAbsent; };

 private:
  template <class Member>
  static Status absent(Member& member, const Place& place) {
    if constexpr (kMayBeAbsentIn<Member>) {
      member = Member{};
      return Done{};
    } else {
      return misplaced(place, "missing");
    }
  }

  static Status unknown_key(const Json& json, const Place& place) {
    for (const auto& [name, value] : members(json)) {
      bool known = false;
      boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) { known = known || name == d.name; });
      if (!known) return misplaced(place.key(name), "unknown key");
    }
    return Done{};
  }
};

/// A variant of described structs: {"<Type::kName>": {...}}.
template <class... Ts>
struct JsonForm<std::variant<Ts...>> {
  using Variant = std::variant<Ts...>;
  static Json write(const Variant& value) {
    return std::visit([](const auto& v) { return Json{{std::remove_cvref_t<decltype(v)>::kName, to_form(v)}}; }, value);
  }
  static Status read(const Json& json, Variant& out, const Place& place) {
    if (!json.is_object() || json.size() != 1) return expected(place, "an object with one key", json);
    const auto& name = json.begin().key();
    Status status = misplaced(place, "unknown kind \"" + name + "\"");
    (void)((name == Ts::kName ? (status = read_one<Ts>(*json.begin(), out, place.key(name)), true) : false) || ...);
    return status;
  }
  static Json schema(SchemaDefinitions& definitions) {
    Json choices = Json::array();
    (choices.push_back({{"type", "object"},
                        {"properties", {{Ts::kName, schema_form<Ts>(definitions)}}},
                        {"required", {Ts::kName}},
                        {"additionalProperties", false}}),
     ...);
    return {{"oneOf", choices}};
  }

 private:
  template <class T>
  static Status read_one(const Json& json, Variant& out, const Place& place) {
    T value{};
    auto status = read_form(json, value, place);
    if (status) out = std::move(value);
    return status;
  }
};

}  // namespace gokajo::platform
