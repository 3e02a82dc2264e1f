#include "compliance/finding_form.h"

#include "platform/form_text.h"

namespace gokajo::platform {
namespace {

using namespace compliance;

// One line per type: what it is called in JSON.
template <class T>
struct Named;
template <>
struct Named<Count> {
  static constexpr const char* kKey = "count";
};
template <>
struct Named<DayCount> {
  static constexpr const char* kKey = "days";
};
template <>
struct Named<Date> {
  static constexpr const char* kKey = "date";
};
template <>
struct Named<Name> {
  static constexpr const char* kKey = "name";
};
template <>
struct Named<Version> {
  static constexpr const char* kKey = "version";
};
template <>
struct Named<List> {
  static constexpr const char* kKey = "list";
};

template <class T>
bool read_as(const Json& json, Parameter& out, const Place& place, Status& status) {
  const auto member = json.find(Named<T>::kKey);
  if (member == json.end()) return false;
  T value{};
  status = read_form(*member, value.value, place.key(Named<T>::kKey));
  if (status) out = std::move(value);
  return true;
}

template <class T>
Json shape(SchemaDefinitions& definitions) {
  return {{"type", "object"},
          {"properties", {{Named<T>::kKey, schema_form<decltype(T::value)>(definitions)}}},
          {"required", {Named<T>::kKey}},
          {"additionalProperties", false}};
}

}  // namespace

Json JsonForm<Parameter>::write(const Parameter& value) {
  return std::visit([](const auto& typed) { return Json{{Named<std::remove_cvref_t<decltype(typed)>>::kKey, to_form(typed.value)}}; },
                    value);
}

Status JsonForm<Parameter>::read(const Json& json, Parameter& out, const Place& place) {
  if (!json.is_object() || json.size() != 1) return expected(place, "an object with one key", json);
  Status status = Done{};
  if (read_as<Count>(json, out, place, status) || read_as<DayCount>(json, out, place, status) || read_as<Date>(json, out, place, status) ||
      read_as<Name>(json, out, place, status) || read_as<Version>(json, out, place, status) || read_as<List>(json, out, place, status))
    return status;
  return misplaced(place, "unknown kind \"" + printable_utf8(json.begin().key()) + "\"");
}

Json JsonForm<Parameter>::schema(SchemaDefinitions& definitions) {
  definitions["parameter"] = {{"oneOf",
                               {shape<Count>(definitions), shape<DayCount>(definitions), shape<Date>(definitions), shape<Name>(definitions),
                                shape<Version>(definitions), shape<List>(definitions)}}};
  return {{"$ref", "#/$defs/parameter"}};
}

}  // namespace gokajo::platform

namespace gokajo::compliance {

void append_text(std::string& out, const Parameter& value) {
  std::visit(
      [&](const auto& typed) {
        ((out += "{\"") += platform::Named<std::remove_cvref_t<decltype(typed)>>::kKey) += "\":";
        platform::append_text(out, typed.value);
        out += '}';
      },
      value);
}

}  // namespace gokajo::compliance
