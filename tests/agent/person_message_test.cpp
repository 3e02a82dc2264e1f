#include "agent/person_message.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace agent;

TEST_CASE("a message of a person's helper is one of three wishes, and is read back as it was written") {
  for (const PersonMessage& message : {PersonMessage{.wish = PersonWish::notices}, PersonMessage{.wish = PersonWish::scan},
                                       PersonMessage{.wish = PersonWish::understood, .briefing = "2026-autumn"}}) {
    const auto text = write_person_message(message);
    CAPTURE(text);
    CHECK(text.size() <= kMaxPersonMessage);
    const auto read = read_person_message(text);
    REQUIRE_MESSAGE(read, read.error().detail);
    CHECK(read->wish == message.wish);
    CHECK(read->briefing == message.briefing);
  }
}

TEST_CASE("what is no message of the list is refused, whatever it names") {
  const std::string deep = R"({"format":"gokajo-person/1","wish":)" + std::string(300, '[') + std::string(300, ']') + "}";
  const std::string long_one = R"({"format":"gokajo-person/1","wish":"scan","briefing":")" + std::string(kMaxPersonMessage, 'a') + "\"}";
  const char* const refused[] = {
      "",
      "{",
      "null",
      "[]",
      "\"scan\"",
      R"({"format":"gokajo-person/1"})",
      R"({"format":"gokajo-person/2","wish":"scan"})",
      R"({"format":"gokajo-person/1","wish":"execute"})",
      R"({"format":"gokajo-person/1","wish":"scan","wish":"scan"})",
      R"({"format":"gokajo-person/1","wish":1})",
      R"({"format":"gokajo-person/1","wish":"scan","person":"S-1-5-21-1-2-3-1001"})",
      R"({"format":"gokajo-person/1","wish":"scan","sid":"S-1-5-18"})",
      R"({"format":"gokajo-person/1","wish":"scan","path":"C:\\Users\\Public\\evil.exe"})",
      R"({"format":"gokajo-person/1","wish":"scan","briefing":"2026-autumn"})",
      R"({"format":"gokajo-person/1","wish":"understood"})",
      R"({"format":"gokajo-person/1","wish":"understood","briefing":"..\\..\\declarations"})",
      R"({"format":"gokajo-person/1","wish":"understood","briefing":"../../declarations"})",
      R"({"format":"gokajo-person/1","wish":"understood","briefing":""})",
      R"({"format":"gokajo-person/1","wish":"understood","briefing":"ソ表能"})",
      R"({"format":"gokajo-person/1","wish":"scan"} {"format":"gokajo-person/1","wish":"scan"})",
      deep.c_str(),
      long_one.c_str(),
  };
  for (const char* text : refused) {
    CAPTURE(text);
    CHECK_FALSE(read_person_message(text));
  }
  for (const char last : {'\0', 'x', '}'}) CHECK_FALSE(read_person_message(write_person_message({.wish = PersonWish::scan}) + last));
}

TEST_CASE("an answer holds ids, numbers and days, and is read back") {
  PersonAnswer answer;
  answer.notices = {{.kind = NoticeKind::not_arriving, .day = *platform::parse_time("2026-11-12T00:00:00Z")},
                    {.kind = NoticeKind::restart, .days = 9},
                    {.kind = NoticeKind::briefing, .minutes = 3},
                    {.kind = NoticeKind::begun}};
  const auto text = write_person_answer(answer);
  CHECK(text.size() <= kMaxPersonAnswer);
  const auto read = read_person_answer(text);
  REQUIRE_MESSAGE(read, read.error().detail);
  REQUIRE(read->notices.size() == 4);
  CHECK(read->notices[0].day == answer.notices[0].day);
  CHECK(read->notices[1].days == 9);
  CHECK(read->notices[2].minutes == 3);
  for (const char* wrong :
       {R"({"format":"gokajo-person-answer/1","taken":"yes"})",
        R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"open","path":"C:\\evil.exe"}]})",
        R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"begun","text":"ここを押してください"}]})",
        R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"restart","days":-1}]})",
        R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"restart","days":10000}]})",
        R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"briefing","minutes":99999999999}]})"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_person_answer(wrong));
  }
  answer.notices.assign(kMaxNotices + 1, {.kind = NoticeKind::begun});
  CHECK_FALSE(read_person_answer(write_person_answer(answer)));
}

}  // namespace gokajo::tests
