#include "hub/command_line.h"
#include "platform/program.h"

int main(int argc, char** argv) {
  return gokajo::platform::run_program(argc, argv, {"GokajoHub", {"serve"}, &gokajo::hub::run_command_line});
}
