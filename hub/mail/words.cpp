#include "hub/mail/words.h"

#include <algorithm>
#include <cassert>
#include <span>

#include "hub/mail/lines.h"
#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_mail_data();
}

namespace gokajo::hub {

using compliance::Text;
using platform::Json, platform::Place, platform::Result, platform::Status;

namespace {

constexpr const char* kFormat = "gokajo-mail-wording/1";
constexpr std::size_t kMaxBytes = 1U << 20U;

}  // namespace
}  // namespace gokajo::hub

namespace gokajo::platform {

// "do" and "short" are words of C++.
template <>
struct JsonForm<hub::Advice> {
  static Json write(const hub::Advice& advice) { return {{"saw", to_form(advice.saw)}, {"do", to_form(advice.do_)}}; }
  static Status read(const Json& json, hub::Advice& out, const Place& place) {
    std::map<std::string, compliance::Text> texts;
    if (auto status = read_form(json, texts, place); !status) return status;
    if (texts.size() != 2 || !texts.contains("saw") || !texts.contains("do")) return misplaced(place, "expected \"saw\" and \"do\"");
    out = {texts["saw"], texts["do"]};
    return Done{};
  }
};

template <>
struct JsonForm<hub::RuleWords> {
  static Json write(const hub::RuleWords& words) {
    return {
        {"short", to_form(words.short_)}, {"noun", to_form(words.noun)}, {"solved", to_form(words.solved)}, {"lost", to_form(words.lost)}};
  }
  static Status read(const Json& json, hub::RuleWords& out, const Place& place) {
    std::map<std::string, compliance::Text> texts;
    if (auto status = read_form(json, texts, place); !status) return status;
    if (texts.size() != 4 || !texts.contains("short") || !texts.contains("noun") || !texts.contains("solved") || !texts.contains("lost"))
      return misplaced(place, "expected short, noun, solved and lost");
    out = {texts["short"], texts["noun"], texts["solved"], texts["lost"]};
    return Done{};
  }
};

}  // namespace gokajo::platform

namespace gokajo::hub {
namespace {

MailWords read_built_in() {
  for (const auto& file : embedded::hub_mail_data())
    if (file.name == "wording.json")
      if (auto words = read_mail_words(file.text)) return std::move(*words);
  assert(false);  // a test reads the file; nothing else is compiled in
  return {};
}

}  // namespace

std::string without_marks(std::string sentence) {
  std::erase_if(sentence, [](char c) { return c == '|' || c == '\n'; });
  return sentence;
}

Result<MailWords> read_mail_words(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  const Place top{"mail wording"};
  if (!json->is_object() || json->value("format", Json()) != kFormat)
    return platform::misplaced(top.key("format"), std::string("expected \"") + kFormat + "\"");
  MailWords words;
  for (const auto& [key, member] : json->items()) {
    Status status = platform::Done{};
    if (key == "sentences")
      status = platform::read_form(member, words.sentences, top.key(key));
    else if (key == "rules")
      status = platform::read_form(member, words.rules, top.key(key));
    else if (key == "questions")
      status = platform::read_form(member, words.questions, top.key(key));
    else if (key == "advice")
      status = platform::read_form(member, words.advice, top.key(key));
    else if (key != "format")
      status = platform::misplaced(top.key(key), "unknown key");
    if (!status) return status.error();
  }
  return words;
}

const MailWords& mail_words() {
  static const MailWords words = read_built_in();
  return words;
}

const Advice& advice_for(std::string_view check, std::string_view situation, const std::vector<std::string>& systems) {
  const auto& all = mail_words().advice;
  for (const auto& [by_check, by_situation] :
       {std::pair{std::string(check), std::string(situation)}, {std::string(check), "*"}, {"*", "*"}}) {
    const auto one = all.find(by_check);
    if (one == all.end()) continue;
    const auto found = one->second.find(by_situation);
    if (found == one->second.end()) continue;
    for (const auto& system : systems)
      if (const auto fits = found->second.find(system); fits != found->second.end()) return fits->second;
    if (const auto fits = found->second.find("any"); fits != found->second.end()) return fits->second;
  }
  static const Advice none;
  return none;
}

std::string Teller::say(const Text& text, const Values& values) const {
  if (ja()) return filled(text.ja, values);
  std::string marked;
  for (const char c : text.en) marked += c == ' ' ? std::string(" |") : std::string(1, c);
  return filled(marked, values);
}

std::string Teller::say(const std::string& key, const Values& values) const {
  const auto found = mail_words().sentences.find(key);
  assert(found != mail_words().sentences.end());
  return found == mail_words().sentences.end() ? key : say(found->second, values);
}

std::string Teller::plain(const std::string& key, const Values& values) const { return without_marks(say(key, values)); }

std::string Teller::plain(const Text& text) const { return without_marks(say(text)); }

std::string Teller::rule_name(const std::string& rule) const {
  const auto found = mail_words().rules.find(rule);
  return found == mail_words().rules.end() ? rule : plain(found->second.short_);
}

}  // namespace gokajo::hub
