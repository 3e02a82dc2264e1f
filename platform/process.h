/// \file
/// Runs one helper program: absolute path, fixed arguments, no shell, own process group, environment given whole, stdin empty, both pipes
/// drained, deadline, output cap. What is left of it at the deadline (children that changed their session included) is killed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/result.h"

namespace gokajo::platform {

struct ProcessRequest {
  std::string program;                   ///< absolute path
  std::vector<std::string> arguments;    ///< without argv[0]
  std::vector<std::string> environment;  ///< "NAME=value", complete
  std::chrono::milliseconds deadline{20000};
  std::size_t max_output = 4U << 20U;  ///< of stdout; more ends the program with too_large
  std::optional<std::int64_t> as_uid;  ///< run with this user's rights (needs root)
};

struct ProcessOutput {
  int exit_code = 0;
  std::string out;
  std::string err;  ///< the first 4 KiB
};

/// Blocks at most deadline + 2 s. Errors: not_found (no such program), denied (not executable, or as_uid refused), timed_out,
/// too_large, failed (killed by a signal; detail names it). Thread-safe.
Result<ProcessOutput> run_process(const ProcessRequest& request);

}  // namespace gokajo::platform
