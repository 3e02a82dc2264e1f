#include "platform/json_form.h"

#include <set>

namespace gokajo::platform {
namespace {

constexpr int kMaxDepth = 64;

// Watches a parse: refuses deep nesting and duplicate keys, which nlohmann::json would accept silently.
class Guard {
 public:
  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kMaxDepth) problem_ = "nested deeper than " + std::to_string(kMaxDepth);
    if (event == Json::parse_event_t::object_start) keys_.emplace_back();
    if (event == Json::parse_event_t::object_end && !keys_.empty()) keys_.pop_back();
    if (event == Json::parse_event_t::key && !keys_.empty() && !keys_.back().insert(parsed.get<std::string>()).second)
      problem_ = "duplicate key \"" + printable_utf8(parsed.get<std::string>()) + "\"";
    return true;
  }
  const std::string& problem() const { return problem_; }

 private:
  std::vector<std::set<std::string>> keys_;
  std::string problem_;
};

// A recursive parser is only as safe as its input is shallow, so depth is looked at before it starts.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if ((c == '{' || c == '[') && ++depth > kMaxDepth) return true;
    if (c == '}' || c == ']') --depth;
  }
  return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t max_bytes) {
  if (text.size() > max_bytes)
    return Error{ErrorKind::too_large, "JSON of " + std::to_string(text.size()) + " bytes, at most " + std::to_string(max_bytes)};
  if (too_deep(text)) return Error{ErrorKind::malformed, "JSON nested deeper than " + std::to_string(kMaxDepth)};
  Guard guard;
  try {
    Json parsed = Json::parse(text, std::ref(guard));
    if (!guard.problem().empty()) return Error{ErrorKind::malformed, "JSON: " + guard.problem()};
    return parsed;
  } catch (const Json::exception& problem) {
    return Error{ErrorKind::malformed, printable_utf8(problem.what())};
  }
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
