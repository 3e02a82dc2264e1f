#include "agent/hub_request.h"

#include "protocol/body.h"

namespace gokajo::agent {

platform::Result<HttpRequest> hub_request(const protocol::DeviceKey& key, protocol::Position position, const std::string& method,
                                          const std::string& path, std::string body) {
  const protocol::RequestHead head{method, path, key.id(), position, protocol::sha256_hex(body)};
  const auto signature = protocol::sign_request(head, key);
  if (!signature) return signature.error();
  HttpRequest request{.method = method, .path = path, .headers = {}, .body = std::move(body)};
  request.headers = {"Gokajo-Device: " + head.device, "Gokajo-Epoch: " + std::to_string(position.epoch),
                     "Gokajo-Seq: " + std::to_string(position.seq), "Gokajo-Signature: " + *signature};
  if (!request.body.empty()) request.headers.emplace_back("Content-Type: application/json");
  if (protocol::is_compressed(request.body)) request.headers.emplace_back(std::string("Content-Encoding: ") + protocol::kZstd);
  return request;
}

std::optional<protocol::Problem> problem_of(const HttpReply& reply) {
  auto problem = protocol::read_problem(reply.body);
  if (!problem) return std::nullopt;
  const bool busy = problem->problem == protocol::ProblemKind::busy && reply.status == 429;
  if (!busy && protocol::status_of(problem->problem) != reply.status) return std::nullopt;
  return std::move(*problem);
}

}  // namespace gokajo::agent
