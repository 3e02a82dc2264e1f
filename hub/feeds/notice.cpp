#include "hub/feeds/notice.h"

#include <algorithm>
#include <charconv>

#include "hub/feeds/catalogue.h"
#include "platform/bytes.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using platform::Result, platform::Time;

namespace {

struct Kept {
  std::string format;
  Notices read;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (format, read))

constexpr const char* kFormat = "gokajo-notices/1";

// A number of exactly so many digits, taken off the front.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  const auto* end = text.data() + count;
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || text.front() == '-') return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// "+09:00", "+0900", "Z" or nothing, which is UTC.
std::optional<int> offset_minutes(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return 0;
  const bool east = text.front() == '+';
  if (!east && text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = digits(text, 2);
  (void)take(text, ':');
  const auto minutes = digits(text, 2);
  if (!hours || !minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
  return (east ? 1 : -1) * (*hours * 60 + *minutes);
}

std::optional<Time> rfc3339(std::string_view text) {
  const auto year = digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day) return std::nullopt;
  const auto date = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} / static_cast<unsigned>(*day);
  if (!date.ok()) return std::nullopt;
  Time time{std::chrono::sys_days{date}};
  if (text.empty()) return time;
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
  const auto hour = digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = digits(text, 2);
  std::optional<int> second = 0;
  if (take(text, ':')) {
    second = digits(text, 2);
    if (take(text, '.'))
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
  }
  const auto offset = offset_minutes(text);
  if (!minute || !second || !offset || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return time + std::chrono::hours{*hour} + std::chrono::minutes{*minute - *offset} + std::chrono::seconds{std::min(*second, 59)};
}

bool only(std::string_view text, std::string_view characters) { return text.find_first_not_of(characters) == std::string_view::npos; }

}  // namespace

std::string plain_line(std::string_view text, std::size_t most) {
  std::string without;
  bool inside = false;
  for (const char c : text) {
    // A lone "<" of a formula is no markup, but nobody needs it in a headline either.
    if (c == '<') inside = true;
    without += inside ? ' ' : c;
    if (c == '>') inside = false;
  }
  if (inside) without.assign(text);
  const auto safe = platform::printable_utf8(without);
  std::string line;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const auto byte = static_cast<unsigned char>(safe[i]);
    if (byte == ' ' || byte == '\n' || byte == '\t') {
      if (line.empty() || line.back() == ' ') continue;
      if (++letters > most) break;
      line += ' ';
      continue;
    }
    if ((byte & 0xC0U) != 0x80U && ++letters > most) break;
    line += safe[i];
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string link_of_publisher(std::string_view link) {
  while (!link.empty() && (link.front() == ' ' || link.front() == '\n' || link.front() == '\t' || link.front() == '\r'))
    link.remove_prefix(1);
  while (!link.empty() && (link.back() == ' ' || link.back() == '\n' || link.back() == '\t' || link.back() == '\r')) link.remove_suffix(1);
  if (link.starts_with("https://"))
    link.remove_prefix(8);
  else if (link.starts_with("http://"))
    link.remove_prefix(7);
  else
    return {};
  if (link.size() > kMaxNoticeLink) return {};
  const auto host = link.substr(0, std::min(link.find_first_of("/?#"), link.size()));
  if (!only(link, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&()*+,;=%") || !is_publisher(host)) return {};
  return "https://" + std::string(link);
}

std::optional<Time> feed_date(std::string_view text, Time received) {
  const auto line = plain_line(text, 64);
  auto time = rfc3339(line);
  if (!time) time = platform::parse_rfc5322_date(line);
  if (!time || *time < platform::kFirstTime || *time > platform::kLastTime) return std::nullopt;
  return std::min(*time, received);
}

void keep_newest(Notices& all) {
  std::stable_sort(all.notices.begin(), all.notices.end(), [](const Notice& a, const Notice& b) { return a.published > b.published; });
  if (all.notices.size() <= kMaxNotices) return;
  all.left_out += static_cast<std::int64_t>(all.notices.size() - kMaxNotices);
  all.notices.resize(kMaxNotices);
}

std::string write_notices(const Notices& notices) { return platform::to_text(platform::to_form(Kept{kFormat, notices})); }

Result<Notices> read_notices(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxFeedBytes);
  if (!json) return json.error();
  Kept kept;
  if (auto status = platform::read_form(*json, kept, platform::Place{}); !status) return status.error();
  if (kept.format != kFormat) return platform::misplaced(platform::Place{"format"}, std::string("expected ") + kFormat);
  return std::move(kept.read);
}

}  // namespace gokajo::hub
