/// \file
/// Which notices a person has seen: notices.json in the person's own state directory, and what follows for the next one. Calm comes first:
/// one notice a day in all, and none of a kind again before its time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/person_message.h"
#include "compliance/text.h"

namespace gokajo::agent {

/// `day`: of the PC's calendar (platform::local_day()), when one of this kind was shown last.
struct ShownNotice {
  NoticeKind kind = NoticeKind::begun;
  platform::Time day{};
};
BOOST_DESCRIBE_STRUCT(ShownNotice, (), (kind, day))

inline constexpr const char* kShownNoticesFormat = "gokajo-notices-shown/1";

struct ShownNotices {
  std::string format = kShownNoticesFormat;
  std::vector<ShownNotice> shown = {};
};
BOOST_DESCRIBE_STRUCT(ShownNotices, (), (format, shown))

std::string write_shown_notices(const ShownNotices& shown);
/// Error{malformed, too_large} names the place.
platform::Result<ShownNotices> read_shown_notices(std::string_view text);

/// The first of `notices` whose time it is; nullopt where one was shown today. not_arriving, stopped, briefing, drill and restart come
/// again after 7 days, begun never. A day that has not come yet (a clock that was set back) says nothing.
std::optional<Notice> next_notice(const std::vector<Notice>& notices, const ShownNotices& shown, platform::Time now, int offset_minutes);

/// That it was shown now.
void note_shown(ShownNotices& shown, NoticeKind kind, platform::Time now, int offset_minutes);

/// What it says: a heading of at most 63 and a text of at most 255 UTF-16 units, as NOTIFYICONDATAW holds them.
struct NoticeText {
  std::string heading;
  std::string text;
};
NoticeText text_of(const Notice& notice, compliance::Language language, int offset_minutes);

}  // namespace gokajo::agent
