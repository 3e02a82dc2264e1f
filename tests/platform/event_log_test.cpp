#include "platform/event_log.h"

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

namespace {

struct Message {
  std::string severity;
  std::map<std::string, std::string> text;  // by language
};

std::map<unsigned, Message> messages() {
  std::ifstream file("platform/windows/resources/messages.mc");
  std::map<unsigned, Message> all;
  unsigned id = 0;
  std::string language;
  for (std::string line; std::getline(file, line);) {
    std::smatch found;
    if (std::regex_match(line, found, std::regex("MessageId=(\\d+)")))
      id = static_cast<unsigned>(std::stoul(found[1]));
    else if (std::regex_match(line, found, std::regex("Severity=(\\w+)")))
      all[id].severity = found[1];
    else if (std::regex_match(line, found, std::regex("Language=(\\w+)")))
      language = found[1];
    else if (line == ".")
      language.clear();
    else if (!language.empty())
      all[id].text[language] += line;
  }
  return all;
}

}  // namespace

TEST_CASE("each event has its message in both languages, with the same inserts and the severity of its number") {
  const std::map<unsigned, std::pair<Event, int>> events = {
      {1, {Event::started, 1}},      {2, {Event::stopped, 0}},          {3, {Event::folder_set_aside, 2}}, {4, {Event::access_mended, 1}},
      {5, {Event::access_loose, 1}}, {6, {Event::acl_unverifiable, 1}}, {7, {Event::not_started, 1}},      {10, {Event::note, 1}}};
  const std::map<std::string, unsigned> severities = {{"Informational", 1}, {"Warning", 2}, {"Error", 3}};
  const auto all = messages();
  CHECK(all.size() == events.size());
  for (const auto& [id, event] : events) {
    CAPTURE(id);
    REQUIRE(all.contains(id));
    const auto& message = all.at(id);
    REQUIRE(severities.contains(message.severity));
    CHECK(static_cast<std::uint32_t>(event.first) == ((severities.at(message.severity) << 30U) | id));
    for (const char* language : {"Japanese", "English"}) {
      CAPTURE(language);
      REQUIRE(message.text.contains(language));
      for (int insert = 1; insert <= 3; ++insert)
        CHECK((message.text.at(language).find("%" + std::to_string(insert)) != std::string::npos) == (insert <= event.second));
    }
  }
}

TEST_CASE("no account and no mail address goes into the Event Log, which every user may read") {
  CHECK(event_insert("owner S-1-5-21-1004336348-1177238915-682003330-1001 may change it") == "owner S-1-5-21-… may change it");
  CHECK(event_insert("S-1-5-21-1-2-3-500, S-1-5-21-4-5-6-501") == "S-1-5-21-…, S-1-5-21-…");
  CHECK(event_insert("S-1-5-18 and S-1-5-32-545") == "S-1-5-18 and S-1-5-32-545");
  CHECK(event_insert("550 <tanaka@office.example>: no such user (taro.t@x.example)") == "550 <…@…>: no such user (…@…)");
  CHECK(event_insert("@") == "…@…");
  CHECK(event_insert("C:\\ProgramData\\Gokajo\\memory.json") == "C:\\ProgramData\\Gokajo\\memory.json");
  const auto cut = event_insert(std::string(1999, 'a') + "表能");
  CHECK(cut == std::string(1999, 'a'));
}

}  // namespace gokajo::tests
