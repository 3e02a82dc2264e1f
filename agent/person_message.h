/// \file
/// What a person's helper (`gokajo person run`) and the service say to each other over their channel (platform/person_channel.h): one
/// message, one answer. Both are closed lists of ids, numbers and days. No text that is shown travels, no path, no name, and nothing that
/// says who somebody is: that the service is told by the system alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::agent {

inline constexpr const char* kPersonMessageFormat = "gokajo-person/1";
inline constexpr const char* kPersonAnswerFormat = "gokajo-person-answer/1";
inline constexpr std::size_t kMaxPersonMessage = 1024;
inline constexpr std::size_t kMaxPersonAnswer = 4096;
inline constexpr std::size_t kMaxNotices = 16;

/// notices: is there something this person should know? scan: look at this PC again soon. understood: this person read `briefing` and
/// answered its questions right.
enum class PersonWish { notices, scan, understood };
BOOST_DESCRIBE_ENUM(PersonWish, notices, scan, understood)

/// `briefing`: an id, with `understood` alone.
struct PersonMessage {
  std::string format = kPersonMessageFormat;
  PersonWish wish = PersonWish::notices;
  std::optional<std::string> briefing = {};
};
BOOST_DESCRIBE_STRUCT(PersonMessage, (), (format, wish, briefing))

/// begun: this PC is checked from now on. not_arriving: no receipt for more than 7 days; `day`: of the last one. restart: a restart has
/// been waited for, `days`. briefing, drill: one is to be read, or done, of about `minutes`. stopped: the service says nothing and `day`
/// was its last scan: a helper's own finding, which no service sends.
enum class NoticeKind { begun, not_arriving, restart, briefing, drill, stopped };
BOOST_DESCRIBE_ENUM(NoticeKind, begun, not_arriving, restart, briefing, drill, stopped)

struct Notice {
  NoticeKind kind = NoticeKind::begun;
  std::optional<std::int64_t> days = {};
  std::optional<std::int64_t> minutes = {};
  std::optional<platform::Time> day = {};
};
BOOST_DESCRIBE_STRUCT(Notice, (), (kind, days, minutes, day))

/// What became of a message. not_kept: the disk.
enum class Taken { yes, malformed, unknown_briefing, too_often, not_kept };
BOOST_DESCRIBE_ENUM(Taken, yes, malformed, unknown_briefing, too_often, not_kept)

/// `notices`: the most urgent first; of a message `notices` alone.
struct PersonAnswer {
  std::string format = kPersonAnswerFormat;
  Taken taken = Taken::yes;
  std::vector<Notice> notices = {};
};
BOOST_DESCRIBE_STRUCT(PersonAnswer, (), (format, taken, notices))

std::string write_person_message(const PersonMessage& message);
std::string write_person_answer(const PersonAnswer& answer);

/// Error{malformed, too_large} names the place: another format, a wish or key that is not listed above, a briefing with another wish or an
/// id that could be none.
platform::Result<PersonMessage> read_person_message(std::string_view text);
/// The same; days and minutes out of 0 to 9999, or more than kMaxNotices, are malformed.
platform::Result<PersonAnswer> read_person_answer(std::string_view text);

}  // namespace gokajo::agent
