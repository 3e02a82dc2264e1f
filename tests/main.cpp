#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "platform/program.h"

namespace {

int run_tests(int argc, char** argv) { return doctest::Context(argc, argv).run(); }

}  // namespace

// Started as every program of ours is: on Windows a test program is also its own probe (platform/windows/probe.h).
int main(int argc, char** argv) { return gokajo::platform::run_program(argc, argv, {"GokajoTest", {}, &run_tests}); }
