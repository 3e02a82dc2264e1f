#include "agent/command_shapes.h"

#include <algorithm>

#include "compliance/briefing.h"
#include "compliance/check.h"
#include "compliance/pack.h"

namespace gokajo::agent {
namespace {

// CLI11 keeps the members of an IsMember check only in the type's text: "FORM:{text,json}".
std::vector<std::string> members_in(const std::string& type) {
  std::vector<std::string> members;
  const auto open = type.find('{');
  const auto close = type.find('}', std::min(open, type.size()));
  if (open == std::string::npos || close == std::string::npos) return members;
  for (std::size_t from = open + 1; from <= close;) {
    const auto comma = std::min(type.find(',', from), close);
    members.push_back(type.substr(from, comma - from));
    from = comma + 1;
  }
  return members;
}

std::vector<std::string> known_words(const std::string& name) {
  std::vector<std::string> words;
  if (name == "CHECK")
    for (const auto* check : compliance::all_checks()) words.emplace_back(check->id);
  if (name == "PACK") words = compliance::built_in_pack_ids();
  if (name == "BRIEFING")
    for (const auto& briefing : compliance::built_in_briefings()) words.push_back(briefing.id);
  if (name == "QUESTION")
    for (const auto& id : compliance::built_in_pack_ids())
      if (const auto pack = compliance::built_in_pack(id))
        for (const auto& question : pack->questions)
          if (std::find(words.begin(), words.end(), question.id) == words.end()) words.push_back(question.id);
  return words;
}

Takes kind_of(const std::string& name) { return name == "FILE" ? Takes::file : name == "DIR" ? Takes::directory : Takes::text; }

std::vector<std::string> choices_for(const std::string& type, const std::string& name) {
  auto choices = members_in(type);
  return choices.empty() ? known_words(name) : choices;
}

OptionShape option_shape(const CLI::Option& option) {
  OptionShape shape;
  for (const auto& name : option.get_lnames()) shape.names.push_back("--" + name);
  for (const auto& name : option.get_snames()) shape.names.push_back("-" + name);
  shape.description = option.get_description();
  if (option.get_items_expected_max() == 0) return shape;
  const std::string type = option.get_type_name();
  shape.value_name = type.substr(0, type.find(':'));
  shape.takes = kind_of(shape.value_name);
  shape.choices = choices_for(type, shape.value_name);
  return shape;
}

CommandShape command_shape(const CLI::App& command) {
  CommandShape shape{command.get_name(), command.get_description(), {}, {}};
  for (const auto* option : command.get_options()) {
    if (option->get_group().empty()) continue;
    if (!option->get_positional()) {
      shape.options.push_back(option_shape(*option));
      continue;
    }
    const std::string name = option->get_single_name();
    shape.positionals.push_back(
        {name, option->get_description(), option->get_required(), kind_of(name), choices_for(option->get_type_name(), name)});
  }
  return shape;
}

}  // namespace

std::vector<CommandShape> command_shapes(const CLI::App& app) {
  std::vector<CommandShape> shapes;
  for (const auto* command : app.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); }))
    shapes.push_back(command_shape(*command));
  return shapes;
}

}  // namespace gokajo::agent
