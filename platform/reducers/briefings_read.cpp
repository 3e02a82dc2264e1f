/// \file
/// A person's own briefings.json, which that person can write: strictly of its documented form, or an Error. Only ids, times and counts
/// pass.
#include <algorithm>

#include "platform/json_form.h"
#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::size_t kMaxBytes = 64 << 10;
constexpr std::size_t kMaxEntries = 500;

bool is_id(const Json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return !text.empty() && text.size() <= 80 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

Result<std::string> briefings_read(std::string_view bytes) {
  auto json = parse_json(bytes, kMaxBytes);
  if (!json) return json.error();
  const auto wrong = [](const char* what) { return Error{ErrorKind::malformed, std::string("briefings.json: ") + what}; };
  if (!json->is_object() || !json->contains("format") || (*json)["format"] != "gokajo-briefings-read/1") return wrong("another format");
  const auto read = json->find("read");
  if (read == json->end() || !read->is_array() || read->size() > kMaxEntries) return wrong("expected a list \"read\"");
  Json kept = Json::array();
  for (const auto& entry : *read) {
    if (!entry.is_object() || !entry.contains("id") || !is_id(entry["id"])) return wrong("expected an id");
    Time at{};
    if (!entry.contains("understood_at") || !read_form(entry["understood_at"], at, Place{"understood_at"}))
      return wrong("expected understood_at");
    if (!entry.contains("answers_right") || !entry["answers_right"].is_number_integer()) return wrong("expected answers_right");
    kept.push_back({{"id", entry["id"]}, {"understood_at", format_time(at)}, {"answers_right", entry["answers_right"]}});
  }
  return Json{{"format", "gokajo-briefings-read/1"}, {"read", std::move(kept)}}.dump();
}

}  // namespace gokajo::platform::reducers
