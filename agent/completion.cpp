#include "agent/completion.h"

namespace gokajo::agent {
namespace {

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

// Between single quotes of any of the three shells; fish also knows \' and \\ there, so neither may stand in the text.
std::string quoted(std::string text) {
  std::erase_if(text, [](char c) { return c == '\'' || c == '\\'; });
  return "'" + text + "'";
}

std::string names_of(const std::vector<CommandShape>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const auto& command : commands) names.push_back(command.name);
  return joined(names);
}

std::string bash_words(Takes takes, const std::vector<std::string>& choices) {
  if (!choices.empty()) return "COMPREPLY=($(compgen -W " + quoted(joined(choices)) + " -- \"$word\"))";
  if (takes == Takes::directory) return "COMPREPLY=($(compgen -d -- \"$word\"))";
  return takes == Takes::file ? "COMPREPLY=($(compgen -f -- \"$word\"))" : "COMPREPLY=()";
}

std::string bash_command(const CommandShape& command) {
  std::string out = "    " + command.name + ")\n      case $previous in\n";
  std::vector<std::string> names;
  for (const auto& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.takes != Takes::nothing)
      out += "        " + joined(option.names, "|") + ") " + bash_words(option.takes, option.choices) + "; return ;;\n";
  }
  out += "      esac\n      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W " + quoted(joined(names)) + " -- \"$word\")); return; fi\n";
  if (!command.positionals.empty()) out += "      " + bash_words(command.positionals[0].takes, command.positionals[0].choices) + "\n";
  return out + "      ;;\n";
}

std::string bash(const std::vector<CommandShape>& commands) {
  std::string out =
      "# bash completion of gokajo: gokajo completion bash > /usr/share/bash-completion/completions/gokajo\n"
      "_gokajo() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  COMPREPLY=()\n"
      "  if (( COMP_CWORD == 1 )); then COMPREPLY=($(compgen -W " +
      quoted(names_of(commands) + " --help") + " -- \"$word\")); return; fi\n  case ${COMP_WORDS[1]} in\n";
  for (const auto& command : commands) out += bash_command(command);
  return out + "  esac\n}\ncomplete -F _gokajo gokajo\n";
}

std::string zsh_action(const std::string& name, Takes takes, const std::vector<std::string>& choices) {
  const std::string out = ":" + (name.empty() ? "value" : name) + ":";
  if (!choices.empty()) return out + "(" + joined(choices) + ")";
  return out + (takes == Takes::file ? "_files" : takes == Takes::directory ? "_files -/" : "");
}

// Brackets and colons end an explanation in _arguments.
std::string zsh_text(std::string text) {
  for (auto& c : text)
    if (c == '[' || c == ']' || c == ':') c = ' ';
  return text;
}

std::string zsh(const std::vector<CommandShape>& commands) {
  std::string out =
      "#compdef gokajo\n# zsh completion of gokajo: gokajo completion zsh > a folder of $fpath, as _gokajo\n_gokajo() {\n  local -a "
      "commands=(\n";
  for (const auto& command : commands) out += "    " + quoted(command.name + ":" + command.description) + "\n";
  out +=
      "  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n  local chosen=$words[2]\n  shift words\n  (( CURRENT-- "
      "))\n  case $chosen in\n";
  for (const auto& command : commands) {
    out += "    " + command.name + ") _arguments";
    for (const auto& option : command.options)
      for (const auto& name : option.names)
        out += " " + quoted(name + "[" + zsh_text(option.description) + "]" +
                            (option.takes == Takes::nothing ? "" : zsh_action(option.value_name, option.takes, option.choices)));
    for (std::size_t i = 0; i < command.positionals.size(); ++i) {
      const auto& positional = command.positionals[i];
      out += " " + quoted(std::to_string(i + 1) + (positional.required ? "" : ":") +
                          zsh_action(positional.name, positional.takes, positional.choices));
    }
    out += " ;;\n";
  }
  return out + "  esac\n}\nif [[ $funcstack[1] == _gokajo ]]; then _gokajo \"$@\"; else compdef _gokajo gokajo; fi\n";
}

std::string fish(const std::vector<CommandShape>& commands) {
  std::string out = "# fish completion of gokajo: gokajo completion fish > ~/.config/fish/completions/gokajo.fish\ncomplete -c gokajo -f\n";
  for (const auto& command : commands) {
    out += "complete -c gokajo -n __fish_use_subcommand -a " + quoted(command.name) + " -d " + quoted(command.description) + "\n";
    const std::string within = "complete -c gokajo -n " + quoted("__fish_seen_subcommand_from " + command.name);
    for (const auto& option : command.options) {
      out += within;
      for (const auto& name : option.names) out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (option.takes != Takes::nothing) out += option.takes == Takes::text ? " -x" : " -r -F";
      if (!option.choices.empty()) out += " -a " + quoted(joined(option.choices));
      out += " -d " + quoted(option.description) + "\n";
    }
    if (command.positionals.empty()) continue;
    const auto& first = command.positionals[0];
    if (first.takes == Takes::file)
      out += within + " -F\n";
    else if (!first.choices.empty())
      out += within + " -a " + quoted(joined(first.choices)) + "\n";
  }
  return out;
}

}  // namespace

std::optional<std::string> completion_script(std::string_view shell, const std::vector<CommandShape>& commands) {
  if (shell == "bash") return bash(commands);
  if (shell == "zsh") return zsh(commands);
  if (shell == "fish") return fish(commands);
  return std::nullopt;
}

}  // namespace gokajo::agent
