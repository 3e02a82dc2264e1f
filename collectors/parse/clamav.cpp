#include "collectors/parse/clamav.h"

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {

ClamdConf parse_clamd_conf(std::string_view text) {
  ClamdConf conf;
  for (const auto line : lines(text)) {
    const auto gap = line.find_first_of(" \t");
    if (line.starts_with('#') || gap == std::string_view::npos) continue;
    const auto option = line.substr(0, gap);
    auto value = trimmed(line.substr(gap));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (option == "LocalSocket") conf.local_socket = value;
    if (option == "DatabaseDirectory") conf.database_directory = value;
    if (option == "OnAccessIncludePath" || option == "OnAccessMountPath") ++conf.watched;
    if (option == "OnAccessPrevention") conf.prevention = lower(value) == "yes" || lower(value) == "true" || value == "1";
  }
  return conf;
}

std::optional<CvdHeader> parse_cvd_header(std::string_view header) {
  const auto field = fields(header.substr(0, 512), ':');
  if (field.size() < 8 || field[0] != "ClamAV-VDB") return std::nullopt;
  const auto version = number(field[2]);
  if (!version) return std::nullopt;
  if (field.size() > 8)
    if (const auto seconds = number(trimmed(field[8])))
      if (const auto built = platform::time_from_unix(*seconds)) return CvdHeader{*built, *version};
  // "14 Oct 2026 08-26 +0000" is a mail's date with other signs between hours and minutes.
  const auto word = words(field[1]);
  if (word.size() != 5 || word[3].size() != 5 || word[3][2] != '-') return std::nullopt;
  const auto built = platform::parse_rfc5322_date(word[0] + " " + word[1] + " " + word[2] + " " + word[3].substr(0, 2) + ":" +
                                                  word[3].substr(3) + ":00 " + word[4]);
  if (!built) return std::nullopt;
  return CvdHeader{*built, *version};
}

std::optional<ClamdVersion> parse_clamd_version(std::string_view text) {
  while (!text.empty() && (text.back() == '\0' || text.back() == '\n')) text.remove_suffix(1);
  if (text.size() > 200 || !text.starts_with("ClamAV ")) return std::nullopt;
  const auto field = fields(text.substr(7), '/');
  if (field.empty() || field[0].empty()) return std::nullopt;
  ClamdVersion version{std::string(field[0]), std::nullopt, std::nullopt};
  if (field.size() == 1) return version;
  const auto word = words(field.size() == 3 ? field[2] : std::string_view());  // Wed Oct 14 08:26:00 2026
  version.database = number(field[1]);
  if (!version.database || word.size() != 5) return std::nullopt;
  version.built = platform::parse_rfc5322_date(word[2] + " " + word[1] + " " + word[4] + " " + word[3] + " +0000");
  if (!version.built) return std::nullopt;
  return version;
}

}  // namespace gokajo::collectors::parse
