#include "platform/json_form.h"

#include <algorithm>
#include <charconv>

#include "platform/form_text.h"
#include "platform/plain_json.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxDepth = 64;

// The parser repeats what it read last, which may be a code or a key; the place is enough.
std::string without_contents(const std::string& what) { return what.substr(0, what.find("; last read: ")); }

// Builds the value while a parser reads. nlohmann's does not recurse; its own builder would accept duplicate keys and any depth,
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
  if (Builder quick; PlainJson(text, quick).read()) return std::move(quick.root);
  // nlohmann's lexer takes a zero byte for the end of the text, and would accept whatever follows.
  if (const auto zero = text.find('\0'); zero != std::string_view::npos)
    return Error{ErrorKind::malformed, "JSON: a zero byte, at " + std::to_string(zero)};
  Builder builder;
  if (!Json::sax_parse(text, &builder)) return Error{ErrorKind::malformed, std::move(builder.problem)};
  return std::move(builder.root);
}

namespace {

void put_text(std::string& out, const std::string& text) {
  out += '"';
  std::size_t from = 0;  // of what is not written yet
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<std::uint8_t>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, at - from);
    from = at + 1;
    static constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t", kEscapes = "\"\\bfnrt", kHex = "0123456789abcdef";
    out += '\\';
    if (const auto which = kEscaped.find(text[at]); which != std::string_view::npos) {
      out += kEscapes[which];
    } else {
      out.append("u00") += kHex[c >> 4U];
      out += kHex[c & 15U];
    }
  }
  out.append(text, from) += '"';
}

template <class Number>
void put_number(std::string& out, Number number) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// False: a text that is no UTF-8.
bool put(std::string& out, const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: {
      char before = '{';
      for (const auto& [key, member] : members(json)) {
        if (!is_valid_utf8(key)) return false;
        out += std::exchange(before, ',');
        put_text(out, key);
        out += ':';
        if (!put(out, member)) return false;
      }
      out += before == '{' ? "{}" : "}";
      return true;
    }
    case Json::value_t::array: {
      char before = '[';
      for (const auto& element : json.get_ref<const Json::array_t&>()) {
        out += std::exchange(before, ',');
        if (!put(out, element)) return false;
      }
      out += before == '[' ? "[]" : "]";
      return true;
    }
    case Json::value_t::string: {
      const auto& text = json.get_ref<const std::string&>();
      put_text(out, text);
      return is_valid_utf8(text);
    }
    case Json::value_t::boolean:
      out += json.get<bool>() ? "true" : "false";
      return true;
    case Json::value_t::number_integer:
      put_number(out, json.get<std::int64_t>());
      return true;
    case Json::value_t::number_unsigned:
      put_number(out, json.get<std::uint64_t>());
      return true;
    default:
      out += json.dump();
      return true;
  }
}

}  // namespace

void append_text(std::string& out, const std::string& value) { put_text(out, printable_utf8(value)); }

std::string to_text(const Json& json) {
  std::string out;
  return put(out, json) ? out : json.dump();  // which says what is wrong in its own way
}

Error expected(const Place& place, std::string_view what, const Json& found) {
  return misplaced(place, "expected " + std::string(what) + ", found " +
                              (found.is_null() ? "null" : "a value of type " + std::string(found.type_name())));
}

Error misplaced(const Place& place, std::string_view problem) {
  const auto path = place.path();
  return {ErrorKind::malformed, (path.empty() ? "top level" : path) + ": " + std::string(problem)};
}

std::string Place::path() const {
  if (!in_) return text_;
  auto path = in_->path();
  if (index_ != kNoIndex) return path.append("[").append(std::to_string(index_)).append("]");
  if (!path.empty()) path += '.';
  return path.append(name_);
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
  out = json.get_ref<const std::string&>();
  return Done{};
}

Json JsonForm<Bytes>::write(const Bytes& value) {
  if (is_valid_utf8(value.data)) return value.data;
  return {{"base64", base64_encode(value.data)}};
}

Status JsonForm<Bytes>::read(const Json& json, Bytes& out, const Place& place) {
  if (json.is_string()) {
    out.data = json.get_ref<const std::string&>();
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

namespace detail {

Json write_members(std::span<const MemberForm> forms, const void* const* values) {
  Json out = Json::object();
  for (std::size_t i = 0; i < forms.size(); ++i)
    if (const auto& form = *forms[i].form; !form.there || form.there(values[i])) out[std::string(forms[i].name)] = form.write(values[i]);
  return out;
}

Status read_members(const Json& json, std::span<const MemberForm> forms, void* const* out, const Place& place) {
  if (!json.is_object()) return expected(place, "an object", json);
  const auto& there = members(json);
  std::size_t known = 0;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const auto& [name, form] = forms[i];
    if (const auto found = there.find(name); found != there.end()) {
      ++known;
      if (auto status = form->read(found->second, out[i], place.key(name)); !status) return status;
    } else if (form->clear) {
      form->clear(out[i]);
    } else {
      return misplaced(place.key(name), "missing");
    }
  }
  if (known == there.size()) return Done{};
  for (const auto& [name, value] : there)
    if (std::none_of(forms.begin(), forms.end(), [&](const MemberForm& form) { return form.name == name; }))
      return misplaced(place.key(name), "unknown key");
  return Done{};
}

Json write_name(std::span<const NameForm> names, std::int64_t value) {
  for (const auto& one : names)
    if (one.value == value) return std::string(one.name);
  return {};
}

Status read_name(const Json& json, std::span<const NameForm> names, std::int64_t& out, const Place& place) {
  if (!json.is_string()) return expected(place, "a name", json);
  const auto& text = json.get_ref<const std::string&>();
  for (const auto& one : names)
    if (one.name == text) {
      out = one.value;
      return Done{};
    }
  return misplaced(place, "unknown name \"" + printable_utf8(text) + "\"");
}

Status read_elements(const Json& json, void* out, void* (*add)(void* out), const Form& form, const Place& place) {
  if (!json.is_array()) return expected(place, "an array", json);
  for (std::size_t i = 0; i < json.size(); ++i)
    if (auto status = form.read(json[i], add(out), place.index(i)); !status) return status;
  return Done{};
}

Status read_values(const Json& json, void* out, void* (*add)(void* out, const std::string& name), const Form& form, const Place& place) {
  if (!json.is_object()) return expected(place, "an object", json);
  for (const auto& [name, member] : members(json))
    if (auto status = form.read(member, add(out, name), place.key(name)); !status) return status;
  return Done{};
}

Json names_schema(std::span<const NameForm> names) {
  Json list = Json::array();
  for (const auto& one : names) list.push_back(std::string(one.name));
  return {{"enum", std::move(list)}};
}

Json array_schema(Json elements) { return {{"type", "array"}, {"items", std::move(elements)}}; }

Json map_schema(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

Json object_schema(std::vector<std::pair<std::string, Json>> properties, const std::vector<bool>& required) {
  Json all = Json::object();
  Json must = Json::array();
  for (std::size_t i = 0; i < properties.size(); ++i) {
    if (required[i]) must.push_back(properties[i].first);
    all[properties[i].first] = std::move(properties[i].second);
  }
  return {{"type", "object"}, {"properties", std::move(all)}, {"required", std::move(must)}, {"additionalProperties", false}};
}

}  // namespace detail

}  // namespace gokajo::platform
