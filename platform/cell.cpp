#include "platform/cell.h"

#include <algorithm>

namespace gokajo::platform {

Json JsonForm<Cell>::write(const Cell& cell) {
  struct Writer {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(bool truth) const { return truth; }
    Json operator()(std::int64_t number) const { return number; }
    Json operator()(const std::string& text) const { return to_form(text); }
    Json operator()(const std::vector<std::string>& list) const { return to_form(list); }
    Json operator()(const Bytes& bytes) const { return {{"base64", base64_encode(bytes.data)}}; }
  };
  return std::visit(Writer{}, cell.value);
}

Status JsonForm<Cell>::read(const Json& json, Cell& out, const Place& place) {
  const auto take = [&](auto value) {
    auto status = read_form(json, value, place);
    if (status) out.value = std::move(value);
    return status;
  };
  switch (json.type()) {
    case Json::value_t::null:
      out.value = std::monostate{};
      return Done{};
    case Json::value_t::boolean:
      return take(bool{});
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return take(std::int64_t{});
    case Json::value_t::string:
      return take(std::string{});
    case Json::value_t::array:
      return take(std::vector<std::string>{});
    case Json::value_t::object:
      return take(Bytes{});
    default:
      return expected(place, "null, a truth value, a whole number, text, a list of texts or bytes", json);
  }
}

Json JsonForm<Cell>::schema(SchemaDefinitions& definitions) {
  return {{"oneOf",
           {{{"type", "null"}},
            schema_form<bool>(definitions),
            schema_form<std::int64_t>(definitions),
            schema_form<std::string>(definitions),
            schema_form<std::vector<std::string>>(definitions),
            {{"type", "object"},
             {"properties", {{"base64", {{"type", "string"}, {"contentEncoding", "base64"}}}}},
             {"required", {"base64"}},
             {"additionalProperties", false}}}}};
}

const Cell* cell_of(const Row& row, const std::string& name) {
  const auto found = row.find(name);
  return found == row.end() ? nullptr : &found->second;
}

}  // namespace gokajo::platform
