#include "hub/feeds/read_kev.h"

#include "platform/json_form.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Json, platform::Place, platform::Result, platform::misplaced;

namespace {

// The list has no page for one entry; this one says what is known of a number.
constexpr const char* kPage = "https://nvd.nist.gov/vuln/detail/";

const std::string* text_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

// CVE-2099-0001
bool is_number(std::string_view text) {
  if (!text.starts_with("CVE-") || text.size() < 13 || text.size() > 20 || text[8] != '-') return false;
  return text.substr(4, 4).find_first_not_of("0123456789") == std::string_view::npos &&
         text.substr(9).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<Notices> read_kev(std::string_view text, platform::Time received) {
  const auto json = platform::parse_json(text, kMaxFeedBytes);
  if (!json) return json.error();
  if (!json->is_object()) return platform::expected(Place{"list"}, "an object", *json);
  const auto list = json->find("vulnerabilities");
  if (list == json->end() || !list->is_array()) return misplaced(Place{"vulnerabilities"}, "expected an array");
  if (list->size() > kMaxKevEntries) return Error{ErrorKind::too_large, "vulnerabilities: more than " + std::to_string(kMaxKevEntries)};
  const auto count = json->find("count");
  if (count == json->end() || !count->is_number_integer() || *count != static_cast<std::int64_t>(list->size()))
    return misplaced(Place{"count"}, "is not the length of vulnerabilities, " + std::to_string(list->size()));
  Notices all;
  const Place place{"vulnerabilities"};
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto& entry = (*list)[i];
    if (!entry.is_object()) return platform::expected(place.index(i), "an object", entry);
    const auto *number = text_in(entry, "cveID"), *vendor = text_in(entry, "vendorProject"), *product = text_in(entry, "product"),
               *name = text_in(entry, "vulnerabilityName"), *added = text_in(entry, "dateAdded");
    if (!number || !is_number(*number)) return misplaced(place.index(i), "cveID: expected the number of a vulnerability");
    const auto date = added ? feed_date(*added, received) : std::nullopt;
    if (!date) return misplaced(place.index(i), "dateAdded: expected a date");
    if (!vendor || !product) return misplaced(place.index(i), "expected vendorProject and product");
    if (*date + kKevReaches < received) {
      ++all.left_out;
      continue;
    }
    Notice notice;
    notice.title = plain_line(*number + (name ? " " + *name : ""), kMaxTitle);
    notice.link = kPage + *number;
    notice.published = *date;
    notice.products = {plain_line(*vendor + " " + *product, kMaxProduct)};
    notice.exploited = true;
    all.notices.push_back(std::move(notice));
  }
  keep_newest(all);
  return all;
}

}  // namespace gokajo::hub
