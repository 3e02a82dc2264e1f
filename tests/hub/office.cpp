#include "tests/hub/office.h"

#include <fstream>
#include <sstream>

#include "agent/scan.h"
#include "platform/snapshot.h"
#include "protocol/report.h"

namespace gokajo::tests {

using namespace hub;
using platform::Json, platform::Time;
using protocol::Position;

Json content_of_pc(const std::string& name, Time scanned_at) {
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/snapshots/" + name + ".json", std::ios::binary).rdbuf();
  auto snapshot = platform::read_snapshot(text.str());
  REQUIRE_MESSAGE(snapshot, name);
  for (auto& [key, answer] : snapshot->answers) answer.observed_at = scanned_at;
  auto pack = compliance::built_in_pack("5kajo");
  REQUIRE(pack);
  const platform::SnapshotHost host(*snapshot);
  const auto scan = agent::scan(host, agent::ScanInput{std::move(*pack)}, scanned_at);
  REQUIRE(scan);
  return protocol::write_content({scanned_at, scan->evidence, {}, scan->judgement.findings});
}

HttpRequest Pc::request(const std::string& method, const std::string& target, Position position, std::string body) const {
  HttpRequest request{method, target, {}, std::move(body), address};
  const auto signature = protocol::sign_request({method, target, key.id(), position, protocol::sha256_hex(request.body)}, key);
  REQUIRE(signature);
  request.headers = {{"gokajo-device", key.id()},
                     {"gokajo-epoch", std::to_string(position.epoch)},
                     {"gokajo-seq", std::to_string(position.seq)},
                     {"gokajo-signature", *signature}};
  return request;
}

HttpRequest Pc::enrolment(const std::string& code, const std::string& label) const {
  const auto& raw = key.public_key();
  const auto base64 = platform::base64_encode({reinterpret_cast<const char*>(raw.data()), raw.size()});
  return request("POST", "/v1/enrol", {0, 0}, protocol::write_enrol({protocol::kEnrolFormat, code, base64, label, "pc01", "0.1.0"}));
}

HttpRequest Pc::report(Position position, Time scanned_at, const Json& content) const {
  protocol::Report report;
  report.device = id();
  report.position = position;
  report.scanned_at = scanned_at;
  report.agent_version = "0.1.0";
  report.pack = {"5kajo", "1"};
  report.content = content;
  return request("POST", "/v1/reports", position, protocol::write_report(report));
}

HttpRequest Pc::changes(Position position, Time scanned_at, std::int64_t since_seq, const Json& before, const Json& now) const {
  protocol::Report report;
  report.device = id();
  report.position = position;
  report.scanned_at = scanned_at;
  report.agent_version = "0.1.0";
  report.pack = {"5kajo", "1"};
  report.changes = protocol::Changes{since_seq, protocol::content_sha256(now), protocol::changes_between(before, now)};
  return request("POST", "/v1/reports", position, protocol::write_report(report));
}

Office::Office() {
  add_company("yamada");
  ingest = std::make_unique<Ingest>(*store, pepper);
}

void Office::add_company(const std::string& tenant) {
  Company company;
  company.id = tenant;
  company.name = tenant + " 工務店";
  company.created = at(0);
  REQUIRE(store->begin());
  REQUIRE(store->put_company(company));
  REQUIRE(store->commit());
}

std::string Office::code(CodeKind kind, std::int64_t uses, const std::string& tenant) {
  auto code = random_code();
  REQUIRE(store->begin());
  REQUIRE(store->add_code({tenant, 0, pepper.code(code), kind, uses, at(0), at(72 * 3600), std::nullopt}));
  REQUIRE(store->commit());
  return code;
}

void Office::enrol(const Pc& pc, CodeKind kind, const std::string& tenant) {
  const auto reply = send(pc.enrolment(code(kind, 1, tenant)));
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
}

protocol::Receipt Office::receipt(const HttpRequest& report, Time now) {
  const auto reply = send(report, now);
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  auto receipt = protocol::read_receipt(reply.body);
  REQUIRE(receipt);
  CHECK(receipt->body_sha256 == protocol::sha256_hex(report.body));
  CHECK(receipt->device == report.header("gokajo-device"));
  return std::move(*receipt);
}

compliance::Verdict Office::verdict(const Pc& pc, const std::string& rule, const std::string& tenant) {
  const auto rules = store->rules(tenant, pc.id());
  REQUIRE(rules);
  const auto found = rules->find(rule);
  return found == rules->end() ? compliance::Verdict::unknown : found->second;
}

Device Office::device(const Pc& pc) {
  auto device = store->device_by_id(pc.id());
  REQUIRE(device);
  return std::move(*device);
}

protocol::ProblemKind problem_of(const HttpReply& reply) {
  const auto problem = protocol::read_problem(reply.body);
  REQUIRE_MESSAGE(problem, reply.body);
  CHECK(reply.status >= 400);
  return problem->problem;
}

}  // namespace gokajo::tests
