#include "protocol/problem.h"

namespace gokajo::protocol {

int status_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::refused:
      return 401;
    case ProblemKind::removed:
      return 403;
    case ProblemKind::not_found:
      return 404;
    case ProblemKind::number_used:
      return 409;
    case ProblemKind::too_large:
      return 413;
    case ProblemKind::newer:
      return 422;
    case ProblemKind::busy:
      return 503;
    case ProblemKind::malformed:
      return 400;
  }
  return 400;
}

std::string write_problem(const Problem& problem) { return platform::to_form(problem).dump() + "\n"; }

platform::Result<Problem> read_problem(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxProblemBytes);
  if (!json) return json.error();
  const platform::Place top{"problem"};
  Problem problem;
  if (auto status = platform::read_form(*json, problem, top); !status) return status.error();
  if (problem.format != kProblemFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kProblemFormat + "\"");
  return problem;
}

}  // namespace gokajo::protocol
