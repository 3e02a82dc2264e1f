/// \file
/// The probe: this very program, started again to answer one question and end. What may hang or leak in foreign code (WMI's providers, the
/// update client, out-of-process COM) hangs or leaks there, in a job that is closed at the deadline with everything in it, below 300 MiB
/// and at idle priority. The question goes as its argument, the answer comes back as JSON over a pipe.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "platform/question.h"

namespace gokajo::platform {

/// Asks a child. Error{timed_out} when it did not answer in time: it is gone then. Two of these in a row for one question, and for a day
/// the answer is Error{timed_out} at once, saying so: a PC's hung service is not made worse by us. Thread-safe.
Result<Reply> ask_probe(const Question& question, std::chrono::milliseconds deadline);

/// The child's side: when `arguments` (of main, in UTF-8) are those of a probe, answers, and returns the exit code; nullopt for any other
/// start. To be called first of all in main.
std::optional<int> run_as_probe(const std::vector<std::string>& arguments);

/// For tests: what answers in the child instead of Windows. It is found by the child because a test program is started again as its own
/// probe.
using ProbeDouble = std::function<std::optional<Result<Reply>>(const Question&)>;
void set_probe_double(ProbeDouble answer);

/// For tests: forgets who timed out.
void forgive_probes();

}  // namespace gokajo::platform
