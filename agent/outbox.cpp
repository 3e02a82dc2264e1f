#include "agent/outbox.h"

#include "compliance/finding_form.h"
#include "platform/durable_file.h"
#include "platform/own_file.h"
#include "protocol/body.h"
#include "protocol/content.h"

namespace gokajo::agent {

using platform::Done, platform::Error, platform::ErrorKind, platform::Json, platform::Status, platform::Time;
using protocol::Position;

/// outbox.json. `discarded`: how many were ever discarded when it was written.
struct Outbox::Told {
  std::string format;
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  std::string decided;
  std::int64_t discarded = 0;
};

/// outbox-base.json and outbox-inventory.json.
struct Outbox::Base {
  std::int64_t seq = 0;
  Time scanned_at{};
  Json content;
};

namespace {

constexpr const char* kToldFormat = "gokajo-outbox/1";
constexpr const char* kBaseFormat = "gokajo-outbox-base/1";
constexpr const char* kInventoryFormat = "gokajo-outbox-inventory/1";
constexpr const char* kToldFile = "/outbox.json";
constexpr const char* kBaseFile = "/outbox-base.json";
constexpr const char* kInventoryFile = "/outbox-inventory.json";
constexpr std::size_t kMaxFile = protocol::kMaxReportBytes + (64U << 10U);
// Changes larger than this part of the whole are sent as the whole.
constexpr std::size_t kPartOfWhole = 4;

// A document of ours with "format", "epoch", "seq", "scanned_at" and the member `what`; null where it is not such a one.
Json read_document(const std::string& file, const char* format, std::int64_t epoch, const char* what) {
  const auto text = platform::read_own_file(file, kMaxFile);
  auto json = text ? platform::parse_json(*text, kMaxFile) : platform::Result<Json>(text.error());
  if (!json || !json->is_object() || json->value("format", "") != format) return nullptr;
  for (const char* number : {"epoch", "seq"})
    if (!json->contains(number) || !json->at(number).is_number_integer()) return nullptr;
  if (json->at("epoch") != epoch || !json->contains(what) || !json->at(what).is_object()) return nullptr;
  if (!json->contains("scanned_at") || !json->at("scanned_at").is_string()) return nullptr;
  if (!platform::parse_time(json->at("scanned_at").get_ref<const std::string&>())) return nullptr;
  return std::move(*json);
}

Json document(const char* format, Position position, Time scanned_at, const char* what, const Json& value) {
  return {{"format", format},
          {"epoch", position.epoch},
          {"seq", position.seq},
          {"scanned_at", platform::format_time(scanned_at)},
          {what, value}};
}

Time time_of(const Json& document) { return *platform::parse_time(document.at("scanned_at").get_ref<const std::string&>()); }

// A clock that was set back makes anything old.
bool older_than(Time then, Time now, std::chrono::hours age) { return now < then || now - then >= age; }

Json without_times(Json inventory) {
  for (auto& fact : inventory)
    if (fact.is_object()) fact.erase("observed_at");
  return inventory;
}

// Facts that come without a time are of the scan they came with (protocol/content.h).
Json with_times(Json inventory, Time scanned_at) {
  for (auto& fact : inventory)
    if (fact.is_object() && !fact.contains("observed_at")) fact["observed_at"] = platform::format_time(scanned_at - protocol::kSameTime);
  return inventory;
}

bool remembers_nothing(const Json& content) {
  const auto& memory = content["memory"];
  return memory["first_seen"].empty() && memory["last_good"].empty();
}

}  // namespace

std::string decided_sha256(const ScanResult& result) {
  Json decided = {{"pack", {result.pack.id, result.pack.version}}, {"findings", Json::array()}};
  for (const auto& judged : result.judgement.findings) {
    const auto& finding = judged.finding;
    Json one = {finding.check, platform::to_form(finding.verdict), finding.situation, platform::to_form(finding.items),
                judged.exception.has_value()};
    if (finding.absence) one.push_back(platform::to_form(finding.absence->reason));
    // A PC that only said it earlier is not one where it is still so.
    if (finding.earlier) one.push_back({platform::format_time(finding.earlier->observed_at), finding.earlier->counts});
    decided["findings"].push_back(std::move(one));
  }
  return protocol::sha256_hex(decided.dump());
}

platform::Result<Json> told_in_full(const std::string& directory, std::int64_t epoch, std::int64_t seq) {
  auto found = read_document(directory + kBaseFile, kBaseFormat, epoch, "content");
  if (!found.is_object() || found["seq"] != seq) return platform::Error{platform::ErrorKind::not_found, kBaseFile};
  return std::move(found["content"]);
}

Outbox Outbox::open(const std::string& directory, const std::string& device, Spool& spool, Sequence& sequence) {
  Outbox outbox(directory, device, spool, sequence);
  const auto told = read_document(directory + kToldFile, kToldFormat, sequence.epoch(), "told");
  const bool usable = told.is_object() && told["told"].contains("decided") && told["told"]["decided"].is_string() &&
                      told["told"].contains("discarded") && told["told"]["discarded"].is_number_integer();
  if (!usable) return outbox;
  outbox.last_ = {sequence.epoch(), told["seq"].get<std::int64_t>()};
  outbox.decided_ = told["told"]["decided"].get<std::string>();
  outbox.discarded_before_ = told["told"]["discarded"].get<std::int64_t>();
  return outbox;
}

std::int64_t Outbox::discarded() const {
  std::int64_t all = 0;
  for (const auto& [reason, count] : spool_->discarded()) all += count;
  return all;
}

Status Outbox::next_in_full() { return platform::remove_file_durably(directory_ + kBaseFile); }

std::optional<Outbox::Base> Outbox::base(const ScanResult& result) const {
  auto found = read_document(directory_ + kBaseFile, kBaseFormat, sequence_->epoch(), "content");
  if (!found.is_object() || older_than(time_of(found), result.scanned_at, kFullAgain)) return std::nullopt;
  return Base{found["seq"].get<std::int64_t>(), time_of(found), std::move(found["content"])};
}

// `inventory`: what must be kept as the one last told, where it is another.
Json Outbox::content_of(const ScanInput& input, const ScanResult& result, std::optional<Json>& inventory) const {
  auto content = protocol::write_content({result.scanned_at, result.evidence, input.memory, result.judgement.findings});
  if (!compliance::wants_inventory(input.policy)) return content;
  auto& now = content["evidence"]["inventory"];
  auto known = read_document(directory_ + kInventoryFile, kInventoryFormat, sequence_->epoch(), "inventory");
  if (known.is_object() && without_times(known["inventory"]) == without_times(now)) return content;
  if (known.is_object() && !older_than(time_of(known), result.scanned_at, kInventoryAgain))
    now = with_times(std::move(known["inventory"]), time_of(known));
  else
    inventory = now;
  return content;
}

// Of the report just before this one: not where one may have gone missing in between.
bool Outbox::still_so(const std::string& decided) const {
  return decided_ == decided && last_.epoch == sequence_->epoch() && discarded_before_ == discarded();
}

// Before another report than the last one's equal is spooled: what the file says would be of an older report then, whatever happens next.
Status Outbox::forget_unless(const std::string& decided) {
  if (decided_ == decided) return Done{};
  decided_.clear();
  return platform::remove_file_durably(directory_ + kToldFile);
}

// Where it cannot be written the next run knows less, or just as much.
void Outbox::remember(Position position, const std::string& decided) {
  last_ = position;
  decided_ = decided;
  discarded_before_ = discarded();
  const auto told = document(kToldFormat, position, Time{}, "told", {{"decided", decided_}, {"discarded", discarded_before_}});
  (void)platform::write_file_durably(directory_ + kToldFile, told.dump() + "\n");
}

platform::Result<Position> Outbox::put(const ScanInput& input, const ScanResult& result) {
  std::optional<Json> inventory;
  const auto content = content_of(input, result, inventory);
  const auto decided = decided_sha256(result);
  auto before = base(result);
  const bool had_inventory = before && !compliance::wants_inventory(input.policy) &&
                             without_times(before->content["evidence"]["inventory"]) != without_times(content["evidence"]["inventory"]);
  // The first report is of a PC that remembers nothing: told against it, the whole memory would travel every day.
  if (before && remembers_nothing(before->content) && !remembers_nothing(content)) before.reset();
  if (had_inventory) before.reset();  // what people were told is not collected shall not stay on the disk either

  const auto position = sequence_->next();
  if (!position) return position.error();
  protocol::Report report{device_, *position, result.scanned_at, GOKAJO_VERSION, {result.pack.id, result.pack.version}, {}, false, {}, {}};
  report.discarded = spool_->discarded();
  report.still_so = still_so(decided);
  const auto whole = content.dump();
  const auto sha256 = protocol::sha256_hex(whole);
  if (before) {
    auto changes = protocol::changes_between(before->content, content);
    const auto again = protocol::apply_changes(before->content, changes, protocol::kMaxReportBytes);
    if (again && protocol::content_sha256(*again) == sha256 && changes.dump().size() <= whole.size() / kPartOfWhole)
      report.changes = protocol::Changes{before->seq, sha256, std::move(changes)};
  }
  if (!report.changes) report.content = content;

  const auto text = protocol::write_report(report);
  if (text.size() > protocol::kMaxReportBytes) return Error{ErrorKind::too_large, "report: " + std::to_string(text.size()) + " bytes"};
  // A report in full is what later ones are told against, so it does not go before others.
  if (auto status = forget_unless(decided); !status) return status.error();
  const auto kind = report.still_so && report.changes ? SpoolKind::still_so : SpoolKind::change;
  if (auto status = spool_->add(*position, kind, protocol::compress(text)); !status) return status.error();
  remember(*position, decided);
  if (report.content) {
    const auto written = platform::write_file_durably(directory_ + kBaseFile,
                                                      document(kBaseFormat, *position, result.scanned_at, "content", content).dump());
    if (!written && had_inventory) (void)next_in_full();
  }
  if (inventory)
    (void)platform::write_file_durably(directory_ + kInventoryFile,
                                       document(kInventoryFormat, *position, result.scanned_at, "inventory", *inventory).dump());
  if (!compliance::wants_inventory(input.policy)) (void)platform::remove_file_durably(directory_ + kInventoryFile);
  return *position;
}

}  // namespace gokajo::agent
