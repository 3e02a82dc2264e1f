#include "collectors/parse/dnf.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "collectors/parse/lines.h"
#include "collectors/parse/rpm.h"
#include "platform/json_form.h"

namespace gokajo::collectors::parse {
namespace {

constexpr std::size_t kMaxJsonBytes = 4U << 20U;

std::optional<DnfOffer> offer(const std::string& name_arch, const std::string& evr, const std::string& repository) {
  const auto dot = name_arch.rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == name_arch.size() || evr.empty()) return std::nullopt;
  return DnfOffer{name_arch.substr(0, dot), name_arch.substr(dot + 1), evr, repository};
}

bool is_note(std::string_view line) { return line.starts_with("Security:") || line.starts_with("Last metadata expiration check"); }

// "5.4 k", "12 M", "0": how the table ends a row.
bool is_size(const std::string& word) { return !word.empty() && word.find_first_not_of("0123456789.") == std::string::npos; }
bool is_unit(const std::string& word) { return word.size() == 1 && std::string_view("kMGT").find(word[0]) != std::string_view::npos; }

std::vector<DnfOffer>* section_of(DnfTransaction& table, std::string_view heading) {
  if (heading.starts_with("Installing")) return &table.installs;
  if (heading.starts_with("Upgrading") || heading.starts_with("Downgrading")) return &table.changes;
  if (heading.starts_with("Removing")) return &table.removals;
  if (heading.starts_with("Skipping")) return &table.skipped;
  return nullptr;
}

// Rows of one section from its words: name arch evr repository size [unit], and between rows "replacing name.arch evr".
bool read_rows(const std::vector<std::string>& words, std::vector<DnfOffer>& rows, DnfTransaction& table) {
  std::size_t at = 0;
  while (at < words.size()) {
    if (words[at] == "replacing") {
      if (at + 2 >= words.size()) return false;
      auto replaced = offer(words[at + 1], words[at + 2], "");
      if (!replaced) return false;
      table.removals.push_back(std::move(*replaced));
      at += 3;
      continue;
    }
    if (at + 4 >= words.size() || !is_size(words[at + 4])) return false;
    rows.push_back({words[at], words[at + 1], words[at + 2], words[at + 3]});
    at += 5;
    if (at < words.size() && is_unit(words[at])) ++at;
  }
  return true;
}

std::optional<platform::Time> dnf_time(std::string_view text) {  // "2026-10-20 00:00:00"
  if (text.size() != 19 || text[10] != ' ') return std::nullopt;
  std::string iso(text);
  iso[10] = 'T';
  return platform::parse_time(iso + "Z");
}

std::string text_of(const platform::Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::optional<std::vector<DnfOffer>> dnf_offers(std::string_view text) {
  std::vector<std::string> all;
  for (const auto line : lines(text)) {
    if (line.starts_with("Obsoleting")) break;
    if (is_note(line)) continue;
    const auto row = words(line);
    all.insert(all.end(), row.begin(), row.end());
  }
  if (all.size() % 3 != 0) return std::nullopt;
  std::vector<DnfOffer> offers;
  for (std::size_t i = 0; i < all.size(); i += 3) {
    auto row = offer(all[i], all[i + 1], all[i + 2]);
    if (!row) return std::nullopt;
    offers.push_back(std::move(*row));
  }
  return offers;
}

std::optional<DnfTransaction> dnf_transaction(std::string_view text) {
  DnfTransaction table;
  bool resolved = false, ended = false;
  std::vector<DnfOffer>* section = nullptr;
  std::vector<std::string> rows;
  const auto finish = [&] { return !section || read_rows(rows, *section, table); };
  for (const auto line : lines(text)) {
    if (line == "Nothing to do.") return table;
    if (line.starts_with("Transaction Summary")) ended = resolved;
    if (ended) break;
    // Headings stand at the left edge and end with a colon; rows are indented.
    if (!line.empty() && line.front() != ' ' && line.back() == ':') {
      if (!finish()) return std::nullopt;
      rows.clear();
      section = section_of(table, line);
      resolved = resolved || section;
      continue;
    }
    if (!section || line.empty() || line.front() != ' ') continue;
    const auto row = words(line);
    rows.insert(rows.end(), row.begin(), row.end());
  }
  if (!ended || !finish()) return std::nullopt;
  return table;
}

std::optional<std::vector<DnfAdvisory>> dnf_advisories(std::string_view text) {
  std::vector<DnfAdvisory> found;
  for (const auto line : lines(text)) {
    if (trimmed(line).empty() || is_note(line)) continue;
    const auto row = words(line);
    if (row.size() != 3) return std::nullopt;
    const auto package = nevra(row[2]);
    if (!package) return std::nullopt;
    found.push_back({row[0], package->name, package->evr, package->architecture, std::nullopt});
  }
  return found;
}

std::optional<std::vector<DnfAdvisory>> dnf5_advisories(std::string_view json) {
  const auto rows = platform::parse_json(json, kMaxJsonBytes);
  if (!rows || !rows->is_array()) return std::nullopt;
  std::vector<DnfAdvisory> found;
  for (const auto& row : *rows) {
    const auto package = row.is_object() ? nevra(text_of(row, "nevra")) : std::nullopt;
    if (!package) return std::nullopt;
    if (text_of(row, "type") != "security") continue;
    found.push_back({text_of(row, "name"), package->name, package->evr, package->architecture, dnf_time(text_of(row, "buildtime"))});
  }
  return found;
}

std::map<std::string, platform::Time> dnf_advisory_dates(std::string_view text) {
  std::map<std::string, platform::Time> dates;
  std::string id;
  for (const auto line : lines(text)) {
    const auto part = trimmed(line);
    if (part.starts_with("Update ID: ")) id = std::string(trimmed(part.substr(11)));
    if (!part.starts_with("Updated: ") || id.empty()) continue;
    if (const auto time = dnf_time(trimmed(part.substr(9)))) dates.emplace(id, *time);
    id.clear();  // one date an advisory: a description may hold such a line too
  }
  return dates;
}

}  // namespace gokajo::collectors::parse
