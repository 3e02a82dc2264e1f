#include "hub/company_change.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "compliance/wording.h"
#include "hub/digits.h"
#include "hub/mail/message.h"
#include "hub/thresholds.h"
#include "protocol/schedule.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;

namespace {

constexpr std::int64_t kFarthestOffset = 840;

CompanyProblem wrong(const char* field, std::string detail) { return {field, Error{ErrorKind::malformed, std::move(detail)}}; }

bool is_day(const std::string& day) { return day.size() == 10 && platform::parse_time(day).has_value(); }

std::optional<CompanyProblem> check_lines(const CompanyChange& change) {
  const std::pair<const char*, const std::optional<std::string>*> lines[] = {{"name", &change.name},
                                                                             {"responsible", &change.responsible},
                                                                             {"owner_name", &change.owner_name},
                                                                             {"person_in_charge", &change.person_in_charge},
                                                                             {"schedule", &change.schedule}};
  for (const auto& [field, text] : lines)
    if (*text && !is_line(**text)) return wrong(field, "\"" + **text + "\"");
  if (change.owner_mail && !change.owner_mail->empty() && !is_mail_address(*change.owner_mail))
    return wrong("owner_mail", "--owner-mail " + *change.owner_mail);
  return std::nullopt;
}

// The first of a line's days, and its last.
std::optional<std::pair<std::string, std::string>> days_of_line(const std::string& line) {
  for (const char* between : {"〜", "～", "~"}) {
    const auto at = line.find(between);
    if (at == std::string::npos) continue;
    return std::pair(day_in(line.substr(0, at)), day_in(line.substr(at + std::string(between).size())));
  }
  const auto day = day_in(line);
  return std::pair(day, day);
}

std::string text_of(std::chrono::sys_days day) { return platform::format_time(Time{day}).substr(0, 10); }

}  // namespace

bool is_line(const std::string& text) {
  return text.size() <= kMaxLine &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::optional<CompanyProblem> apply_change(const CompanyChange& change, const Shelf& shelf, Company& company, Time now) {
  if (auto problem = check_lines(change)) return problem;
  const auto put = [](const auto& from, auto& to) {
    if (from) to = *from;
  };
  put(change.name, company.name);
  put(change.pack, company.pack);
  put(change.responsible, company.responsible);
  put(change.owner_name, company.owner_name);
  // Of another address nothing is known.
  if (change.owner_mail && *change.owner_mail != company.owner_mail) company.confirmed.reset();
  put(change.owner_mail, company.owner_mail);
  put(change.person_in_charge, company.person_in_charge);
  // PCs refuse everything they are told where they cannot read this.
  if (change.schedule)
    if (const auto read = protocol::read_schedule(*change.schedule); !read) return CompanyProblem{"schedule", read.error()};
  put(change.schedule, company.schedule);
  if (change.devices) {
    if (*change.devices < 0 || *change.devices > kMostDevices) return wrong("devices", "--devices " + std::to_string(*change.devices));
    company.stated_devices = change.devices;
  }
  if (change.offset_minutes && (*change.offset_minutes < -kFarthestOffset || *change.offset_minutes > kFarthestOffset))
    return wrong("offset_minutes", "--offset-minutes " + std::to_string(*change.offset_minutes));
  put(change.offset_minutes, company.offset_minutes);
  if (change.closed_days) {
    if (change.closed_days->size() > kMostClosedDays) return wrong("closed_days", "--closed: too many");
    for (const auto& day : *change.closed_days)
      if (!is_day(day)) return wrong("closed_days", "--closed " + day);
    company.closed_days = *change.closed_days;
  }
  if (change.staff_told && !*change.staff_told) company.staff_told.reset();
  if (change.staff_told && *change.staff_told) company.staff_told = now;
  if (change.policy)
    if (auto fits = all_in_range(*change.policy); !fits) return CompanyProblem{"policy", fits.error()};
  put(change.policy, company.policy);
  const auto pack = shelf.pack(company.pack);
  if (!pack) return CompanyProblem{"pack", pack.error()};
  if (const auto effective = compliance::effective_pack(*pack, company.policy, now); !effective)
    return CompanyProblem{change.policy ? "policy" : "pack", effective.error()};
  return std::nullopt;
}

std::string day_in(const std::string& typed) {
  // Year, month and day, whatever stands between them.
  std::vector<std::string> parts(1);
  for (const char c : with_plain_digits(typed)) {
    if (c >= '0' && c <= '9')
      parts.back() += c;
    else if (!parts.back().empty())
      parts.emplace_back();
    if (parts.size() > 4 || parts.back().size() > 4) return {};
  }
  if (parts.back().empty()) parts.pop_back();
  if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2) return {};
  for (auto& part : parts)
    if (part.size() == 1) part.insert(0, "0");
  auto day = parts[0] + "-" + parts[1] + "-" + parts[2];
  return is_day(day) ? day : std::string();
}

std::optional<std::vector<std::string>> closed_days_in(const std::string& typed) {
  std::set<std::string> days;
  std::istringstream lines(typed);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto ends = days_of_line(line);
    if (!ends || ends->first.empty() || ends->second.empty() || ends->second < ends->first) return std::nullopt;
    auto day = std::chrono::floor<std::chrono::days>(*platform::parse_time(ends->first));
    for (; text_of(day) <= ends->second; day += std::chrono::days{1}) {
      days.insert(text_of(day));
      if (days.size() > kMostClosedDays) return std::nullopt;
    }
  }
  return std::vector<std::string>(days.begin(), days.end());
}

std::string closed_days_lines(const std::vector<std::string>& days, compliance::Language language) {
  const auto written = [&](std::chrono::sys_days day) {
    return language == compliance::Language::ja ? compliance::render_day(Time{day}, language, {0, {}}) : text_of(day);
  };
  std::string lines;
  for (std::size_t i = 0; i < days.size();) {
    const auto first = std::chrono::floor<std::chrono::days>(*platform::parse_time(days[i]));
    auto last = first;
    for (++i; i < days.size() && days[i] == text_of(last + std::chrono::days{1}); ++i) last += std::chrono::days{1};
    lines += (lines.empty() ? "" : "\n") + written(first) + (last == first ? "" : "〜" + written(last));
  }
  return lines;
}

}  // namespace gokajo::hub
