/// \file
/// How our plain structs and enums stand in JSON: every struct described with BOOST_DESCRIBE_STRUCT is an object with its members' names,
/// every described enum its enumerator's name, Time is "2026-11-22T00:00:00Z", Bytes is text or {"base64": "..."}, optional is left out
/// when empty (and may be read as null). One listing of the members thus gives writing, strict reading and the JSON Schema.
///
/// Reading is strict: a wrong type, an unknown key or a missing key is an Error{malformed} whose detail names the place
/// ("updates.missing.value[3].name: expected a string, found a number"). Limits of size and depth are those of parse_json().
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
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

// What follows stands in the programs once and not once for each of some hundred types: a type hands in how its parts are written and read,
// as functions on addresses (Form), and json_form.cpp does the rest.

/// How values of one type are written and read by their address. Of optionals: `there` says whether one holds something, and only then it
/// is written. `clear`: makes it what it is when its key is missing; none where the key must be there.
struct Form {
  Json (*write)(const void* value);
  Status (*read)(const Json& json, void* out, const Place& place);
  bool (*there)(const void* value);
  void (*clear)(void* out);
};

/// A member of a struct. Lives as long as the program.
struct MemberForm {
  std::string_view name;
  const Form* form;
};

/// An enumerator by its name.
struct NameForm {
  std::string_view name;
  std::int64_t value;
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// Members of these types have a meaning when the key is missing (a fact that an older agent does not know is not_asked).
template <class T>
inline constexpr bool kMayBeAbsent = requires { T::kMayBeAbsent; };

template <class T>
constexpr Form form_of() {
  if constexpr (IsOptional<T>::value) {
    return {[](const void* value) { return to_form(**static_cast<const T*>(value)); },
            [](const Json& json, void* out, const Place& place) {
              auto& value = *static_cast<T*>(out);
              value.reset();
              if (json.is_null()) return Status(Done{});
              auto status = read_form(json, value.emplace(), place);
              if (!status) value.reset();
              return status;
            },
            [](const void* value) { return static_cast<const T*>(value)->has_value(); }, [](void* out) { static_cast<T*>(out)->reset(); }};
  } else {
    Form form{[](const void* value) { return to_form(*static_cast<const T*>(value)); },
              [](const Json& json, void* out, const Place& place) { return read_form(json, *static_cast<T*>(out), place); }, nullptr,
              nullptr};
    if constexpr (kMayBeAbsent<T>) form.clear = [](void* out) { *static_cast<T*>(out) = T{}; };
    return form;
  }
}
template <class T>
inline constexpr Form kForm = form_of<T>();

Json write_members(std::span<const MemberForm> forms, const void* const* values);
Status read_members(const Json& json, std::span<const MemberForm> forms, void* const* out, const Place& place);
Json write_name(std::span<const NameForm> names, std::int64_t value);
/// Error{malformed} where it is none of `names`.
Status read_name(const Json& json, std::span<const NameForm> names, std::int64_t& out, const Place& place);
Status read_elements(const Json& json, void* out, void* (*add)(void* out), const Form& form, const Place& place);
Status read_values(const Json& json, void* out, void* (*add)(void* out, const std::string& name), const Form& form, const Place& place);
Json names_schema(std::span<const NameForm> names);
Json array_schema(Json elements);
Json map_schema(Json values);
/// Of an object: `properties`, each with whether it must be there.
Json object_schema(std::vector<std::pair<std::string, Json>> properties, const std::vector<bool>& required);

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T, class List = Members<T>>
struct MemberTable;
template <class T, template <class...> class List, class... Descriptors>
struct MemberTable<T, List<Descriptors...>> {
  template <class Descriptor>
  using Type = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;
  static constexpr std::array<MemberForm, sizeof...(Descriptors)> kForms{{{Descriptors::name, &kForm<Type<Descriptors>>}...}};
  static std::array<const void*, sizeof...(Descriptors)> of(const T& value) { return {&(value.*Descriptors::pointer)...}; }
  static std::array<void*, sizeof...(Descriptors)> of(T& value) { return {&(value.*Descriptors::pointer)...}; }

  template <class M>
  static Json schema_of(SchemaDefinitions& definitions) {
    if constexpr (IsOptional<M>::value)
      return schema_form<typename M::value_type>(definitions);
    else
      return schema_form<M>(definitions);
  }
  static Json schema(SchemaDefinitions& definitions) {
    return object_schema({{Descriptors::name, schema_of<Type<Descriptors>>(definitions)}...},
                         {(!IsOptional<Type<Descriptors>>::value && !kMayBeAbsent<Type<Descriptors>>)...});
  }
};

template <class E, class List = boost::describe::describe_enumerators<E>>
struct Names;
template <class E, template <class...> class List, class... Descriptors>
struct Names<E, List<Descriptors...>> {
  static constexpr std::array<NameForm, sizeof...(Descriptors)> kList{
      {{Descriptors::name, static_cast<std::int64_t>(Descriptors::value)}...}};
};

}  // namespace detail

template <class T>
struct JsonForm<std::vector<T>> {
  static Json write(const std::vector<T>& values) {
    Json out = Json::array();
    for (const auto& value : values) out.push_back(to_form(static_cast<const T&>(value)));
    return out;
  }
  static Status read(const Json& json, std::vector<T>& out, const Place& place) {
    out.clear();
    const auto add = [](void* vector) -> void* { return &static_cast<std::vector<T>*>(vector)->emplace_back(); };
    return detail::read_elements(json, &out, add, detail::kForm<T>, place);
  }
  static Json schema(SchemaDefinitions& definitions) { return detail::array_schema(schema_form<T>(definitions)); }
};

template <class T>
struct JsonForm<std::map<std::string, T>> {
  static Json write(const std::map<std::string, T>& values) {
    Json out = Json::object();
    for (const auto& [name, value] : values) out[printable_utf8(name)] = to_form(value);
    return out;
  }
  static Status read(const Json& json, std::map<std::string, T>& out, const Place& place) {
    out.clear();
    const auto add = [](void* map, const std::string& name) -> void* {
      auto& values = *static_cast<std::map<std::string, T>*>(map);
      return &values.try_emplace(values.end(), name)->second;
    };
    return detail::read_values(json, &out, add, detail::kForm<T>, place);
  }
  static Json schema(SchemaDefinitions& definitions) { return detail::map_schema(schema_form<T>(definitions)); }
};

template <class E>
  requires std::is_enum_v<E>
struct JsonForm<E> {
  static Json write(E value) { return detail::write_name(detail::Names<E>::kList, static_cast<std::int64_t>(value)); }
  static Status read(const Json& json, E& out, const Place& place) {
    std::int64_t value = 0;
    auto status = detail::read_name(json, detail::Names<E>::kList, value, place);
    if (status) out = static_cast<E>(value);
    return status;
  }
  static Json schema(SchemaDefinitions&) { return detail::names_schema(detail::Names<E>::kList); }
};

/// Described structs. Optional members may be absent; every other member must be there; no other key may.
template <class T>
  requires boost::describe::has_describe_members<T>::value
struct JsonForm<T> {
  static Json write(const T& value) {
    return detail::write_members(detail::MemberTable<T>::kForms, detail::MemberTable<T>::of(value).data());
  }
  static Status read(const Json& json, T& out, const Place& place) {
    return detail::read_members(json, detail::MemberTable<T>::kForms, detail::MemberTable<T>::of(out).data(), place);
  }
  static Json schema(SchemaDefinitions& definitions) { return detail::MemberTable<T>::schema(definitions); }
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
