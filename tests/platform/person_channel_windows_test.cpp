#include <windows.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "platform/person_channel.h"
#include "platform/person_desktop.h"
#include "platform/person_sessions.h"
#include "platform/places.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

// The channel to the people at this PC, with hostile clients. With GOKAJO_CHANNEL set to the name of a channel that a running service
// holds, the last cases are turned against that one (tests/windows/service).
namespace gokajo::tests {

using namespace platform;
using namespace std::chrono_literals;

namespace {

std::string a_name() {
  static int number = 0;
  return "gokajo-test-" + std::to_string(GetCurrentProcessId()) + "-" + std::to_string(++number);
}

std::wstring path(const std::string& name) { return L"\\\\.\\pipe\\" + wide(name); }

// A client that keeps to nothing.
Handle connect(const std::string& name) {
  return Handle(CreateFileW(path(name).c_str(),
                            FILE_READ_DATA | FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES | SYNCHRONIZE, 0, nullptr,
                            OPEN_EXISTING, SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
}

bool send(const Handle& pipe, const std::string& bytes) {
  DWORD count = 0;
  return WriteFile(pipe.get(), bytes.data(), static_cast<DWORD>(bytes.size()), &count, nullptr) && count == bytes.size();
}

// What comes until the other end hangs up.
std::string received(const Handle& pipe) {
  std::string all;
  char piece[512];
  DWORD count = 0;
  while (ReadFile(pipe.get(), piece, sizeof(piece), &count, nullptr) && count > 0) all.append(piece, count);
  return all;
}

// A service of the test's own, which answers with what it was told.
struct Served {
  std::string name = a_name();
  ChannelLimits limits{.max_message = 64, .max_answer = 256, .conversations = 4, .conversations_of_session = 2, .patience = 500ms};
  std::mutex mutex;
  std::vector<std::string> messages;
  std::vector<ChannelCaller> callers;
  std::unique_ptr<PersonChannel> channel;

  Served() {
    auto opened = open_person_channel(name, limits, [this](const ChannelCaller& who, std::string_view message) {
      const std::lock_guard lock(mutex);
      callers.push_back(who);
      messages.emplace_back(message);
      return "answer to " + std::string(message);
    });
    REQUIRE_MESSAGE(opened, opened.error().detail);
    channel = std::move(*opened);
  }
  std::size_t heard() {
    const std::lock_guard lock(mutex);
    return messages.size();
  }
  Result<std::string> ask(const std::string& message) {
    auto mine = limits;
    mine.patience = 5s;
    return ask_over_channel(name, mine, message);
  }
};

}  // namespace

TEST_CASE("a person's program asks and is answered; who it is, the service is told by Windows") {
  Served served;
  for (int i = 0; i < 20; ++i) {
    const auto answer = served.ask("hello " + std::to_string(i));
    REQUIRE_MESSAGE(answer, answer.error().detail);
    CHECK(*answer == "answer to hello " + std::to_string(i));
  }
  REQUIRE(served.callers.size() == 20);
  CHECK(served.callers.front().person == own_sid());
  DWORD session = 0;
  REQUIRE(ProcessIdToSessionId(GetCurrentProcessId(), &session));
  CHECK(served.callers.front().session == static_cast<std::int64_t>(session));
}

TEST_CASE("a name that another program took beforehand is not shared") {
  Served first;
  const auto second =
      open_person_channel(first.name, first.limits, [](const ChannelCaller&, std::string_view) { return std::string("mine"); });
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::denied);
  const auto name = a_name();
  const Handle planted(
      CreateNamedPipeW(path(name).c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT, PIPE_UNLIMITED_INSTANCES, 64, 64, 0, nullptr));
  REQUIRE(planted);
  const auto third = open_person_channel(name, first.limits, [](const ChannelCaller&, std::string_view) { return std::string("mine"); });
  REQUIRE_FALSE(third);
  CHECK(third.error().kind == ErrorKind::denied);
  CHECK(first.ask("still there"));
}

TEST_CASE("a message that is too long gets no answer and is not seen; the next one is") {
  Served served;
  for (const std::size_t size : {std::size_t{65}, std::size_t{4096}, std::size_t{1} << 20U}) {
    const auto pipe = connect(served.name);
    REQUIRE(pipe);
    std::thread writing([&] { send(pipe, std::string(size, 'x')); });
    CHECK(received(pipe).empty());
    writing.join();
  }
  CHECK(served.heard() == 0);
  CHECK(served.ask(std::string(64, 'x')));
}

TEST_CASE("who says nothing, or does not listen, is left after its time, and keeps nobody waiting longer") {
  Served served;
  const auto begin = GetTickCount64();
  const auto silent = connect(served.name);
  REQUIRE(silent);
  const auto deaf = connect(served.name);
  REQUIRE(deaf);
  REQUIRE(send(deaf, "and away"));
  const auto answer = served.ask("in between");
  REQUIRE_MESSAGE(answer, answer.error().detail);
  CHECK(GetTickCount64() - begin < 4000);
  CHECK(received(silent).empty());
  CHECK(GetTickCount64() - begin < 4000);
}

TEST_CASE("who goes at any moment costs only their own answer") {
  Served served;
  for (int i = 0; i < 50; ++i) {
    auto pipe = connect(served.name);
    for (int tries = 0; !pipe && tries < 200; ++tries) {
      Sleep(10);
      pipe = connect(served.name);
    }
    REQUIRE(pipe);
    if (i % 3 == 1) send(pipe, "half");
    if (i % 3 == 2) {
      send(pipe, "all of it");
      char byte = 0;
      DWORD count = 0;
      ReadFile(pipe.get(), &byte, 1, &count, nullptr);
    }
  }
  const auto answer = served.ask("after all of them");
  REQUIRE_MESSAGE(answer, answer.error().detail);
}

TEST_CASE("a second message in one conversation ends it") {
  Served served;
  const auto pipe = connect(served.name);
  REQUIRE(pipe);
  REQUIRE(send(pipe, "one"));
  char answer[64];
  DWORD count = 0;
  REQUIRE(ReadFile(pipe.get(), answer, sizeof(answer), &count, nullptr));
  send(pipe, "two");
  CHECK(received(pipe).empty());
  CHECK(served.heard() == 1);
}

TEST_CASE("a hundred connections keep nobody out for longer than their time") {
  Served served;
  std::vector<Handle> crowd;
  std::atomic<bool> pushing = true;
  std::thread pusher([&] {
    while (pushing && crowd.size() < 100)
      if (auto pipe = connect(served.name))
        crowd.push_back(std::move(pipe));
      else
        Sleep(1);
  });
  int answered = 0;
  for (int i = 0; i < 5; ++i) answered += served.ask("through the crowd") ? 1 : 0;
  pushing = false;
  pusher.join();
  CHECK(crowd.size() >= 10);
  CHECK(answered >= 1);
  crowd.clear();
  CHECK(served.ask("afterwards"));
}

TEST_CASE("the channel goes while clients hang on it") {
  const auto begin = GetTickCount64();
  Handle silent, talking;
  std::string name;
  {
    Served served;
    name = served.name;
    silent = connect(name);
    talking = connect(name);
    REQUIRE(silent);
    send(talking, "hello");
  }
  CHECK(GetTickCount64() - begin < 3000);
  const auto gone = ask_over_channel(name, {.patience = 500ms}, "hello?");
  REQUIRE_FALSE(gone);
  CHECK(gone.error().kind == ErrorKind::not_found);
}

TEST_CASE("no service: that is an answer at once") {
  const auto begin = GetTickCount64();
  const auto answer = ask_over_channel(a_name(), {}, "hello");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::not_found);
  CHECK(GetTickCount64() - begin < 1000);
}

TEST_CASE("a service that never answers is left after the client's time") {
  const auto name = a_name();
  const Handle mute(CreateNamedPipeW(path(name).c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT, 1, 4096,
                                     4096, 0, nullptr));
  REQUIRE(mute);
  const auto begin = GetTickCount64();
  const auto answer = ask_over_channel(name, {.patience = 500ms}, "hello");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::timed_out);
  CHECK(GetTickCount64() - begin < 3000);
}

TEST_CASE("one helper in a session; an installer's wish ends it") {
  auto first = open_person_desktop();
  REQUIRE_MESSAGE(first, first.error().detail);
  REQUIRE(*first);
  const auto second = open_person_desktop();
  REQUIRE(second);
  CHECK_FALSE(*second);
  CHECK((*first)->wait(50ms));
  const Handle end(OpenEventW(EVENT_MODIFY_STATE, FALSE, (L"Global\\Gokajo.person." + std::to_wstring(GetCurrentProcessId())).c_str()));
  REQUIRE(end);
  std::thread installer([&] {
    Sleep(100);
    SetEvent(end.get());
  });
  CHECK_FALSE((*first)->wait(10s));
  installer.join();
  first->reset();
  const auto third = open_person_desktop();
  REQUIRE(third);
  CHECK(*third);
}

// Wine answers for any session with the token of its one user; on a Windows only SYSTEM may.
TEST_CASE("this program is started for a session with the words it was given") {
  const Handle started(CreateEventW(nullptr, TRUE, FALSE, L"Local\\Gokajo-test-started"));
  REQUIRE(started);
  DWORD session = 0;
  REQUIRE(ProcessIdToSessionId(GetCurrentProcessId(), &session));
  const auto done = start_for_session(session, {"--test-case=tells*that*it*was*started"});
  if (!done && done.error().kind == ErrorKind::denied) return;
  REQUIRE_MESSAGE(done, done.error().detail);
  CHECK(WaitForSingleObject(started.get(), 60000) == WAIT_OBJECT_0);
}

TEST_CASE("tells that it was started") {
  if (const Handle started(OpenEventW(EVENT_MODIFY_STATE, FALSE, L"Local\\Gokajo-test-started")); started) SetEvent(started.get());
}

namespace {

const char* const kWish = R"({"format":"gokajo-person/1","wish":"notices"})";

bool answers_well(const std::string& name) {
  const auto answer = ask_over_channel(name, {.patience = 10s}, kWish);
  if (!answer) MESSAGE(answer.error().detail);
  return answer && answer->find("\"taken\":\"yes\"") != std::string::npos;
}

}  // namespace

TEST_CASE("the running service: what is no message is told so, and it goes on") {
  const auto name = environment("GOKAJO_CHANNEL");
  if (!name) return;
  REQUIRE(answers_well(*name));
  const std::string wrong[] = {"{",
                               "null",
                               R"({"format":"gokajo-person/1","wish":"execute"})",
                               R"({"format":"gokajo-person/1","wish":"scan","person":"S-1-5-18"})",
                               R"({"format":"gokajo-person/1","wish":"understood","briefing":"..\\..\\..\\Windows"})",
                               std::string(1024, '['),
                               R"({"format":"gokajo-person/1","wish":"not)",
                               std::string("\xFF\xFE\0\0", 4)};
  for (const auto& text : wrong) {
    CAPTURE(text);
    const auto answer = ask_over_channel(*name, {.patience = 10s}, text);
    REQUIRE_MESSAGE(answer, answer.error().detail);
    CHECK(answer->find("\"taken\":\"malformed\"") != std::string::npos);
  }
  CHECK(answers_well(*name));
}

TEST_CASE("the running service: too long, half a message and silence, a hundred connections, an early end") {
  const auto name = environment("GOKAJO_CHANNEL");
  if (!name) return;
  {
    const auto pipe = connect(*name);
    REQUIRE(pipe);
    std::thread writing([&] { send(pipe, std::string(1U << 20U, '[')); });
    CHECK(received(pipe).empty());
    writing.join();
  }
  {
    const auto silent = connect(*name);
    REQUIRE(silent);
    const auto begin = GetTickCount64();
    CHECK(received(silent).empty());
    CHECK(GetTickCount64() - begin < 10000);
  }
  std::vector<Handle> crowd;
  for (int i = 0; i < 20000 && crowd.size() < 100; ++i) {
    if (auto pipe = connect(*name))
      crowd.push_back(std::move(pipe));
    else
      Sleep(1);
  }
  CHECK(crowd.size() == 100);
  crowd.clear();
  CHECK(answers_well(*name));
  const Handle planted(
      CreateNamedPipeW(path(*name).c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, PIPE_UNLIMITED_INSTANCES, 64, 64, 0, nullptr));
  CHECK_FALSE(planted);
  CHECK(answers_well(*name));
}

// For tests/windows/service: another program that took the name, until its input ends.
TEST_CASE("holding a name") {
  const auto name = environment("GOKAJO_HOLD");
  if (!name) return;
  const Handle planted(CreateNamedPipeW(path(*name).c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_WAIT, PIPE_UNLIMITED_INSTANCES,
                                        64, 64, 0, nullptr));
  REQUIRE(planted);
  char byte = 0;
  DWORD count = 0;
  while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &count, nullptr) && count > 0) continue;
}

}  // namespace gokajo::tests
