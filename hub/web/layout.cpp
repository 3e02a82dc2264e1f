#include "hub/web/layout.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

#include <nlohmann/json.hpp>

#include "compliance/wording.h"
#include "hub/web/done.h"
#include "hub/web/permission.h"
#include "platform/bytes.h"
#include "platform/embedded.h"

namespace gokajo::hub {

using compliance::Language, compliance::Text;
using kainjow::mustache::mustache;

namespace {

constexpr const char* kContentPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

std::string embedded_file(std::string_view name) {
  for (const auto& file : embedded::hub_web_files())
    if (file.name == name) return std::string(file.text);
  std::fprintf(stderr, "gokajo-hub: no file %.*s\n", static_cast<int>(name.size()), name.data());
  std::abort();
}

using Words = std::map<std::string, Text, std::less<>>;

Words read_words() {
  Words words;
  for (const auto& file : embedded::hub_web_files()) {
    if (!file.name.ends_with(".json")) continue;
    const auto json = platform::Json::parse(file.text);
    for (const auto& [key, text] : json.items())
      words.emplace(key, Text{text.at("ja").get<std::string>(), text.at("en").get<std::string>()});
  }
  return words;
}

const Words& words() {
  static const auto kWords = read_words();
  return kWords;
}

// Kept for good, since others hold on to them; not without end.
const std::string& unknown_word(std::string_view key) {
  constexpr std::size_t kMost = 200;
  static const std::string kOther = "?";
  static std::mutex mutex;
  static std::set<std::string, std::less<>> told;
  const std::lock_guard lock(mutex);
  if (const auto before = told.find(key); before != told.end()) return *before;
  if (told.size() >= kMost) return kOther;
  std::fprintf(stderr, "gokajo-hub: no sentence %s\n", platform::printable_utf8(key).c_str());
  return *told.emplace(platform::printable_utf8(key)).first;
}

}  // namespace

const std::string& page_word(std::string_view key, Language language) {
  const auto found = words().find(key);
  return found == words().end() ? unknown_word(key) : found->second.in(language);
}

bool has_page_word(std::string_view key) { return words().contains(key); }

std::string shown(const std::string& from_outside) { return platform::printable_utf8(from_outside); }

std::string day_of(const Visit& visit, Time time) {
  compliance::Reader reader;
  if (visit.company) reader.offset_minutes = static_cast<int>(visit.company->offset_minutes);
  return compliance::render_day(time, visit.language, reader);
}

HttpReply show(const Visit& visit, std::string_view file, std::string_view title, PageData data, int status) {
  return show_named(visit, file, page_word(title, visit.language), std::move(data), status);
}

HttpReply show_named(const Visit& visit, std::string_view file, const std::string& name, PageData data, int status) {
  const auto language = visit.language;
  data.set("t", PageData{kainjow::mustache::lambda{
                    [language](const std::string& key) { return kainjow::mustache::html_escape(page_word(key, language)); }}});
  data.set("token", visit.token());
  data.set("language", visit.ja() ? "ja" : "en");
  if (visit.company) {
    data.set("base", "/c/" + visit.company->id);
    data.set("company", shown(visit.company->name));
    data.set("in_company", PageData::type::bool_true);
    if (visit.company->pack == "scs3") data.set("has_scs", PageData::type::bool_true);
    if (compliance::wants_inventory(visit.company->policy)) data.set("has_software", PageData::type::bool_true);
    if (visit.role && may(*visit.role, Need::manage)) data.set("manages", PageData::type::bool_true);
  }
  if (visit.person) {
    data.set("person", shown(visit.person->name));
    data.set("signed_in", PageData::type::bool_true);
    if (visit.person->runs_hub) data.set("runs_this_hub", PageData::type::bool_true);
    const bool several = visit.memberships.size() > 1 || visit.person->runs_hub;
    data.set(several ? "has_companies" : "has_one", several || !visit.memberships.empty());
  }
  if (status == 200 && visit.request.method == "GET" && is_done_word(visit.field("done")))
    data.set("was_done", page_word("done." + visit.field("done"), language));
  // What several places of a page share: {{>part_…}} is the file of that name.
  for (const auto& part : embedded::hub_web_files())
    if (part.name.starts_with("part_"))
      data.set(std::string(part.name.substr(0, part.name.find('.'))),
               PageData{kainjow::mustache::partial{[&part] { return std::string(part.text); }}});
  data.set("title", name);
  mustache content(embedded_file(file));
  data.set("content", content.render(data));
  mustache frame(embedded_file("frame.html"));
  return {status,
          {{"content-type", "text/html; charset=utf-8"},
           {"content-security-policy", kContentPolicy},
           {"referrer-policy", "same-origin"},
           {"cross-origin-opener-policy", "same-origin"}},
          frame.render(data)};
}

HttpReply message_page(const Visit& visit, int status, const std::string& what) {
  PageData data;
  data.set("sentence", page_word("message." + what, visit.language));
  return show(visit, "message.html", "message.title", data, status);
}

HttpReply see_other(const std::string& path) { return {303, {{"location", path}}, {}}; }

platform::Status record(const Visit& visit, const std::string& what, const std::string& subject, const std::string& before,
                        const std::string& after) {
  return visit.store().add_deed(
      {visit.company ? visit.company->id : "", visit.now, visit.person ? visit.person->name : "", what, subject, before, after});
}

}  // namespace gokajo::hub
