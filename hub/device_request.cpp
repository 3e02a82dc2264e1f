#include "hub/device_request.h"

#include "hub/body_hash.h"
#include "hub/secrets.h"
#include "platform/deb/version.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;
using protocol::ProblemKind;

namespace {

// "0", "42"; nothing that reads as a number in two ways.
std::optional<std::int64_t> number_of(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos || (text.size() > 1 && text[0] == '0'))
    return std::nullopt;
  return std::stoll(text);
}

// Whether a text that cannot be read is of a later form than this hub's: then it must be kept by whoever sent it.
bool is_newer(std::string_view text, std::size_t max_bytes, std::string_view format) {
  const auto json = platform::parse_json(text, max_bytes);
  if (!json || !json->is_object()) return false;
  const auto named = json->find("format");
  const auto version = json->find("agent_version");
  const auto family = format.substr(0, format.find('/') + 1);
  if (named != json->end() && named->is_string() && named->get_ref<const std::string&>().starts_with(family) &&
      number_of(named->get_ref<const std::string&>().substr(family.size())).value_or(0) >
          number_of(std::string(format.substr(family.size()))))
    return true;
  return version != json->end() && version->is_string() &&
         platform::deb::compare_versions(version->get_ref<const std::string&>(), GOKAJO_VERSION) > 0;
}

}  // namespace

std::optional<DeviceRequest> head_of(const HttpRequest& request) {
  const auto epoch = number_of(request.header("gokajo-epoch"));
  const auto seq = number_of(request.header("gokajo-seq"));
  if (!epoch || !seq) return std::nullopt;
  return DeviceRequest{{request.method, request.target, request.header("gokajo-device"), {*epoch, *seq}, {}},
                       request.header("gokajo-signature")};
}

bool is_genuine(DeviceRequest& signed_request, const HttpRequest& request, const protocol::PublicKey& key) {
  signed_request.head.body_sha256 = body_sha256_hex(request.body);
  return protocol::verify_request(signed_request.head, signed_request.signature, key).has_value();
}

HttpReply problem_reply(ProblemKind kind, const std::string& detail) {
  HttpReply reply{
      protocol::status_of(kind), {{"content-type", "application/json"}}, protocol::write_problem({protocol::kProblemFormat, kind, detail})};
  if (kind == ProblemKind::busy) {
    reply.status = 503;
    reply.headers["retry-after"] = std::to_string(60 + random_below(541));
  }
  return reply;
}

HttpReply refused() { return problem_reply(ProblemKind::refused, "this request was refused"); }

HttpReply troubled() { return problem_reply(ProblemKind::busy, "the hub cannot store anything at the moment"); }

HttpReply too_many(const char* what) {
  auto reply = problem_reply(ProblemKind::busy, what);
  reply.status = 429;
  return reply;
}

HttpReply json_reply(std::string body) { return {200, {{"content-type", "application/json"}}, std::move(body)}; }

bool is_success(const HttpReply& reply) { return reply.status >= 200 && reply.status < 300; }

HttpReply unreadable(const Error& error, std::string_view text, std::size_t max_bytes, std::string_view format) {
  if (error.kind == ErrorKind::too_large) return problem_reply(ProblemKind::too_large, error.detail);
  if (is_newer(text, max_bytes, format)) return problem_reply(ProblemKind::newer, error.detail);
  return problem_reply(ProblemKind::malformed, error.detail);
}

}  // namespace gokajo::hub
