#include "collectors/parse/pam.h"

#include <algorithm>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

using Kind = PamAction::Kind;

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> found;
  std::size_t at = 0;
  while ((at = line.find_first_not_of(" \t", at)) != std::string_view::npos) {
    std::string word;
    if (line[at] == '[') {
      // "\]" is a bracket inside the brackets; the outer ones go.
      for (++at; at < line.size() && line[at] != ']'; ++at) {
        if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == ']') ++at;
        word += line[at];
      }
      at = std::min(at + 1, line.size());
      if (found.size() == 1) word.insert(0, 1, '[');  // the control field: brackets make the difference there
    } else {
      const auto end = std::min(line.find_first_of(" \t", at), line.size());
      word = line.substr(at, end - at);
      at = end;
    }
    found.push_back(std::move(word));
  }
  return found;
}

PamAction action_of(const std::string& word) {
  static const std::map<std::string, Kind, std::less<>> kWords = {{"ignore", Kind::ignore}, {"bad", Kind::bad},   {"die", Kind::die},
                                                                  {"ok", Kind::ok},         {"done", Kind::done}, {"reset", Kind::reset}};
  const auto found = kWords.find(lower(word));
  if (found != kWords.end()) return {found->second, 0};
  const auto jump = number(word);
  if (jump && *jump > 0) return {Kind::jump, *jump};
  return {};
}

bool read_control(std::string_view word, PamControl& control) {
  if (word.starts_with('[')) {
    // Blanks around "=" are allowed: [ success = ok default=die ].
    std::string spread;
    for (const char c : word.substr(1)) c == '=' ? spread += " = " : spread += c;
    const auto parts = words(spread);
    if (parts.empty() || parts.size() % 3 != 0) return false;
    for (std::size_t i = 0; i < parts.size(); i += 3) {
      if (parts[i + 1] != "=") return false;
      control.actions.insert_or_assign(lower(parts[i]), action_of(parts[i + 2]));
    }
    return true;
  }
  const PamAction ok{Kind::ok, 0}, ignore{Kind::ignore, 0}, bad{Kind::bad, 0}, die{Kind::die, 0}, done{Kind::done, 0};
  const auto name = lower(word);
  if (name == "required")
    control.actions = {{"success", ok}, {"new_authtok_reqd", ok}, {"ignore", ignore}, {"default", bad}};
  else if (name == "requisite")
    control.actions = {{"success", ok}, {"new_authtok_reqd", ok}, {"ignore", ignore}, {"default", die}};
  else if (name == "optional")
    control.actions = {{"success", ok}, {"new_authtok_reqd", ok}, {"default", ignore}};
  else if (name == "sufficient")
    control.actions = {{"success", done}, {"new_authtok_reqd", done}, {"default", ignore}};
  else
    return false;
  return true;
}

PamLine line_of(std::vector<std::string> word) {
  PamLine line;
  if (lower(word[0]) == "@include") {
    line.kind = word.size() > 1 ? PamLine::Kind::everything : PamLine::Kind::must_fail;
    if (word.size() > 1) line.module = word[1];
    return line;
  }
  line.type = lower(word[0].starts_with('-') ? word[0].substr(1) : word[0]);
  if (word.size() < 3) {
    line.kind = PamLine::Kind::must_fail;
    return line;
  }
  const auto control = lower(word[1]);
  if (control == "include" || control == "substack") {
    line.kind = control == "include" ? PamLine::Kind::include : PamLine::Kind::substack;
    line.module = word[2];
    return line;
  }
  if (!read_control(word[1], line.control)) line.kind = PamLine::Kind::must_fail;
  line.module = word[2].substr(word[2].rfind('/') + 1);
  line.arguments.assign(std::make_move_iterator(word.begin() + 3), std::make_move_iterator(word.end()));
  return line;
}

}  // namespace

PamAction PamControl::action(std::string_view returned) const {
  auto found = actions.find(returned);
  if (found == actions.end()) found = actions.find("default");
  return found == actions.end() ? PamAction{} : found->second;
}

std::vector<PamLine> parse_pam(std::string_view text) {
  std::vector<PamLine> found;
  std::int64_t at = 0;
  for (const auto raw : lines(text)) {
    ++at;
    auto word = words_of(raw);
    if (word.empty()) continue;
    auto line = line_of(std::move(word));
    line.line = at;
    found.push_back(std::move(line));
  }
  return found;
}

bool pam_has(const PamLine& line, std::string_view word) {
  return std::find(line.arguments.begin(), line.arguments.end(), word) != line.arguments.end();
}

std::string pam_value(const PamLine& line, std::string_view name, std::string_view otherwise) {
  std::string value(otherwise);
  for (const auto& argument : line.arguments)
    if (argument.size() > name.size() && argument.starts_with(name) && argument[name.size()] == '=')
      value = argument.substr(name.size() + 1);
  return value;
}

}  // namespace gokajo::collectors::parse
