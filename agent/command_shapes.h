/// \file
/// The command tree as plain values: what the man page and the shell completions are made from.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace gokajo::agent {

enum class Takes { nothing, text, file, directory };

/// `names`: "--lang", "-h". `choices`: the words allowed or known, empty where anything may stand.
struct OptionShape {
  std::vector<std::string> names;
  std::string description;
  Takes takes = Takes::nothing;
  std::string value_name;
  std::vector<std::string> choices;
};

struct PositionalShape {
  std::string name;
  std::string description;
  bool required = false;
  Takes takes = Takes::text;
  std::vector<std::string> choices;
};

struct CommandShape {
  std::string name;
  std::string description;
  std::vector<OptionShape> options;
  std::vector<PositionalShape> positionals;
};

/// Every command that the help shows, in its order. Words known for CHECK, QUESTION, BRIEFING and PACK are those compiled in.
std::vector<CommandShape> command_shapes(const CLI::App& app);

}  // namespace gokajo::agent
