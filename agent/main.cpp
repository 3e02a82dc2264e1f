#include "agent/command_line.h"

int main(int argc, char** argv) { return gokajo::agent::run_command_line(argc, argv); }
