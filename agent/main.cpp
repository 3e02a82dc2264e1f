#include "agent/command_line.h"
#include "platform/program.h"

int main(int argc, char** argv) {
  return gokajo::platform::run_program(argc, argv, {"Gokajo", {"run"}, &gokajo::agent::run_command_line, {"open"}});
}
