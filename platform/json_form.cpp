#include "platform/json_form.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxDepth = 64;

// The parser repeats what it read last, which may be a code or a key; the place is enough.
std::string without_contents(const std::string& what) { return what.substr(0, what.find("; last read: ")); }

// Builds the value while nlohmann's parser reads. That parser does not recurse; its own builder would accept duplicate keys and any depth,
// and its way to refuse them (a callback) costs as much as the parsing itself.
class Builder {
 public:
  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(Json::number_integer_t value) { return put(value); }
  bool number_unsigned(Json::number_unsigned_t value) { return put(value); }
  bool number_float(Json::number_float_t value, const std::string&) { return put(value); }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(Json::binary_t&) { return fail("no JSON"); }
  bool start_object(std::size_t) { return enter(Json::object()); }
  bool start_array(std::size_t) { return enter(Json::array()); }
  bool end_object() { return leave(); }
  bool end_array() { return leave(); }
  bool key(std::string& name) {
    auto& members = open_.back()->get_ref<Json::object_t&>();
    const auto before = members.size();
    // What we write is sorted: the next key mostly belongs at the end.
    const auto member = members.emplace_hint(members.end(), std::move(name), nullptr);
    if (members.size() == before) return fail("JSON: duplicate key \"" + printable_utf8(member->first) + "\"");
    named_ = &member->second;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) {
    return fail(printable_utf8(without_contents(error.what())));
  }

  Json root;
  std::string problem;

 private:
  bool fail(std::string what) {
    problem = std::move(what);
    return false;
  }
  Json* place(Json&& value) {
    if (open_.empty()) return &(root = std::move(value));
    if (!open_.back()->is_array()) return &(*named_ = std::move(value));
    auto& elements = open_.back()->get_ref<Json::array_t&>();
    elements.push_back(std::move(value));
    return &elements.back();
  }
  bool put(Json&& value) {
    place(std::move(value));
    return true;
  }
  bool enter(Json&& value) {
    if (open_.size() >= kMaxDepth) return fail("JSON nested deeper than " + std::to_string(kMaxDepth));
    open_.push_back(place(std::move(value)));
    return true;
  }
  bool leave() {
    open_.pop_back();
    return true;
  }

  // Into `root`: an element is only added to the innermost, so that these stay where they are.
  std::vector<Json*> open_;
  Json* named_ = nullptr;
};

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t max_bytes) {
  if (text.size() > max_bytes)
    return Error{ErrorKind::too_large, "JSON of " + std::to_string(text.size()) + " bytes, at most " + std::to_string(max_bytes)};
  Builder builder;
  if (!Json::sax_parse(text, &builder)) return Error{ErrorKind::malformed, std::move(builder.problem)};
  return std::move(builder.root);
}

Error expected(const Place& place, std::string_view what, const Json& found) {
  return misplaced(place, "expected " + std::string(what) + ", found " +
                              (found.is_null() ? "null" : "a value of type " + std::string(found.type_name())));
}

Error misplaced(const Place& place, std::string_view problem) {
  return {ErrorKind::malformed, (place.path.empty() ? "top level" : place.path) + ": " + std::string(problem)};
}

namespace {
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) { return i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0U; };
    const std::uint32_t group = at(0) << 16U | at(1) << 8U | at(2);
    out += kAlphabet[group >> 18U & 63U];
    out += kAlphabet[group >> 12U & 63U];
    out += i + 1 < bytes.size() ? kAlphabet[group >> 6U & 63U] : '=';
    out += i + 2 < bytes.size() ? kAlphabet[group & 63U] : '=';
  }
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t group = 0;
    std::size_t padding = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = text[i + k];
      if (c == '=' && i + 4 == text.size() && k >= 2) {
        ++padding;
        group <<= 6U;
        continue;
      }
      const auto value = kAlphabet.find(c);
      if (value == std::string_view::npos || padding != 0) return std::nullopt;
      group = group << 6U | static_cast<std::uint32_t>(value);
    }
    out += static_cast<char>(group >> 16U & 255U);
    if (padding < 2) out += static_cast<char>(group >> 8U & 255U);
    if (padding < 1) out += static_cast<char>(group & 255U);
  }
  return out;
}

Status JsonForm<bool>::read(const Json& json, bool& out, const Place& place) {
  if (!json.is_boolean()) return expected(place, "true or false", json);
  out = json.get<bool>();
  return Done{};
}

Status JsonForm<std::int64_t>::read(const Json& json, std::int64_t& out, const Place& place) {
  if (!json.is_number_integer()) return expected(place, "a whole number", json);
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
    return misplaced(place, "number out of range");
  out = json.get<std::int64_t>();
  return Done{};
}

Status JsonForm<std::string>::read(const Json& json, std::string& out, const Place& place) {
  if (!json.is_string()) return expected(place, "a string", json);
  out = json.get<std::string>();
  return Done{};
}

Json JsonForm<Bytes>::write(const Bytes& value) {
  if (is_valid_utf8(value.data)) return value.data;
  return {{"base64", base64_encode(value.data)}};
}

Status JsonForm<Bytes>::read(const Json& json, Bytes& out, const Place& place) {
  if (json.is_string()) {
    out.data = json.get<std::string>();
    return Done{};
  }
  const auto encoded = json.is_object() && json.size() == 1 ? json.find("base64") : json.end();
  if (!json.is_object() || encoded == json.end() || !encoded->is_string()) return expected(place, "text or {\"base64\": ...}", json);
  auto decoded = base64_decode(encoded->get_ref<const std::string&>());
  if (!decoded) return misplaced(place, "not base64");
  out.data = std::move(*decoded);
  return Done{};
}

Json JsonForm<Bytes>::schema(SchemaDefinitions&) {
  return {{"oneOf",
           {{{"type", "string"}},
            {{"type", "object"},
             {"properties", {{"base64", {{"type", "string"}}}}},
             {"required", {"base64"}},
             {"additionalProperties", false}}}}};
}

Status JsonForm<Time>::read(const Json& json, Time& out, const Place& place) {
  if (!json.is_string()) return expected(place, "a time like 2026-11-22T00:00:00Z", json);
  const auto time = parse_time(json.get_ref<const std::string&>());
  if (!time) return expected(place, "a time like 2026-11-22T00:00:00Z", json);
  out = *time;
  return Done{};
}

}  // namespace gokajo::platform
