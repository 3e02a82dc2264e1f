/// \file
/// A batch of requests of which one makes the program throw: it alone is refused.
#pragma once

#include <exception>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "hub/http.h"

namespace gokajo::hub {

/// What `all` replies to the batch; where it throws, what it replies to each request by itself, and `threw` (with what was thrown) where it
/// throws again. `all` must leave nothing behind of what it did before it threw once `threw` was called.
inline std::vector<HttpReply> one_by_one_where_thrown(std::span<const HttpRequest> requests,
                                                      const std::function<std::vector<HttpReply>(std::span<const HttpRequest>)>& all,
                                                      const std::function<HttpReply(const std::string& what)>& threw) {
  try {
    return all(requests);
  } catch (const std::exception& problem) {
    auto refusal = threw(problem.what());
    if (requests.size() == 1) return {std::move(refusal)};
  }
  std::vector<HttpReply> replies;
  for (const auto& request : requests) {
    auto one = one_by_one_where_thrown({&request, 1}, all, threw);
    replies.push_back(std::move(one.front()));
  }
  return replies;
}

}  // namespace gokajo::hub
