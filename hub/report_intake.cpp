#include "hub/report_intake.h"

#include <algorithm>
#include <charconv>

#include "hub/kept_content.h"
#include "protocol/body.h"
#include "protocol/content.h"
#include "protocol/receipt.h"
#include "protocol/report.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Json, platform::Result;
using protocol::Position, protocol::ProblemKind;

namespace {

constexpr std::chrono::hours kScanWantedFor{24};
constexpr std::size_t kMaxVersion = 100;

// Whoever is not known costs as much work as whoever is.
const protocol::PublicKey& key_of_nobody() {
  static const auto kKey = protocol::DeviceKey::make().public_key();
  return kKey;
}

Result<std::string> text_of(const HttpRequest& request) {
  const auto& encoding = request.header("content-encoding");
  if (!encoding.empty() && encoding != protocol::kZstd) return Error{ErrorKind::malformed, "body: an encoding other than zstd"};
  if (encoding.empty() == protocol::is_compressed(request.body))
    return Error{ErrorKind::malformed, "body: not encoded as Content-Encoding says"};
  return protocol::expand(request.body, protocol::kMaxReportBytes);
}

// At most so many bytes of valid UTF-8, and no letter cut in two: half of one is no text that PostgreSQL or JSON takes.
std::string whole_letters(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

// 0 where it is none.
std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [reason, count] : counts) sum += std::clamp<std::int64_t>(count, 0, 1'000'000'000);
  return sum;
}

}  // namespace

ReportIntake::ReportIntake(Store& store, CompanyBook& book, Review& review, TokenBuckets& rate, unsigned threads)
    : store_(store), book_(book), review_(review), rate_(rate), workers_(threads) {}

bool ReportIntake::is_report(const HttpRequest& request) { return request.method == "POST" && request.target == "/v1/reports"; }

std::vector<Awaited> ReportIntake::awaited(std::span<const HttpRequest> requests) {
  std::vector<Awaited> all;
  for (const auto& request : requests)
    if (is_report(request))
      all.push_back(
          {request.header("gokajo-device"), {number_of(request.header("gokajo-epoch")), number_of(request.header("gokajo-seq"))}});
  return all;
}

bool ReportIntake::take(std::span<const HttpRequest> requests, Time now, std::vector<HttpReply>& replies) {
  SideBySide beside;
  auto arrivals = judged(requests, beside, {store_, book_, review_}, now);
  return store(arrivals, replies);
}

std::vector<Arrival> ReportIntake::judged(std::span<const HttpRequest> requests, SideBySide& beside, const Source& source, Time now) {
  auto arrivals = side_by_side(requests, beside, now);
  for (auto& arrival : arrivals) look_up(arrival, source);
  workers_.each(arrivals.size(), [&](std::size_t i) { read(arrivals[i]); });
  for (auto& arrival : arrivals) check(arrival, source);
  workers_.each(arrivals.size(), [&](std::size_t i) { judge(arrivals[i]); });
  return arrivals;
}

bool ReportIntake::store(std::vector<Arrival>& arrivals, std::vector<HttpReply>& replies) {
  broken_ = false;
  for (auto& arrival : arrivals) store(arrival);
  for (auto& arrival : arrivals) replies.push_back(std::move(*arrival.reply));
  return !broken_;
}

std::vector<Arrival> ReportIntake::side_by_side(std::span<const HttpRequest> requests, SideBySide& beside, Time now) {
  std::vector<Arrival> arrivals;
  for (const auto& request : requests) {
    const std::string_view device = request.header("gokajo-device");
    if (arrivals.size() >= kSideBySide || !is_report(request) || beside.devices.contains(device)) break;
    const auto bytes = protocol::expanded_size(request.body).value_or(protocol::kMaxReportBytes);
    if (beside.bytes != 0 && beside.bytes + bytes > protocol::kMaxReportBytes) break;
    beside.bytes += bytes;
    beside.devices.insert(device);
    Arrival arrival;
    arrival.request = &request;
    arrival.now = now;
    arrivals.push_back(std::move(arrival));
  }
  return arrivals;
}

// Whose request it says it is.
void ReportIntake::look_up(Arrival& arrival, const Source& source) {
  if (arrival.request->body.size() > kMaxWireBytes) {
    arrival.reply = problem_reply(ProblemKind::too_large, "body: more than 256 KiB");
    return;
  }
  arrival.head = head_of(*arrival.request);
  if (!arrival.head) {
    arrival.reply = refused();
    return;
  }
  auto device = source.store.device_by_id(arrival.head->head.device);
  if (!device && device.error().kind != ErrorKind::not_found) {
    arrival.reply = troubled();
    return;
  }
  if (!device) return;
  arrival.device = std::move(*device);
  // One that comes again need not be read again; most are newer than any before.
  if (arrival.position() <= arrival.device->latest)
    arrival.stored_before = source.store.report(arrival.device->tenant, arrival.device->id, arrival.position()).has_value();
}

// Nothing is unpacked or read before its signature was found right. Any thread.
void ReportIntake::read(Arrival& arrival) {
  if (arrival.reply) return;
  arrival.genuine =
      is_genuine(*arrival.head, *arrival.request, arrival.device ? arrival.device->key : key_of_nobody()) && arrival.device.has_value();
  if (!arrival.genuine || arrival.stored_before) return;
  arrival.text = text_of(*arrival.request);
  if (arrival.text) arrival.report = protocol::read_report(*arrival.text);
}

// What is not stored is answered here; for the others all is made ready that judging needs.
void ReportIntake::check(Arrival& arrival, const Source& source) {
  if (arrival.reply) return;
  const auto answer = [&](HttpReply reply) { arrival.reply = std::move(reply); };
  if (!arrival.genuine) return answer(refused());
  const auto& device = *arrival.device;
  const auto position = arrival.position();
  if (device.standing == Standing::removed) return answer(problem_reply(ProblemKind::removed, "this device was removed from the hub"));
  if (position.epoch > device.epoch) return answer(refused());
  if (!rate_.take(device.id, std::chrono::duration_cast<TokenBuckets::Now>(arrival.now.time_since_epoch())))
    return answer(too_many("too many requests of this device"));
  if (position.epoch < 1 || position.seq < 1) return answer(problem_reply(ProblemKind::malformed, "epoch and seq start at 1"));
  const auto same = source.store.report(device.tenant, device.id, position);
  if (!same && same.error().kind != ErrorKind::not_found) return answer(troubled());
  if (same && same->body_sha256 != arrival.head->head.body_sha256)
    return answer(problem_reply(ProblemKind::number_used, "this number stands for other bytes already"));
  if (same) return answer(receipt(source.book, device, *same, true, false, arrival.now));
  if (!arrival.text) return answer(unreadable(arrival.text.error(), {}, 0, protocol::kReportFormat));
  if (!arrival.report) return answer(unreadable(arrival.report.error(), *arrival.text, protocol::kMaxReportBytes, protocol::kReportFormat));
  if (arrival.report->device != device.id || arrival.report->position != position)
    return answer(problem_reply(ProblemKind::malformed, "report: another device or number than the request is signed for"));
  place(arrival, source);
}

void ReportIntake::place(Arrival& arrival, const Source& source) {
  const auto now = arrival.now;
  const auto& device = *arrival.device;
  const auto& report = *arrival.report;
  const auto position = arrival.position();
  arrival.stored = {device.tenant,         device.id, position,          arrival.head->head.body_sha256,
                    arrival.request->body, now,       report.scanned_at, sum_of(report.discarded)};
  arrival.full = report.content.has_value();
  auto& next = arrival.next = device;
  arrival.newest = position > device.latest;
  if (arrival.newest) {
    // Not for older ones: a PC set back to an old state may use numbers that were skipped, and must grow silent while its state stands
    // still.
    next.last_receipt = now;
    next.latest = position;
    next.agent_version = whole_letters(report.agent_version, kMaxVersion);
    next.discarded = sum_of(report.discarded);
    if (next.scan_wanted && (report.scanned_at >= *next.scan_wanted || now - *next.scan_wanted > kScanWantedFor)) next.scan_wanted.reset();
  }
  if (position <= device.current) return;
  if (!arrival.full) {
    auto base = source.store.content(device.tenant, device.id, Store::Which::full);
    if (!base && base.error().kind != ErrorKind::not_found) {
      arrival.reply = troubled();
      return;
    }
    if (!base || base->position != Position{position.epoch, report.changes->since_seq}) return;
    arrival.base = std::move(*base);
  }
  auto judged = next;
  judged.current = position;
  auto to_judge = source.review.open(judged, report.scanned_at, now, now);
  if (to_judge) {
    arrival.to_judge = std::move(*to_judge);
  } else {
    arrival.reply = troubled();
  }
}

// Any thread.
void ReportIntake::judge(Arrival& arrival) {
  if (arrival.reply || !arrival.to_judge) return;
  auto& report = *arrival.report;
  Result<Json> content = Error{};
  if (arrival.full) {
    content = std::move(*report.content);
  } else {
    const auto base = content_of(*arrival.base);
    if (!base) {
      arrival.reply = troubled();
      return;
    }
    content = protocol::apply_changes(*base, report.changes->changes, protocol::kMaxReportBytes);
    if (!content || protocol::content_sha256(*content) != report.changes->sha256) return;
    arrival.made = keep_content(arrival.position(), *content, report.scanned_at, arrival.now);
  }
  arrival.judgement = Review::judged(std::move(*arrival.to_judge), std::move(*content), arrival.now);
}

void ReportIntake::store(Arrival& arrival) {
  if (arrival.reply) return;
  if (arrival.judgement && !*arrival.judgement) {
    const auto& error = arrival.judgement->error();
    arrival.reply = error.kind == ErrorKind::malformed
                        ? unreadable(error, *arrival.text, protocol::kMaxReportBytes, protocol::kReportFormat)
                        : troubled();
    return;
  }
  if (arrival.judgement) {
    auto& next = arrival.next;
    next.current = arrival.position();
    next.last_scanned = arrival.report->scanned_at;
    next.clock_ahead_s = (*arrival.judgement)->clock_ahead_s;
    next.machine = (*arrival.judgement)->machine;
  }
  if (write(arrival)) {
    const bool wants_full = arrival.newest && !arrival.full && !arrival.judgement;
    arrival.reply = receipt(book_, arrival.next, arrival.stored, false, wants_full, arrival.now);
  } else {
    arrival.reply = troubled();
  }
  broken_ = broken_ || !is_success(*arrival.reply);
}

bool ReportIntake::write(Arrival& arrival) {
  const auto now = arrival.now;
  const auto& next = arrival.next;
  if (!store_.put_device(next) || !store_.add_report(arrival.stored)) return false;
  if (!arrival.judgement) {
    // A newer report that cannot be read yet: what was known passes no longer.
    return !next.behind() || arrival.device->behind() || review_.again(next, now).has_value();
  }
  const auto put = arrival.made ? store_.put_content(next.tenant, next.id, *arrival.made)
                                : store_.put_full_content(arrival.stored, arrival.report->scanned_at);
  return put && review_.keep(next, std::move(**arrival.judgement), now, arrival.report->scanned_at);
}

HttpReply ReportIntake::receipt(CompanyBook& book, const Device& device, const StoredReport& stored, bool known, bool wants_full,
                                Time now) {
  const auto page = book.of(device.tenant, now);
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

}  // namespace gokajo::hub
