#include "platform/program.h"

namespace gokajo::platform {

int run_program(int argc, char** argv, const Program& program) { return program.run(argc, argv); }

}  // namespace gokajo::platform
