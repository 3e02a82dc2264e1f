/// \file
/// What the hub keeps of a public feed: its notices, without their texts. A title and a link are all that is ever shown of one
/// (docs/feeds.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

inline constexpr std::size_t kMaxFeedBytes = 8U << 20U;  ///< the largest that is read today has 1.3 MB
inline constexpr std::size_t kMaxFeedDepth = 32;
inline constexpr std::size_t kMaxFeedElements = 200'000;
inline constexpr std::size_t kMaxNotices = 500;  ///< the newest of a feed
inline constexpr std::size_t kMaxTitle = 200;    ///< code points
inline constexpr std::size_t kMaxNoticeLink = 300;
inline constexpr std::size_t kMaxProducts = 20;  ///< of one notice
inline constexpr std::size_t kMaxProduct = 120;

/// `link`: https, of a known publisher (hub/feeds/catalogue.h). `products`: "cpe:/a:vendor:product" or "vendor product", as the feed names
/// them. `alert`: the publisher calls it a warning to everybody. `exploited`: known to be used for attacks.
struct Notice {
  std::string title;
  std::string link;
  platform::Time published{};
  std::vector<std::string> products;
  bool alert = false;
  bool exploited = false;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (title, link, published, products, alert, exploited))

/// `left_out`: entries without a title, a date or a link that may be shown, and those past kMaxNotices.
struct Notices {
  std::vector<Notice> notices;
  std::int64_t left_out = 0;
};
BOOST_DESCRIBE_STRUCT(Notices, (), (notices, left_out))

/// One line of plain text: markup, line ends and control characters are blanks, of which one is left; cut at `most` code points.
std::string plain_line(std::string_view text, std::size_t most);

/// The link as it may be shown: https and a host of `publishers` or below one; http is made https. Empty: it may not.
std::string link_of_publisher(std::string_view link);

/// A date as feeds write it: RFC 3339, without seconds, with an offset or Z, or none of a time; or RFC 5322. One after `received` is
/// `received`. nullopt: it is none.
std::optional<platform::Time> feed_date(std::string_view text, platform::Time received);

/// The newest first, at most kMaxNotices; the others are counted.
void keep_newest(Notices& notices);

/// What the store keeps of a good copy, and back. Error{malformed} with the place: another version wrote it.
std::string write_notices(const Notices& notices);
platform::Result<Notices> read_notices(std::string_view text);

}  // namespace gokajo::hub
