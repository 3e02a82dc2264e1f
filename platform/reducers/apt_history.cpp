/// \file
/// apt's history (/var/log/apt/history.log and its older parts), compressed or not, reduced to one line "day<tab>package<tab>version" for
/// each version a run put on, took off or replaced: no command lines, no names of people, no times of day. The newest are kept.
#include <algorithm>
#include <array>
#include <deque>

#include "platform/expanded_file.h"
#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::size_t kMaxItems = 5000;
constexpr std::size_t kMaxWord = 200;
constexpr std::string_view kName = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
constexpr std::string_view kVersion = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-~:";

bool made_of(std::string_view word, std::string_view characters) {
  return !word.empty() && word.size() <= kMaxWord && word.find_first_not_of(characters) == std::string_view::npos;
}

std::string_view next(std::string_view& rest, std::string_view end) {
  const auto at = rest.find(end);
  const auto word = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
  return word;
}

// "hana:amd64 (1.0, 1.1), kaki:amd64 (2, automatic)"
void add_versions(std::string_view day, std::string_view list, std::deque<std::string>& into) {
  while (!list.empty()) {
    auto name = next(list, " (");
    auto versions = next(list, ")");
    if (list.starts_with(", ")) list.remove_prefix(2);
    name = next(name, ":");
    while (!versions.empty()) {
      const auto version = next(versions, ", ");
      if (version == "automatic" || !made_of(name, kName) || !made_of(version, kVersion)) continue;
      into.push_back(std::string(day).append("\t").append(name).append("\t").append(version).append("\n"));
      if (into.size() > kMaxItems) into.pop_front();
    }
  }
}

}  // namespace

Result<std::string> apt_history(std::string_view bytes) {
  static constexpr std::array<std::string_view, 6> kActions = {
      "Install: ", "Reinstall: ", "Upgrade: ", "Downgrade: ", "Remove: ", "Purge: "};
  constexpr std::string_view kStart = "Start-Date: ";
  auto text = expanded(bytes, 16U << 20U);
  if (!text) return text.error();
  std::deque<std::string> items;
  std::string_view rest = *text, day;
  while (!rest.empty()) {
    auto line = next(rest, "\n");
    if (line.starts_with(kStart)) {
      day = line.substr(kStart.size(), 10);
      if (!made_of(day, "0123456789-")) day = {};
      continue;
    }
    const auto* action = std::find_if(kActions.begin(), kActions.end(), [&](std::string_view one) { return line.starts_with(one); });
    if (action != kActions.end() && !day.empty()) add_versions(day, line.substr(action->size()), items);
  }
  std::string out;
  for (const auto& item : items) out += item;
  return out;
}

}  // namespace gokajo::platform::reducers
