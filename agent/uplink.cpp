#include "agent/uplink.h"

#include <algorithm>

#include "agent/hub_request.h"
#include "agent/schedule.h"
#include "platform/durable_file.h"
#include "platform/own_file.h"
#include "protocol/wishes.h"

namespace gokajo::agent {

using platform::Error, platform::ErrorKind;
using protocol::Problem, protocol::ProblemKind, protocol::Receipt;
using std::chrono::milliseconds;

namespace {

constexpr const char* kFormat = "gokajo-uplink/1";
constexpr const char* kRecordFile = "/uplink.json";
constexpr const char* kSettingsFile = "/settings.json";
constexpr const char* kLastSentFile = "/last-sent.report";
constexpr std::size_t kMaxRecord = 64U << 10U;
constexpr std::size_t kMaxDetail = 500;
// Another's Retry-After, such as a proxy's, is believed for less long than a hub's.
constexpr std::chrono::seconds kLongestOthersRetryAfter{3600};
constexpr milliseconds kShortestWait{1000};

HubContact contact_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::removed:
      return HubContact::removed;
    case ProblemKind::number_used:
      return HubContact::number_used;
    case ProblemKind::newer:
      return HubContact::newer;
    case ProblemKind::busy:
      return HubContact::busy;
    case ProblemKind::refused:
    case ProblemKind::malformed:
    case ProblemKind::too_large:
    case ProblemKind::not_found:
      break;
  }
  return HubContact::refused;
}

// What the agent judges with must be something it has; settings of a later hub are left until this program is renewed.
bool usable(const protocol::Settings& settings) {
  const bool named = settings.packs && !settings.packs->empty() && settings.packs->front().id == settings.pack;
  return read_schedule(settings.schedule).has_value() && (named || compliance::built_in_pack(settings.pack).has_value());
}

}  // namespace

UplinkRecord read_uplink_record(const std::string& directory) {
  const auto text = platform::read_own_file(directory + kRecordFile, kMaxRecord);
  const auto json = text ? platform::parse_json(*text, kMaxRecord) : platform::Result<platform::Json>(text.error());
  UplinkRecord record;
  if (json && platform::read_form(*json, record, platform::Place{}) && record.format == kFormat && record.failures >= 0 &&
      record.left_alone_ms >= 0 && record.left_alone_ms <= milliseconds(kLongestRetryAfter).count())
    return record;
  record = {};
  record.format = kFormat;
  return record;
}

platform::Result<protocol::Settings> read_hub_settings(const std::string& directory) {
  const auto text = platform::read_own_file(directory + kSettingsFile, protocol::kMaxSettingsBytes);
  if (!text) return text.error();
  auto settings = protocol::read_settings(*text);
  if (settings && !usable(*settings)) return Error{ErrorKind::unsupported, "settings: a pack or schedule this version does not know"};
  return settings;
}

Uplink::Uplink(std::string directory, Parts parts)
    : directory_(std::move(directory)), parts_(std::move(parts)), record_(read_uplink_record(directory_)) {
  const auto now = parts_.clock.now();
  record_.left_alone_since = anchored(record_.left_alone_since, now);
  if (record_.unreceipted_since) record_.unreceipted_since = anchored(*record_.unreceipted_since, now);
  if (record_.epoch != parts_.epoch) {  // enrolled anew: what the hub said before was of another enrolment
    record_.epoch = parts_.epoch;
    record_.contact = HubContact::well;
    record_.left_alone_ms = record_.failures = 0;
    record_.scan_wanted.reset();
  }
  const auto text = platform::read_own_file(directory_ + kSettingsFile, protocol::kMaxSettingsBytes);
  if (const auto settings = text ? protocol::read_settings(*text) : platform::Result<protocol::Settings>(text.error())) {
    settings_sha256_ = protocol::sha256_hex(*text);
    lacking_ = lacking(directory_, *settings).files;
  }
  heard_ = saved(now);
  ask_after_ = milliseconds(static_cast<std::int64_t>(static_cast<double>(milliseconds(kFirstAskWithin).count()) * parts_.random()));
}

milliseconds Uplink::left_alone() const {
  const auto passed = elapsed(record_.left_alone_since, parts_.clock.now());
  return std::max(milliseconds{record_.left_alone_ms} - passed, milliseconds{0});
}

bool Uplink::notice_due() const {
  return record_.unreceipted_since && elapsed(*record_.unreceipted_since, parts_.clock.now()) >= kTellAfter;
}

void Uplink::write_record() {
  // Where it cannot be written a restart may try a little early.
  (void)platform::write_file_durably(directory_ + kRecordFile, platform::to_form(record_).dump(1) + "\n");
}

Uplink::Next Uplink::leave_alone(HubContact contact, const std::string& detail, milliseconds wait) {
  record_.contact = contact;
  record_.detail = platform::printable_utf8(detail.substr(0, kMaxDetail));
  record_.left_alone_since = saved(parts_.clock.now());
  record_.left_alone_ms = std::clamp<milliseconds>(wait, kShortestWait, kLongestRetryAfter).count();
  write_record();
  return Next::stop;
}

// Full jitter: anything up to a bound that doubles.
Uplink::Next Uplink::back_off(HubContact contact, const std::string& detail) {
  const auto doublings = std::min<std::int64_t>(record_.failures, 20);
  const auto bound = std::min<milliseconds>(milliseconds(kFirstWait) * (std::int64_t{1} << doublings), kLongestWait);
  ++record_.failures;
  return leave_alone(contact, detail, milliseconds(static_cast<std::int64_t>(static_cast<double>(bound.count()) * parts_.random())));
}

Uplink::Next Uplink::stop_for_error(const Error& error) {
  return back_off(error.kind == ErrorKind::denied ? HubContact::certificate : HubContact::unreachable, error.detail);
}

Uplink::Outcome Uplink::step() {
  Outcome outcome;
  if (parts_.spool.waiting().empty() && record_.contact != HubContact::removed) {
    if (is_time_to_ask()) ask_for_wishes(outcome);
    if (is_time_to_fetch()) fetch_handed_out(outcome);
    return outcome;
  }
  if (!record_.unreceipted_since) {
    record_.unreceipted_since = saved(parts_.clock.now());
    write_record();
  }
  if (left_alone() > milliseconds{0} || record_.contact == HubContact::number_used) return outcome;
  if (record_.contact == HubContact::removed && ask_whether_removed() == Next::stop) return outcome;
  const auto before = outcome.receipted;
  while (!parts_.spool.waiting().empty() && parts_.goes_on())
    if (send_oldest(outcome) == Next::stop) break;
  if (!last_sent_.empty()) (void)platform::write_file_durably(directory_ + kLastSentFile, last_sent_);
  last_sent_.clear();
  if (outcome.receipted != before && parts_.spool.waiting().empty()) record_.unreceipted_since.reset();
  if (outcome.receipted != before) write_record();
  return outcome;
}

Uplink::Next Uplink::send_oldest(Outcome& outcome) {
  const SpoolEntry entry = parts_.spool.waiting().front();
  auto body = parts_.spool.read(entry.position);
  // Damaged: counted and out of the way by now. Not readable just now: later.
  if (!body && body.error().kind == ErrorKind::malformed && parts_.spool.waiting().front().position != entry.position) return Next::go_on;
  if (!body && parts_.spool.waiting().empty()) return Next::stop;
  if (!body) return back_off(record_.contact, body.error().detail);
  last_sent_ = *body;
  const auto request = hub_request(parts_.key, entry.position, "POST", "/v1/reports", std::move(*body));
  if (!request) return back_off(HubContact::refused, request.error().detail);
  const auto reply = parts_.http.send(*request);
  return reply ? take_reply(entry, *reply, outcome) : stop_for_error(reply.error());
}

Uplink::Next Uplink::take_reply(const SpoolEntry& entry, const HttpReply& reply, Outcome& outcome) {
  if (reply.status == 200) {
    const auto receipt = protocol::read_receipt(reply.body);
    if (receipt) return take_receipt(entry, *receipt, outcome);
    return back_off(HubContact::not_the_hub, "status 200, and no receipt: " + receipt.error().detail);
  }
  if (const auto problem = problem_of(reply)) return take_problem(entry, *problem, reply);
  const auto detail = "status " + std::to_string(reply.status) + " from something that is no hub";
  if ((reply.status == 429 || reply.status == 503) && reply.retry_after) {
    ++record_.failures;
    return leave_alone(HubContact::busy, detail, std::min(*reply.retry_after, kLongestOthersRetryAfter));
  }
  return back_off(HubContact::not_the_hub, detail);
}

Uplink::Next Uplink::take_receipt(const SpoolEntry& entry, const Receipt& receipt, Outcome& outcome) {
  if (receipt.epoch != entry.position.epoch || receipt.seq != entry.position.seq)
    return back_off(HubContact::not_the_hub, "a receipt for another report than was sent");
  if (auto status = parts_.spool.take(receipt, parts_.key.id()); !status)
    return back_off(status.error().kind == ErrorKind::malformed ? HubContact::not_the_hub : record_.contact, status.error().detail);
  note_receipt(receipt, outcome);
  if (receipt.settings_sha256) fetch_settings(*receipt.settings_sha256, outcome);
  if (is_time_to_fetch()) fetch_handed_out(outcome);
  return Next::go_on;
}

platform::Status Uplink::take_carried(const Receipt& receipt) {
  if (auto status = parts_.spool.take(receipt, parts_.key.id()); !status) return status;
  Outcome outcome;
  note_receipt(receipt, outcome);
  if (parts_.spool.waiting().empty()) record_.unreceipted_since.reset();
  write_record();
  return platform::Done{};
}

void Uplink::note_receipt(const Receipt& receipt, Outcome& outcome) {
  ++outcome.receipted;
  const auto now = parts_.clock.now();
  record_.contact = HubContact::well;
  record_.detail.clear();
  record_.failures = record_.left_alone_ms = 0;
  record_.last_receipt_at = now.wall;
  record_.unreceipted_since = saved(now);
  if (receipt.wants_full.value_or(false)) {
    if (auto status = parts_.outbox.next_in_full(); !status) record_.detail = status.error().detail;
    outcome.scan_wanted = true;
  }
  note_wish(receipt.scan_wanted, outcome);
  ask_again_after(kAskAfter);
}

void Uplink::note_wish(const std::optional<platform::Time>& scan_wanted, Outcome& outcome) {
  if (!scan_wanted || (record_.scan_wanted && *scan_wanted <= *record_.scan_wanted)) return;
  record_.scan_wanted = scan_wanted;
  outcome.scan_wanted = true;
}

// Not all PCs of an office at once.
void Uplink::ask_again_after(milliseconds wait) {
  heard_ = saved(parts_.clock.now());
  ask_after_ = milliseconds(static_cast<std::int64_t>(static_cast<double>(wait.count()) * (0.75 + parts_.random() / 2)));
}

bool Uplink::is_time_to_ask() const { return record_.contact == HubContact::well && elapsed(heard_, parts_.clock.now()) >= ask_after_; }

void Uplink::ask_for_wishes(Outcome& outcome) {
  if (!parts_.goes_on()) return;
  ask_again_after(kAskAfter);
  auto request = hub_request(parts_.key, {parts_.epoch, 0}, "GET", protocol::kWishesPath, "");
  if (!request) return;
  request->max_reply = protocol::kMaxWishesBytes;
  const auto reply = parts_.http.send(*request);
  if (!reply || reply->status >= 500) {
    // The network of a PC that was just switched on may not be there yet.
    ask_again_after(std::min<milliseconds>(kFirstAskWithin * (1 << std::min(unheard_, 6)), kAskAfter));
    ++unheard_;
    return;
  }
  unheard_ = 0;
  if (const auto problem = problem_of(*reply); problem && problem->problem == ProblemKind::not_found)
    return ask_again_after(kAskOldHubAfter);
  const auto wishes = reply->status == 200 ? protocol::read_wishes(reply->body) : platform::Result<protocol::Wishes>(Error{});
  if (!wishes) return;
  note_wish(wishes->scan_wanted, outcome);
  if (outcome.scan_wanted) write_record();
  if (wishes->settings_sha256) fetch_settings(*wishes->settings_sha256, outcome);
}

Uplink::Next Uplink::take_problem(const SpoolEntry& entry, const Problem& problem, const HttpReply& reply) {
  const auto contact = contact_of(problem.problem);
  const auto detail = "the hub: " + problem.detail;
  switch (problem.problem) {
    case ProblemKind::malformed:
    case ProblemKind::too_large:
      if (auto status = parts_.spool.refuse(entry.position, "refused"); !status) return back_off(contact, status.error().detail);
      record_.detail = platform::printable_utf8(detail.substr(0, kMaxDetail));
      return Next::go_on;
    case ProblemKind::number_used:
      // Of an earlier epoch: what this number stands for is at the hub, and no enrolment makes this one arrive.
      if (entry.position.epoch < parts_.epoch) {
        if (auto status = parts_.spool.refuse(entry.position, "number_used"); !status) return back_off(contact, status.error().detail);
        return Next::go_on;
      }
      return leave_alone(contact, detail, kLongestWait);
    case ProblemKind::refused:
    case ProblemKind::removed:
    case ProblemKind::newer:
    case ProblemKind::not_found:
      return leave_alone(contact, detail, kLongestWait);
    case ProblemKind::busy:
      if (!reply.retry_after) break;
      ++record_.failures;
      return leave_alone(contact, detail, *reply.retry_after);
  }
  return back_off(contact, detail);
}

// Once an hour, with nothing of this PC in it but its name: somebody may have put the device back.
Uplink::Next Uplink::ask_whether_removed() {
  if (!parts_.goes_on()) return Next::stop;
  const auto request = hub_request(parts_.key, {parts_.epoch, 0}, "GET", "/v1/settings", "");
  if (!request) return leave_alone(record_.contact, request.error().detail, kLongestWait);
  auto asked = *request;
  asked.max_reply = protocol::kMaxSettingsBytes;
  const auto reply = parts_.http.send(asked);
  if (reply && reply->status == 200 && protocol::read_settings(reply->body)) {
    record_.contact = HubContact::well;
    return Next::go_on;
  }
  return leave_alone(HubContact::removed, record_.detail, kLongestWait);
}

void Uplink::fetch_settings(const std::string& wanted_sha256, Outcome& outcome) {
  if (wanted_sha256 == settings_sha256_ || wanted_sha256 == settings_not_readable_ || !parts_.goes_on()) return;
  auto request = hub_request(parts_.key, {parts_.epoch, 0}, "GET", "/v1/settings", "");
  if (!request) return;
  request->max_reply = protocol::kMaxSettingsBytes;
  if (!settings_sha256_.empty()) request->headers.push_back("If-None-Match: \"" + settings_sha256_ + "\"");
  const auto reply = parts_.http.send(*request);
  if (!reply || reply->status != 200) return;  // asked for again with the next receipt
  const auto settings = protocol::read_settings(reply->body);
  if (!settings || !usable(*settings)) {
    settings_not_readable_ = wanted_sha256;
    record_.detail = platform::printable_utf8(settings ? std::string("settings of the hub: a pack or schedule this version does not know")
                                                       : settings.error().detail);
    return;
  }
  if (!platform::write_file_durably(directory_ + kSettingsFile, reply->body)) return;
  settings_sha256_ = protocol::sha256_hex(reply->body);
  outcome.settings_changed = true;
  forget_unnamed(directory_, *settings);
  auto named = lacking(directory_, *settings);
  lacking_ = std::move(named.files);
  not_fetched_.reset();
  for (auto& line : named.older) outcome.handed_out.push_back(std::move(line));
}

bool Uplink::is_time_to_fetch() const {
  return !lacking_.empty() && left_alone() == milliseconds{0} &&
         (!not_fetched_ || elapsed(*not_fetched_, parts_.clock.now()) >= kLongestWait);
}

void Uplink::fetch_handed_out(Outcome& outcome) {
  while (!lacking_.empty() && parts_.goes_on()) {
    if (fetch(lacking_.front(), outcome) == Fetched::not_now) {
      not_fetched_ = saved(parts_.clock.now());
      return;
    }
    lacking_.erase(lacking_.begin());
  }
}

// What is refused is asked for again only when the hub's settings are others, or after a restart.
Uplink::Fetched Uplink::fetch(const NamedFile& file, Outcome& outcome) {
  const auto refused = [&](const std::string& why) {
    outcome.handed_out.push_back("refused, and what there was stays: " + platform::printable_utf8(why.substr(0, kMaxDetail)));
    return Fetched::refused;
  };
  const auto later = [&](const std::string& why) {
    outcome.handed_out.push_back(file.name() + " cannot be had now: " + platform::printable_utf8(why.substr(0, kMaxDetail)));
    return Fetched::not_now;
  };
  auto request = hub_request(parts_.key, {parts_.epoch, 0}, "GET", file.path(), "");
  if (!request) return later(request.error().detail);
  request->max_reply = file.max_bytes();
  const auto reply = parts_.http.send(*request);
  if (!reply)
    return reply.error().kind == ErrorKind::too_large ? refused(file.name() + ": " + reply.error().detail) : later(reply.error().detail);
  if (reply->status != 200) return later("status " + std::to_string(reply->status));
  if (const auto kept = keep_handed_out(directory_, file, reply->body); !kept) {
    const bool its_fault = kept.error().kind == ErrorKind::malformed || kept.error().kind == ErrorKind::too_large;
    return its_fault ? refused(kept.error().detail) : later(kept.error().detail);
  }
  outcome.handed_out.push_back("taken from the hub: " + file.name());
  return Fetched::taken;
}

}  // namespace gokajo::agent
