#include "collectors/parse/key_file.h"

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {

std::vector<KeyLine> parse_key_file(std::string_view text) {
  std::vector<KeyLine> found;
  std::string section;
  std::int64_t at = 0;
  for (const auto raw : lines(text)) {
    ++at;
    const auto line = trimmed(raw);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    if (line[0] == '[') {
      const auto end = line.find(']');
      if (end != std::string_view::npos) section = line.substr(1, end - 1);
      // kconfig writes nested groups as [a][b], and marks what may not be overridden as [a][$i]: kept as they stand.
      if (end != std::string_view::npos && end + 1 < line.size()) section += line.substr(end);
      if (section.ends_with(']')) section.pop_back();
      continue;
    }
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    found.push_back({section, std::string(trimmed(line.substr(0, equals))), std::string(trimmed(line.substr(equals + 1))), at});
  }
  return found;
}

}  // namespace gokajo::collectors::parse
