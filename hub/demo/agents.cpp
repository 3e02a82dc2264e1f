#include "hub/demo/agents.h"

#include "platform/bytes.h"
#include "protocol/body.h"
#include "protocol/enrolment.h"
#include "protocol/report.h"

namespace gokajo::hub::demo {

using platform::Days;

namespace {

constexpr Days kFullEvery{7};
const compliance::Policy kNoPolicy{compliance::kPolicyFormat, {}, {}, {}, {}};

}  // namespace

HttpRequest Agent::signed_request(const std::string& target, protocol::Position position, std::string body) const {
  HttpRequest request{"POST", target, {}, std::move(body), "127.0.0.1"};
  const auto signature = protocol::sign_request({"POST", target, id(), position, protocol::sha256_hex(request.body)}, key_);
  request.headers = {{"gokajo-device", id()},
                     {"gokajo-epoch", std::to_string(position.epoch)},
                     {"gokajo-seq", std::to_string(position.seq)},
                     {"gokajo-signature", signature ? *signature : ""}};
  return request;
}

HttpRequest Agent::enrolment(const std::string& code) const {
  const auto& raw = key_.public_key();
  const auto public_key = platform::base64_encode({reinterpret_cast<const char*>(raw.data()), raw.size()});
  return signed_request("/v1/enrol", {0, 0},
                        protocol::write_enrol({protocol::kEnrolFormat, code, public_key, plan_.label, plan_.host_name, GOKAJO_VERSION}));
}

HttpRequest Agent::report(const compliance::Pack& pack, Time at) {
  const auto evidence = evidence_of(on_day(plan_, at), known_, levels_);
  const auto judged = compliance::judge(evidence, pack, kNoPolicy, memory_, at);
  auto content = protocol::write_content({at, evidence, memory_, judged.findings});
  memory_ = compliance::remember(memory_, evidence, judged, at);
  protocol::Report report;
  report.device = id();
  report.position = {1, ++seq_};
  report.scanned_at = at;
  report.agent_version = GOKAJO_VERSION;
  report.pack = {pack.id, pack.version};
  const auto day = platform::local_day(at, platform::kJapanOffset);
  if (full_seq_ == 0 || day - full_on_ >= kFullEvery) {
    full_ = content;
    full_seq_ = seq_;
    full_on_ = day;
    report.content = std::move(content);
  } else {
    report.changes = protocol::Changes{full_seq_, protocol::content_sha256(content), protocol::changes_between(full_, content)};
  }
  auto request = signed_request("/v1/reports", report.position, protocol::compress(protocol::write_report(report)));
  request.headers["content-encoding"] = protocol::kZstd;
  return request;
}

}  // namespace gokajo::hub::demo
