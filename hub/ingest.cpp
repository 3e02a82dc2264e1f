#include "hub/ingest.h"

#include <algorithm>

#include "platform/deb/version.h"
#include "platform/json_form.h"
#include "protocol/body.h"
#include "protocol/content.h"
#include "protocol/enrolment.h"
#include "protocol/receipt.h"
#include "protocol/report.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Json, platform::Result, platform::Status;
using protocol::Position, protocol::ProblemKind;

struct Applicant {
  protocol::Enrol enrol;
  protocol::PublicKey key;
  std::string id;
  std::optional<Device> known;
};

namespace {

constexpr const char* kReports = "/v1/reports";
constexpr const char* kEnrol = "/v1/enrol";
constexpr const char* kSettings = "/v1/settings";
constexpr const char* kUnenrol = "/v1/unenrol";
constexpr std::chrono::hours kScanWantedFor{24};

HttpReply refused() { return problem_reply(ProblemKind::refused, "this request was refused"); }

// The store's own trouble: nothing is wrong with the request, and it may come again.
HttpReply troubled() { return problem_reply(ProblemKind::busy, "the hub cannot store anything at the moment"); }

HttpReply too_many(const char* what) {
  auto reply = problem_reply(ProblemKind::busy, what);
  reply.status = 429;
  return reply;
}

TokenBuckets::Now clock_of(Time now) { return std::chrono::duration_cast<TokenBuckets::Now>(now.time_since_epoch()); }

HttpReply json_reply(std::string body) { return {200, {{"content-type", "application/json"}}, std::move(body)}; }

// "0", "42"; nothing that reads as a number in two ways.
std::optional<std::int64_t> number_of(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos || (text.size() > 1 && text[0] == '0'))
    return std::nullopt;
  return std::stoll(text);
}

struct Head {
  protocol::RequestHead signed_head;
  std::string signature;
};

std::optional<Head> head_of(const HttpRequest& request) {
  const auto epoch = number_of(request.header("gokajo-epoch"));
  const auto seq = number_of(request.header("gokajo-seq"));
  if (!epoch || !seq) return std::nullopt;
  return Head{{request.method, request.target, request.header("gokajo-device"), {*epoch, *seq}, protocol::sha256_hex(request.body)},
              request.header("gokajo-signature")};
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

HttpReply unreadable(const Error& error, std::string_view text, std::size_t max_bytes, std::string_view format) {
  if (error.kind == ErrorKind::too_large) return problem_reply(ProblemKind::too_large, error.detail);
  if (is_newer(text, max_bytes, format)) return problem_reply(ProblemKind::newer, error.detail);
  return problem_reply(ProblemKind::malformed, error.detail);
}

Result<std::string> text_of(const HttpRequest& request) {
  const auto& encoding = request.header("content-encoding");
  if (!encoding.empty() && encoding != protocol::kZstd) return Error{ErrorKind::malformed, "body: an encoding other than zstd"};
  if (encoding.empty() == protocol::is_compressed(request.body))
    return Error{ErrorKind::malformed, "body: not encoded as Content-Encoding says"};
  return protocol::expand(request.body, protocol::kMaxReportBytes);
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [reason, count] : counts) sum += std::clamp<std::int64_t>(count, 0, 1'000'000'000);
  return sum;
}

bool is_commit(const HttpReply& reply) { return reply.status >= 200 && reply.status < 300; }

}  // namespace

HttpReply problem_reply(ProblemKind kind, const std::string& detail) {
  HttpReply reply{
      protocol::status_of(kind), {{"content-type", "application/json"}}, protocol::write_problem({protocol::kProblemFormat, kind, detail})};
  if (kind == ProblemKind::busy) {
    reply.status = 503;
    reply.headers["retry-after"] = std::to_string(60 + random_below(541));
  }
  return reply;
}

Ingest::Ingest(Store& store, Pepper pepper)
    : store_(store),
      pepper_(std::move(pepper)),
      book_(store),
      review_(store, book_),
      failures_(1.0 / kEnrolFailureSeconds, kEnrolFailures, 10000),
      rate_(kReportsPerSecond, kReportBurst, 200000) {}

std::vector<HttpReply> Ingest::handle_all(std::span<const HttpRequest> requests, Time now) {
  std::vector<HttpReply> replies;
  if (together(requests, now, replies)) return replies;
  // One of them could not be written. Each alone, so that it spoils none of the others.
  replies.clear();
  for (const auto& request : requests) {
    std::vector<HttpReply> reply;
    if (!together({&request, 1}, now, reply)) reply = {troubled()};
    replies.push_back(std::move(reply.front()));
  }
  return replies;
}

bool Ingest::together(std::span<const HttpRequest> requests, Time now, std::vector<HttpReply>& replies) {
  if (!store_.begin()) {
    for (std::size_t i = 0; i < requests.size(); ++i) replies.push_back(troubled());
    return true;
  }
  for (const auto& request : requests) {
    writing_ = false;
    replies.push_back(route(request, now));
    if (writing_ && !is_commit(replies.back())) {
      store_.rollback();
      return false;
    }
  }
  if (store_.commit()) return true;
  store_.rollback();
  for (auto& reply : replies)
    if (is_commit(reply)) reply = troubled();
  return true;
}

HttpReply Ingest::route(const HttpRequest& request, Time now) {
  const auto is = [&](const char* method, const char* target) { return request.method == method && request.target == target; };
  if (is("POST", kEnrol)) return enrol(request, now);
  const bool known_path = is("POST", kReports) || is("GET", kSettings) || is("POST", kUnenrol);
  if (!known_path) return problem_reply(ProblemKind::not_found, "no such path");
  if (request.body.size() > kMaxWireBytes) return problem_reply(ProblemKind::too_large, "body: more than 256 KiB");
  const auto head = head_of(request);
  if (!head) return refused();
  auto device = store_.device_by_id(head->signed_head.device);
  if (!device && device.error().kind != ErrorKind::not_found) return troubled();
  if (!device) {
    // As much work as for a device that is known.
    (void)protocol::verify(head->signed_head.body_sha256, {}, {});
    return refused();
  }
  if (!protocol::verify_request(head->signed_head, head->signature, device->key)) return refused();
  if (device->standing == Standing::removed) return problem_reply(ProblemKind::removed, "this device was removed from the hub");
  const auto position = head->signed_head.position;
  if (position.epoch > device->epoch) return refused();
  if (!rate_.take(device->id, clock_of(now))) return too_many("too many requests of this device");
  if (is("POST", kReports)) return report(request, *device, position, head->signed_head.body_sha256, now);
  if (!request.body.empty()) return problem_reply(ProblemKind::malformed, "body: expected none");
  return is("GET", kSettings) ? settings(request, *device, now) : unenrol(std::move(*device), position, now);
}

HttpReply Ingest::report(const HttpRequest& request, const Device& device, Position position, const std::string& sha256, Time now) {
  if (position.epoch < 1 || position.seq < 1) return problem_reply(ProblemKind::malformed, "epoch and seq start at 1");
  const auto same = store_.report(device.tenant, device.id, position);
  if (!same && same.error().kind != ErrorKind::not_found) return troubled();
  if (same && same->body_sha256 != sha256) return problem_reply(ProblemKind::number_used, "this number stands for other bytes already");
  if (same) return receipt(device, *same, true, false, now);

  auto text = text_of(request);
  if (!text) return unreadable(text.error(), {}, 0, protocol::kReportFormat);
  auto read = protocol::read_report(*text);
  if (!read) return unreadable(read.error(), *text, protocol::kMaxReportBytes, protocol::kReportFormat);
  if (read->device != device.id || read->position != position)
    return problem_reply(ProblemKind::malformed, "report: another device or number than the request is signed for");

  const StoredReport stored{device.tenant, device.id, position, sha256, request.body, now, read->scanned_at, sum_of(read->discarded)};
  auto next = device;
  const bool newest = position > device.latest;
  if (newest) {
    // Not for older ones: a PC set back to an old state may use numbers that were skipped, and must grow silent while its state stands
    // still.
    next.last_receipt = now;
    next.latest = position;
    next.agent_version = read->agent_version.substr(0, 100);
    next.discarded = sum_of(read->discarded);
    if (next.scan_wanted && (read->scanned_at >= *next.scan_wanted || now - *next.scan_wanted > kScanWantedFor)) next.scan_wanted.reset();
  }

  std::optional<Json> content;
  const bool full = read->content.has_value();
  if (full) {
    content = std::move(read->content);
  } else if (position > device.current) {
    const auto base = store_.content(device.tenant, device.id, Store::Which::full);
    if (!base && base.error().kind != ErrorKind::not_found) return troubled();
    if (base && base->position == Position{position.epoch, read->changes->since_seq}) {
      auto now_is = protocol::apply_changes(base->content, read->changes->changes, protocol::kMaxReportBytes);
      if (now_is && protocol::content_sha256(*now_is) == read->changes->sha256) content = std::move(*now_is);
    }
  }
  const bool wants_full = newest && !content;
  if (content && position > device.current) {
    next.current = position;
    next.last_scanned = read->scanned_at;
    next.clock_ahead_s = 0;
    std::optional<KeptContent> made;
    if (!full) made = KeptContent{position, *content, read->scanned_at, now};
    auto judgement = review_.judged(next, std::move(*content), read->scanned_at, now, now);
    if (!judgement && judgement.error().kind != ErrorKind::malformed) return troubled();
    if (!judgement) return unreadable(judgement.error(), *text, protocol::kMaxReportBytes, protocol::kReportFormat);
    next.clock_ahead_s = judgement->clock_ahead_s;
    writing_ = true;
    if (!store_.put_device(next) || !store_.add_report(stored) ||
        !(made ? store_.put_content(device.tenant, device.id, *made) : store_.put_full_content(stored, read->scanned_at)) ||
        !review_.keep(next, std::move(*judgement), now, read->scanned_at))
      return troubled();
    return receipt(next, stored, false, false, now);
  }
  writing_ = true;
  if (!store_.put_device(next) || !store_.add_report(stored)) return troubled();
  // A newer report that cannot be read yet: what was known passes no longer.
  if (next.behind() && !device.behind() && !review_.again(next, now)) return troubled();
  return receipt(next, stored, false, wants_full, now);
}

HttpReply Ingest::receipt(const Device& device, const StoredReport& stored, bool known, bool wants_full, Time now) {
  const auto page = book_.of(device.tenant, now);
  if (!page) return troubled();
  protocol::Receipt receipt;
  receipt.device = device.id;
  receipt.epoch = stored.position.epoch;
  receipt.seq = stored.position.seq;
  receipt.body_sha256 = stored.body_sha256;
  receipt.stored_at = stored.stored_at;
  receipt.known = known;
  if (wants_full) receipt.wants_full = true;
  receipt.settings_sha256 = settings_of(**page, device.id).sha256;
  receipt.scan_wanted = device.scan_wanted;
  return json_reply(protocol::write_receipt(receipt));
}

HttpReply Ingest::settings(const HttpRequest& request, const Device& device, Time now) {
  const auto page = book_.of(device.tenant, now);
  if (!page) return troubled();
  auto body = settings_of(**page, device.id);
  const auto tag = "\"" + body.sha256 + "\"";
  if (request.header("if-none-match") == tag) return {304, {{"etag", tag}}, {}};
  auto reply = json_reply(std::move(body.text));
  reply.headers["etag"] = tag;
  return reply;
}

HttpReply Ingest::unenrol(Device device, Position position, Time now) {
  // An old request, kept by somebody, must not remove what enrolled anew.
  if (position.epoch != device.epoch) return refused();
  const auto before = device.standing;
  device.standing = Standing::removed;
  const Change change{device.tenant, now, device.id, "device", device.id, boost::describe::enum_to_string(before, ""), "unenrolled"};
  writing_ = true;
  if (!store_.put_device(device) || !store_.add_change(change)) return troubled();
  return {204, {}, {}};
}

HttpReply Ingest::enrol(const HttpRequest& request, Time now) {
  const auto clock = clock_of(now);
  if (!failures_.has(request.address, clock)) return too_many("too many enrolments were refused");
  const auto failed = [&](HttpReply reply) {
    failures_.take(request.address, clock);
    return reply;
  };
  if (request.body.size() > protocol::kMaxEnrolBytes) return failed(problem_reply(ProblemKind::too_large, "body: more than 16 KiB"));
  const auto head = head_of(request);
  if (!head || head->signed_head.position != Position{0, 0}) return failed(refused());
  auto enrol = protocol::read_enrol(request.body);
  if (!enrol) return failed(unreadable(enrol.error(), request.body, protocol::kMaxEnrolBytes, protocol::kEnrolFormat));
  Applicant applicant{*enrol, protocol::key_of(*enrol), {}, {}};
  applicant.id = protocol::device_id(applicant.key);
  if (!protocol::verify_request(head->signed_head, head->signature, applicant.key)) return failed(refused());

  auto known = store_.device_by_id(applicant.id);
  if (known) applicant.known = std::move(*known);
  if (!known && known.error().kind != ErrorKind::not_found) return troubled();
  const auto hash = pepper_.code(enrol->code);
  Result<Device> device = Error{};
  if (applicant.known && applicant.known->code_hash == hash) {
    // Asked again: the answer got lost.
    if (applicant.known->standing == Standing::removed) return problem_reply(ProblemKind::removed, "this device was removed from the hub");
    device = *applicant.known;
  } else {
    const auto code = store_.code_by_hash(hash);
    if (!code && code.error().kind != ErrorKind::not_found) return troubled();
    if (!code || code->revoked || code->uses_left < 1 || code->valid_until <= now) return failed(refused());
    device = admit(*code, applicant, now);
  }
  if (!device) return troubled();
  const auto company = store_.company(device->tenant);
  if (!company) return troubled();
  return json_reply(protocol::write_enrolled(
      {protocol::kEnrolledFormat, device->id, device->epoch, company->name,
       device->standing == Standing::approved ? protocol::DeviceState::approved : protocol::DeviceState::waiting}));
}

Result<Device> Ingest::admit(const Code& code, const Applicant& applicant, Time now) {
  const auto highest = store_.highest_epoch(applicant.id);
  if (!highest) return highest.error();
  writing_ = true;
  if (auto status = store_.use_code(code); !status) return status.error();
  Device device;
  if (applicant.known && applicant.known->tenant == code.tenant) device = *applicant.known;
  if (applicant.known && applicant.known->tenant != code.tenant && applicant.known->standing != Standing::removed) {
    // A key counts in one company: who brings it with a code of another has left the first.
    auto left = *applicant.known;
    left.standing = Standing::removed;
    if (auto status = store_.put_device(left); !status) return status.error();
    if (auto status = store_.add_change({left.tenant, now, left.id, "device", left.id, "", "left"}); !status) return status.error();
  }
  device.tenant = code.tenant;
  device.id = applicant.id;
  device.key = applicant.key;
  if (device.label.empty() || !applicant.enrol.label.empty()) device.label = applicant.enrol.label;
  device.host_name = applicant.enrol.host_name;
  device.agent_version = applicant.enrol.agent_version;
  device.standing = code.kind == CodeKind::one_time ? Standing::approved : Standing::waiting;
  device.epoch = *highest + 1;
  device.code_hash = code.hash;
  device.enrolled = now;
  if (auto status = store_.put_device(device); !status) return status.error();
  const Change change{device.tenant, now, device.id, "device", device.id, "", boost::describe::enum_to_string(device.standing, "")};
  if (auto status = store_.add_change(change); !status) return status.error();
  // What was known of it before this enrolment passes no longer.
  if (auto status = review_.again(device, now); !status) return status.error();
  return device;
}

}  // namespace gokajo::hub
