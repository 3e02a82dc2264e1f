#include "agent/person_message.h"

#include "compliance/data_file.h"

namespace gokajo::agent {

using platform::Place, platform::Result;

namespace {

template <class Message>
Result<Message> read(std::string_view text, std::size_t max_bytes, const char* format) {
  const auto json = platform::parse_json(text, max_bytes);
  if (!json) return json.error();
  Message message;
  if (auto status = platform::read_form(*json, message, Place{}); !status) return status.error();
  if (message.format != format) return platform::misplaced(Place{"format"}, std::string("expected ") + format);
  return message;
}

bool usual(const std::optional<std::int64_t>& number) { return !number || (*number >= 0 && *number <= 9999); }

}  // namespace

std::string write_person_message(const PersonMessage& message) { return platform::to_form(message).dump(); }

std::string write_person_answer(const PersonAnswer& answer) { return platform::to_form(answer).dump(); }

Result<PersonMessage> read_person_message(std::string_view text) {
  auto message = read<PersonMessage>(text, kMaxPersonMessage, kPersonMessageFormat);
  if (!message) return message;
  const Place place{"briefing"};
  if (message->briefing.has_value() != (message->wish == PersonWish::understood))
    return platform::misplaced(place, "expected with the wish \"understood\", and with it alone");
  if (message->briefing && !compliance::is_data_id(*message->briefing)) return platform::misplaced(place, "expected an id");
  return message;
}

Result<PersonAnswer> read_person_answer(std::string_view text) {
  auto answer = read<PersonAnswer>(text, kMaxPersonAnswer, kPersonAnswerFormat);
  if (!answer) return answer;
  const Place place{"notices"};
  if (answer->notices.size() > kMaxNotices) return platform::misplaced(place, "too many");
  for (const auto& notice : answer->notices)
    if (!usual(notice.days) || !usual(notice.minutes)) return platform::misplaced(place, "expected numbers of 0 to 9999");
  return answer;
}

}  // namespace gokajo::agent
