#include "collectors/units.h"

#include "collectors/parse/lines.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Tristate;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::Result, platform::RunHelper;

namespace {

constexpr std::size_t kMaxUnits = 256;
constexpr std::string_view kArguments = "argv[]=";

// "{ path=/usr/bin/x ; argv[]=/usr/bin/x --y ; ignore_errors=no ; ... }"
std::vector<std::string> command_of(std::string_view value) {
  const auto from = value.find(kArguments);
  if (from == std::string_view::npos) return {};
  value.remove_prefix(from + kArguments.size());
  return parse::words(value.substr(0, value.find(" ; ")));
}

}  // namespace

std::map<std::string, Unit> parse_units(std::string_view text) {
  std::map<std::string, Unit> found;
  std::string id;
  Unit unit;
  const auto close = [&] {
    if (!id.empty() && found.size() < kMaxUnits) found[id] = std::move(unit);
    id.clear();
    unit = {};
  };
  for (const auto line : parse::lines(text)) {
    const auto equals = line.find('=');
    if (line.empty()) close();
    if (equals == std::string_view::npos) continue;
    const auto name = line.substr(0, equals), value = line.substr(equals + 1);
    if (name == "Id")
      id = value;
    else if (name == "ActiveState")
      unit.active = value;
    else if (name == "UnitFileState")
      unit.file_state = value;
    else if (name == "ExecStart")
      if (auto command = command_of(value); !command.empty()) unit.commands.push_back(std::move(command));
  }
  close();
  return found;
}

Result<std::map<std::string, Unit>> ask_units(const Host& host, const std::vector<std::string>& names, const std::string& properties) {
  RunHelper question{.helper = "systemctl", .arguments = {"show", "--property=" + properties}};
  question.arguments.insert(question.arguments.end(), names.begin(), names.end());
  const auto shown = ask(host, question);
  if (!shown) return shown.error();
  if (shown->exit_code != 0) return Error{ErrorKind::failed, shown->err.data};
  return parse_units(shown->out.data);
}

Tristate runs(const Unit& unit) {
  if (unit.active.empty()) return Tristate::unknown;
  const bool comes_again = unit.file_state == "enabled" || unit.file_state == "static" || unit.file_state == "enabled-runtime";
  return unit.active == "active" && comes_again ? Tristate::yes : Tristate::no;
}

std::string told(const std::string& name, const Unit& unit) {
  return name + ": " + unit.active + ", " + (unit.file_state.empty() ? "-" : unit.file_state);
}

}  // namespace gokajo::collectors
