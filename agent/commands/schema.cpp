#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>

#include "agent/commands/command.h"
#include "compliance/evidence.h"

namespace gokajo::agent {

// Prints what docs/schema/ holds of the forms that are made from our own structs. Not in the help: for those who build Gokajo.
void add_schema_command(CLI::App& app, Session& session) {
  auto name = std::make_shared<std::string>();
  auto* command = app.add_subcommand("schema", "Print a JSON Schema made from the program's own types")->group("");
  command->add_option("NAME", *name, "evidence")->required()->check(CLI::IsMember({"evidence"}))->type_name("");
  command->callback([name, &session] {
    std::printf("%s\n", compliance::evidence_schema().dump(2).c_str());
    session.exit_code = 0;
  });
}

}  // namespace gokajo::agent
