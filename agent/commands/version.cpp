#include <cstdio>

#include "agent/commands/command.h"

namespace gokajo::agent {

void add_version_command(CLI::App& app, int& exit_code) {
  app.add_subcommand("version", "版を表示します / Print the version")->callback([&exit_code] {
    std::puts("gokajo " GOKAJO_VERSION);
    exit_code = 0;
  });
}

}  // namespace gokajo::agent
