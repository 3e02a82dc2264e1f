/// \file
/// Why a hub did not take a request, for a program to act on and an administrator to read. Form: docs/schema/problem.schema.json.
#pragma once

#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::protocol {

inline constexpr const char* kProblemFormat = "gokajo-problem/1";
inline constexpr std::size_t kMaxProblemBytes = 16U << 10U;

/// refused: not this device's signature, or a device or code the hub does not know (401). removed: this device was taken out of the hub
/// (403). number_used: this number stands for other bytes already; the device must get a new epoch (409). malformed (400), too_large (413),
/// newer: of a newer form than this hub reads (422); none of these three becomes better by sending again. busy: later (429, 503).
enum class ProblemKind { refused, removed, number_used, malformed, too_large, newer, busy, not_found };
BOOST_DESCRIBE_ENUM(ProblemKind, refused, removed, number_used, malformed, too_large, newer, busy, not_found)

/// `detail` is English, for logs; it repeats no secret and nothing of other devices.
struct Problem {
  std::string format = kProblemFormat;
  ProblemKind problem = ProblemKind::refused;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (format, problem, detail))

/// The HTTP status that goes with it.
int status_of(ProblemKind kind);

std::string write_problem(const Problem& problem);
platform::Result<Problem> read_problem(std::string_view text);

}  // namespace gokajo::protocol
