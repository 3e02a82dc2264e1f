#include "hub/ingest.h"

#include <algorithm>

#include "hub/network.h"
#include "protocol/enrolment.h"
#include "protocol/wishes.h"

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

constexpr const char* kEnrol = "/v1/enrol";
constexpr const char* kSettings = "/v1/settings";
constexpr const char* kUnenrol = "/v1/unenrol";

TokenBuckets::Now clock_of(Time now) { return std::chrono::duration_cast<TokenBuckets::Now>(now.time_since_epoch()); }

}  // namespace

Ingest::Ingest(Store& store, Pepper pepper, unsigned threads, const Library* library, Store* reading)
    : store_(store),
      library_(library),
      pepper_(std::move(pepper)),
      book_(store, library),
      review_(store, book_),
      failures_(1.0 / kEnrolFailureSeconds, kEnrolFailures, 10000),
      rate_(kReportsPerSecond, kReportBurst, 200000),
      intake_(store, book_, review_, rate_, threads) {
  if (reading) ahead_.emplace(*reading, library, intake_);
}

std::vector<HttpReply> Ingest::handle_all(std::span<const HttpRequest> requests, Time now, const Behind& behind) {
  std::vector<HttpReply> replies;
  if (together(requests, now, behind, replies)) return replies;
  // One of them could not be written. Each alone, so that it spoils none of the others.
  replies.clear();
  for (const auto& request : requests) {
    std::vector<HttpReply> reply;
    if (!together({&request, 1}, now, nullptr, reply)) reply = {troubled()};
    replies.push_back(std::move(reply.front()));
  }
  return replies;
}

bool Ingest::together(std::span<const HttpRequest> requests, Time now, const Behind& behind, std::vector<HttpReply>& replies) {
  // What is no report may change what any other is judged by, and is taken alone.
  const bool only_reports = std::all_of(requests.begin(), requests.end(), ReportIntake::is_report);
  const auto reports = ReportIntake::awaited(requests);
  if (!(only_reports ? store_.begin_reports(reports) : store_.begin())) {
    for (std::size_t i = 0; i < requests.size(); ++i) replies.push_back(troubled());
    return true;
  }
  store_.expect(reports);
  const auto version = ahead_ ? store_.version() : Result<StoreVersion>(Error{});
  auto ready = ahead_ ? ahead_->ready(requests, version, store_) : std::vector<Arrival>{};
  if (!intake_.store(ready, replies)) {
    store_.rollback();
    return false;
  }
  while (replies.size() < requests.size()) {
    const auto left = requests.subspan(replies.size());
    if (!(ReportIntake::is_report(left.front()) ? intake_.take(left, now, replies) : one(left.front(), now, replies))) {
      store_.rollback();
      return false;
    }
  }
  if (!store_.written()) {
    store_.rollback();
    return false;
  }
  const bool looks_ahead = behind && version && only_reports;
  const auto commit = [this] { return store_.commit(); };
  if (looks_ahead ? ahead_->over(commit, requests, *version, behind, now) : commit()) return true;
  store_.rollback();
  for (auto& reply : replies)
    if (is_success(reply)) reply = troubled();
  return true;
}

bool Ingest::one(const HttpRequest& request, Time now, std::vector<HttpReply>& replies) {
  writing_ = false;
  replies.push_back(route(request, now));
  return !writing_ || is_success(replies.back());
}

HttpReply Ingest::route(const HttpRequest& request, Time now) {
  const auto is = [&](const char* method, const char* target) { return request.method == method && request.target == target; };
  if (is("POST", kEnrol)) return enrol(request, now);
  const auto file = request.method == "GET" ? protocol::read_handed_out_path(request.target) : std::nullopt;
  if (!file && !is("GET", kSettings) && !is("GET", protocol::kWishesPath) && !is("POST", kUnenrol))
    return problem_reply(ProblemKind::not_found, "no such path");
  if (request.body.size() > kMaxWireBytes) return problem_reply(ProblemKind::too_large, "body: more than 256 KiB");
  auto head = head_of(request);
  if (!head) return refused();
  auto device = store_.device_by_id(head->head.device);
  if (!device && device.error().kind != ErrorKind::not_found) return troubled();
  if (!device || !is_genuine(*head, request, device->key)) return refused();
  if (device->standing == Standing::removed) return problem_reply(ProblemKind::removed, "this device was removed from the hub");
  const auto position = head->head.position;
  if (position.epoch > device->epoch) return refused();
  if (!rate_.take(device->id, clock_of(now))) return too_many("too many requests of this device");
  if (!request.body.empty()) return problem_reply(ProblemKind::malformed, "body: expected none");
  if (file) return handed_out(*device, *file);
  if (is("GET", protocol::kWishesPath)) return wishes(*device, now);
  return is("GET", kSettings) ? settings(request, *device, now) : unenrol(std::move(*device), position, now);
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

// What a receipt would say now: nothing of the device is changed by asking.
HttpReply Ingest::wishes(const Device& device, Time now) {
  const auto page = book_.of(device.tenant, now);
  if (!page) return troubled();
  return json_reply(protocol::write_wishes({protocol::kWishesFormat, settings_of(**page, device.id).sha256, device.scan_wanted}));
}

// By its hash only: what is in force, what is compiled in, on which a company may rest (hub/company_book.h), and what people of the
// device's own company approved.
HttpReply Ingest::handed_out(const Device& device, const protocol::HandedOutPath& asked) {
  const auto shelf = shelf_of(library_);
  const auto* text = shelf->find(asked);
  if (!text) text = built_in_shelf()->find(asked);
  if (!text && asked.kind == protocol::HandedOut::briefing) {
    auto own = store_.approved_briefing(device.tenant, asked.sha256);
    if (own) return json_reply(std::move(own->text));
    if (own.error().kind != ErrorKind::not_found) return troubled();
  }
  return text ? json_reply(*text) : problem_reply(ProblemKind::not_found, "no such pack or briefing is in force");
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
  const auto network = network_of(request.address);
  if (!failures_.has(network, clock)) return too_many("too many enrolments were refused");
  const auto failed = [&](HttpReply reply) {
    failures_.take(network, clock);
    return reply;
  };
  if (request.body.size() > protocol::kMaxEnrolBytes) return failed(problem_reply(ProblemKind::too_large, "body: more than 16 KiB"));
  auto head = head_of(request);
  if (!head || head->head.position != Position{0, 0}) return failed(refused());
  auto enrol = protocol::read_enrol(request.body);
  if (!enrol) return failed(unreadable(enrol.error(), request.body, protocol::kMaxEnrolBytes, protocol::kEnrolFormat));
  Applicant applicant{*enrol, protocol::key_of(*enrol), {}, {}};
  applicant.id = protocol::device_id(applicant.key);
  if (!is_genuine(*head, request, applicant.key)) return failed(refused());

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
