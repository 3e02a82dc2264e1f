#include "hub/command_line.h"

int main(int argc, char** argv) { return gokajo::hub::run_command_line(argc, argv); }
