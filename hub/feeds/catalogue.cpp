#include "hub/feeds/catalogue.h"

#include <algorithm>

#include "hub/demo/marker.h"
#include "hub/hub_toml.h"
#include "hub/toml.h"
#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::embedded {
std::span<const File> hub_feeds_data();
}  // namespace gokajo::embedded

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxList = 1U << 20U, kMaxAddress = 500;

struct List {
  std::string about;
  std::string as_of;
  std::vector<std::string> publishers;
  std::vector<PublicFeed> feeds;
};
BOOST_DESCRIBE_STRUCT(List, (), (about, as_of, publishers, feeds))

// A test reads it whole.
const List& list() {
  static const List kList = [] {
    List read;
    const auto json = platform::parse_json(feeds_data("feeds.json"), kMaxList);
    if (!json || !platform::read_form(*json, read, platform::Place{"feeds"})) read = List{};
    return read;
  }();
  return kList;
}

Error wrong(const toml::node& node, const std::string& what) {
  return {ErrorKind::malformed, "line " + std::to_string(node.source().begin.line) + ": feeds: " + what};
}

bool is_known(std::string_view id) {
  return std::any_of(public_feeds().begin(), public_feeds().end(), [&](const PublicFeed& feed) { return feed.id == id; });
}

bool may_be_asked(std::string_view address) {
  if (address.empty()) return true;
  if (!address.starts_with("https://") || address.size() > kMaxAddress) return false;
  const auto rest = address.substr(8);
  const auto host = rest.substr(0, std::min(rest.find_first_of("/?#"), rest.size()));
  return !host.empty() && host.find('@') == std::string_view::npos && std::all_of(address.begin(), address.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\';
  });
}

Result<FeedSettings> read_table(const toml::table& table) {
  FeedSettings settings;
  for (const auto& [key, node] : table) {
    if (key == "read") {
      const auto value = node.value_exact<bool>();
      if (!value) return wrong(node, "read: expected true or false");
      settings.read = *value;
    } else if (key == "authorities") {
      const auto value = node.value_exact<std::string>();
      if (!value || value->empty()) return wrong(node, "authorities: expected the path of a file");
      settings.authorities = *value;
    } else if (key == "addresses") {
      const auto* addresses = node.as_table();
      if (!addresses) return wrong(node, "addresses: expected a table");
      for (const auto& [id, one] : *addresses) {
        const auto value = one.value_exact<std::string>();
        if (!is_known(id.str())) return wrong(one, "addresses: no such feed");
        if (!value || !may_be_asked(*value)) return wrong(one, "addresses: expected https://… without a user, or \"\" to leave it out");
        settings.addresses[std::string(id.str())] = *value;
      }
    } else {
      return wrong(node, "expected read, addresses or authorities");
    }
  }
  return settings;
}

}  // namespace

std::string_view feeds_data(std::string_view name) {
  for (const auto& file : embedded::hub_feeds_data())
    if (file.name == name) return file.text;
  return {};
}

const std::vector<PublicFeed>& public_feeds() { return list().feeds; }

bool is_publisher(std::string_view host) {
  return std::any_of(list().publishers.begin(), list().publishers.end(), [&](const std::string& known) {
    return host == known || (host.size() > known.size() && host.ends_with(known) && host[host.size() - known.size() - 1] == '.' &&
                             host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos);
  });
}

std::vector<PublicFeed> chosen_feeds(const FeedSettings& settings) {
  std::vector<PublicFeed> chosen;
  if (!settings.read) return chosen;
  for (auto feed : public_feeds()) {
    const auto own = settings.addresses.find(feed.id);
    if (own != settings.addresses.end()) feed.address = own->second;
    feed.hours = std::max(feed.hours, kLeastFeedHours);
    if (!feed.address.empty()) chosen.push_back(std::move(feed));
  }
  return chosen;
}

Result<std::optional<FeedSettings>> read_feed_settings(std::string_view text) {
  if (text.size() > kMaxHubToml) return Error{ErrorKind::too_large, "hub.toml: more than " + std::to_string(kMaxHubToml) + " bytes"};
  const auto parsed = toml_tree(text);
  if (!parsed) return parsed.error();
  const auto* node = parsed->get("feeds");
  if (!node) return std::optional<FeedSettings>{};
  const auto* table = node->as_table();
  if (!table) return wrong(*node, "expected a table");
  auto settings = read_table(*table);
  if (!settings) return settings.error();
  return std::optional(std::move(*settings));
}

Result<FeedSettings> find_feed_settings(const std::string& directory) {
  if (demo::is_demo(directory)) return FeedSettings{};
  auto found = from_hub_toml(directory, [](const std::string& text) { return read_feed_settings(text); });
  if (!found) return found.error();
  return found->value_or(FeedSettings{});
}

}  // namespace gokajo::hub
