#include "agent/spool.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/json_form.h"
#include "platform/own_file.h"
#include "protocol/device_key.h"

namespace gokajo::agent {

using platform::Done, platform::Error, platform::ErrorKind, platform::Status;
using protocol::Position;

namespace {

namespace fs = std::filesystem;

constexpr const char* kCountsFormat = "gokajo-spool-counts/1";
constexpr const char* kCountsFile = "/counts.json";
constexpr const char* kSuffix = ".report";
constexpr std::string_view kHead = "gokajo-spool/1 ";
constexpr std::size_t kMaxHead = 128;
constexpr std::size_t kMaxCounts = 1U << 20U;
constexpr std::size_t kMaxQuarantined = 50;
constexpr std::int64_t kMaxQuarantinedBytes = 1 << 20;

struct Counts {
  std::string format;
  std::map<std::string, std::int64_t> discarded;
  std::vector<std::string> going;  // counted already, perhaps not removed yet
};
BOOST_DESCRIBE_STRUCT(Counts, (), (format, discarded, going))

// Twenty digits each: the names sort as the numbers do.
std::string name_of(const SpoolEntry& entry) {
  return fmt::format("{:020}-{:020}-{}{}", entry.position.epoch, entry.position.seq, entry.kind == SpoolKind::change ? 'c' : 's', kSuffix);
}

std::optional<std::int64_t> digits(std::string_view text) {
  std::int64_t value = 0;
  if (text.size() != 20 || text.find_first_not_of("0123456789") != std::string_view::npos || text > "09223372036854775807")
    return std::nullopt;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

std::optional<SpoolEntry> entry_of(std::string_view name, std::int64_t bytes) {
  if (name.size() != 43 + std::string_view(kSuffix).size() || !name.ends_with(kSuffix) || name[20] != '-' || name[41] != '-')
    return std::nullopt;
  const auto epoch = digits(name.substr(0, 20)), seq = digits(name.substr(21, 20));
  if (!epoch || !seq || (name[42] != 'c' && name[42] != 's')) return std::nullopt;
  return SpoolEntry{{*epoch, *seq}, name[42] == 'c' ? SpoolKind::change : SpoolKind::still_so, bytes};
}

Error io_error(const std::string& what, const std::error_code& problem) { return {ErrorKind::failed, what + ": " + problem.message()}; }

// What add() wrote, or nullopt.
std::optional<std::string> unwrapped(const std::string& text) {
  const auto end = text.find('\n');
  if (!text.starts_with(kHead) || end == std::string::npos || end > kMaxHead) return std::nullopt;
  auto body = text.substr(end + 1);
  const auto head = fmt::format("{}{} {}", kHead, body.size(), protocol::sha256_hex(body));
  if (text.compare(0, end, head) != 0) return std::nullopt;
  return body;
}

}  // namespace

platform::Result<Spool> Spool::open(const std::string& directory, SpoolLimits limits) {
  if (auto status = platform::own_private_directory(directory); !status) return status.error();
  Spool spool(directory, limits);
  if (auto status = spool.list(); !status) return status.error();
  if (auto status = spool.finish_discarding(); !status) return status.error();
  return spool;
}

Status Spool::list() {
  std::error_code problem;
  std::vector<fs::path> leftovers;
  for (fs::directory_iterator at(directory_, problem), end; !problem && at != end; at.increment(problem)) {
    const auto name = at->path().filename().string();
    std::error_code gone;
    const auto size = at->is_regular_file(gone) ? static_cast<std::int64_t>(at->file_size(gone)) : -1;
    if (size < 0 || gone) continue;
    if (const auto entry = entry_of(name, size))
      entries_.push_back(*entry);
    else if (name.find(std::string(kSuffix) + ".") != std::string::npos || name.find("counts.json.") != std::string::npos)
      leftovers.push_back(at->path());  // of a write that a crash cut short: it was never spooled
  }
  if (problem) return io_error(directory_, problem);
  for (const auto& file : leftovers) fs::remove(file, problem);
  std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
  return Done{};
}

// Entries that were counted before a crash but still stand are removed now: counted once, sent never.
Status Spool::finish_discarding() {
  const auto text = platform::read_own_file(directory_ + kCountsFile, kMaxCounts);
  if (!text && text.error().kind == ErrorKind::not_found) return Done{};
  if (!text && text.error().kind == ErrorKind::failed) return text.error();  // may be whole, and readable the next time
  const auto json = text ? platform::parse_json(*text, kMaxCounts) : platform::Result<platform::Json>(text.error());
  Counts counts;
  auto status = json ? platform::read_form(*json, counts, platform::Place{"counts.json"}) : Status(json.error());
  if (status && counts.format != kCountsFormat) status = platform::misplaced(platform::Place{"counts.json"}, "unknown format");
  if (!status) {
    // What was discarded before is not known any more, and that itself is told.
    discarded_["counts_damaged"] = 1;
    return Done{};
  }
  discarded_ = counts.discarded;
  for (const auto& name : counts.going) {
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return name_of(entry) == name; });
    if (known == entries_.end()) continue;
    std::error_code problem;
    fs::remove(path(*known), problem);
    if (problem) return io_error(path(*known), problem);
    entries_.erase(known);
  }
  return Done{};
}

Status Spool::write_counts(const std::vector<std::string>& going) {
  return platform::write_file_durably(directory_ + kCountsFile, platform::to_form(Counts{kCountsFormat, discarded_, going}).dump() + "\n");
}

Status Spool::discard(const std::vector<SpoolEntry>& going, const std::string& reason) {
  std::vector<std::string> names;
  names.reserve(going.size());
  for (const auto& entry : going) names.push_back(name_of(entry));
  discarded_[reason] += static_cast<std::int64_t>(going.size());
  if (auto status = write_counts(names); !status) {
    discarded_[reason] -= static_cast<std::int64_t>(going.size());
    return status;
  }
  for (const auto& entry : going) {
    std::error_code problem;
    fs::remove(path(entry), problem);  // what cannot be removed now is removed by the next open()
    std::erase_if(entries_, [&](const auto& one) { return one.position == entry.position; });
  }
  return Done{};
}

Status Spool::make_room(std::int64_t bytes) {
  auto left_bytes = total_bytes() + bytes;
  auto left_entries = static_cast<std::int64_t>(entries_.size()) + 1;
  std::vector<SpoolEntry> going;
  for (const auto kind : {SpoolKind::still_so, SpoolKind::change})
    for (const auto& entry : entries_) {
      if (left_bytes <= limits_.max_bytes && left_entries <= limits_.max_entries) break;
      if (entry.kind != kind) continue;
      going.push_back(entry);
      left_bytes -= entry.bytes;
      --left_entries;
    }
  return going.empty() ? Status(Done{}) : discard(going, "no_room");
}

Status Spool::add(Position position, SpoolKind kind, std::string_view body) {
  if (static_cast<std::int64_t>(body.size()) > limits_.max_report_bytes)
    return Error{ErrorKind::too_large, fmt::format("report: {} bytes, at most {}", body.size(), limits_.max_report_bytes)};
  if (!entries_.empty() && position <= entries_.back().position)
    return Error{ErrorKind::malformed, "report: its number is not above those that wait"};
  const auto text = fmt::format("{}{} {}\n{}", kHead, body.size(), protocol::sha256_hex(body), body);
  const SpoolEntry entry{position, kind, static_cast<std::int64_t>(text.size())};
  if (auto status = make_room(entry.bytes); !status) return status;
  if (auto status = platform::write_file_durably(path(entry), text); !status) return status;
  entries_.push_back(entry);
  return Done{};
}

// A copy for whoever looks for the reason; nothing depends on it.
void Spool::quarantine(const SpoolEntry& entry) {
  const fs::path place = fs::path(directory_) / "quarantine";
  std::error_code problem;
  if (platform::own_private_directory(place.string())) {
    std::int64_t kept = 0, kept_bytes = entry.bytes;
    for (fs::directory_iterator at(place, problem), end; !problem && at != end; at.increment(problem)) {
      std::error_code gone;
      kept_bytes += static_cast<std::int64_t>(at->file_size(gone));
      ++kept;
    }
    if (kept < static_cast<std::int64_t>(kMaxQuarantined) && kept_bytes <= kMaxQuarantinedBytes)
      fs::copy_file(path(entry), place / name_of(entry), fs::copy_options::overwrite_existing, problem);
  }
}

Status Spool::refuse(Position position, const std::string& reason) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.position == position; });
  if (found == entries_.end()) return Error{ErrorKind::not_found, "no report waits under this number"};
  const SpoolEntry entry = *found;
  quarantine(entry);
  return discard({entry}, reason);
}

Status Spool::discard_all(const std::string& reason) {
  const auto all = entries_;  // discard() takes away from entries_
  return all.empty() ? Status(Done{}) : discard(all, reason);
}

platform::Result<std::string> Spool::read(Position position) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.position == position; });
  if (found == entries_.end()) return Error{ErrorKind::not_found, "no report waits under this number"};
  const auto text = platform::read_own_file(path(*found), static_cast<std::size_t>(limits_.max_report_bytes) + kMaxHead);
  if (text)
    if (auto body = unwrapped(*text)) return std::move(*body);
  // Gone or not readable just now is not damaged: it may be read the next time.
  if (!text && text.error().kind == ErrorKind::failed) return text.error();
  const SpoolEntry entry = *found;
  quarantine(entry);
  if (auto status = discard({entry}, "damaged"); !status) return status.error();
  return Error{ErrorKind::malformed, name_of(entry) + ": not what was written"};
}

Status Spool::take(const protocol::Receipt& receipt, std::string_view device) {
  const Position position{receipt.epoch, receipt.seq};
  if (receipt.device != device) return Error{ErrorKind::malformed, "receipt: for another device"};
  const auto body = read(position);
  if (!body) return body.error();
  if (receipt.body_sha256 != protocol::sha256_hex(*body)) return Error{ErrorKind::malformed, "receipt: for other bytes than were sent"};
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.position == position; });
  std::error_code problem;
  fs::remove(path(*found), problem);
  if (problem) return io_error(path(*found), problem);
  entries_.erase(found);
  return Done{};
}

std::string Spool::path(const SpoolEntry& entry) const { return directory_ + "/" + name_of(entry); }

std::int64_t Spool::total_bytes() const {
  std::int64_t total = 0;
  for (const auto& entry : entries_) total += entry.bytes;
  return total;
}

}  // namespace gokajo::agent
