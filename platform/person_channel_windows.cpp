#include <windows.h>
#include <aclapi.h>
#include <sddl.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "platform/person_channel.h"
#include "platform/service.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

using Clock = std::chrono::steady_clock;

std::wstring pipe_path(const std::string& name) { return L"\\\\.\\pipe\\" + wide(name); }

DWORD milliseconds_until(Clock::time_point moment) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(moment - Clock::now()).count();
  return static_cast<DWORD>(std::clamp<long long>(left + 1, 0, 60000));
}

// Who the token is, and where its program runs.
Result<ChannelCaller> caller_of(HANDLE token) {
  ChannelCaller who;
  alignas(TOKEN_USER) std::byte user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0, session = 0;
  if (!GetTokenInformation(token, TokenUser, user, sizeof(user), &size)) return last_windows_error("token");
  who.person = sid_text(reinterpret_cast<const TOKEN_USER*>(user)->User.Sid);
  if (!GetTokenInformation(token, TokenSessionId, &session, sizeof(session), &size)) return last_windows_error("token");
  who.session = static_cast<std::int64_t>(session);
  if (who.person.empty()) return Error{ErrorKind::failed, "token: no SID"};
  return who;
}

// By the token of the client, which Windows hands out once something was read from it.
Result<ChannelCaller> caller_at(HANDLE pipe) {
  if (!ImpersonateNamedPipeClient(pipe)) return last_windows_error("client");
  Handle token;
  const bool opened = OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, token.place());
  const auto problem = last_windows_error("client");
  if (!RevertToSelf()) end_at_once();  // going on as somebody else is worse than not going on
  if (!opened) return problem;
  return caller_of(token.get());
}

constexpr int kTries = 1000;
constexpr std::chrono::milliseconds kBetweenTries{100};

enum class Step { connecting, reading, writing, leaving };

// One instance of the pipe, and the conversation it is in.
class Instance {
 public:
  Instance(Handle pipe, Handle event, const ChannelLimits& limits)
      : pipe_(std::move(pipe)), event_(std::move(event)), limits_(limits), buffer_(limits.max_message) {}
  Instance(Instance&&) = delete;
  ~Instance() {
    CancelIoEx(pipe_.get(), &work_);
    settle();
  }

  HANDLE event() const { return event_.get(); }
  bool talking() const { return step_ != Step::connecting; }
  Clock::time_point deadline() const { return deadline_; }
  ULONG session() const { return session_; }

  // False: nothing can be waited for any more.
  bool listen() {
    step_ = Step::connecting;
    for (int tries = 0; tries < kTries; ++tries) {
      begin();
      const auto code = ConnectNamedPipe(pipe_.get(), &work_) ? ERROR_PIPE_CONNECTED : GetLastError();
      if (code == ERROR_PIPE_CONNECTED) SetEvent(event_.get());
      running_ = code == ERROR_IO_PENDING;
      if (running_ || code == ERROR_PIPE_CONNECTED) return true;
      if (code != ERROR_NO_DATA) return false;  // somebody came and went
      DisconnectNamedPipe(pipe_.get());
    }
    return false;
  }

  // Ends the conversation, whatever state it is in, and waits for the next.
  bool hang_up() {
    CancelIoEx(pipe_.get(), &work_);
    settle();
    DisconnectNamedPipe(pipe_.get());
    return listen();
  }

  // What was waited for has come. False: hang up.
  template <class Answer>
  bool go_on(const Answer& answer) {
    DWORD count = 0;
    const bool done = !running_ || GetOverlappedResult(pipe_.get(), &work_, &count, FALSE);
    running_ = false;
    switch (step_) {
      case Step::connecting:
        return done && answered();
      case Step::reading:
        // ERROR_MORE_DATA: longer than a message may be.
        return done && count > 0 && say(answer, std::string_view(buffer_.data(), count));
      case Step::writing:
        // Hanging up now would take away what was not read yet: the client goes first, or its time ends.
        return done && read(Step::leaving);
      case Step::leaving:
        break;
    }
    return false;
  }

  void know_session() {
    session_ = 0;
    (void)GetNamedPipeClientSessionId(pipe_.get(), &session_);
    deadline_ = Clock::now() + limits_.patience;
  }

 private:
  void begin() {
    work_ = OVERLAPPED{};
    work_.hEvent = event_.get();
    ResetEvent(event_.get());
    running_ = false;
  }
  void settle() {
    DWORD count = 0;
    if (running_) GetOverlappedResult(pipe_.get(), &work_, &count, TRUE);
    running_ = false;
  }
  bool answered() { return read(Step::reading); }
  bool read(Step step) {
    step_ = step;
    begin();
    running_ = true;
    if (ReadFile(pipe_.get(), buffer_.data(), static_cast<DWORD>(buffer_.size()), nullptr, &work_)) return true;
    running_ = GetLastError() == ERROR_IO_PENDING;
    return running_;
  }
  template <class Answer>
  bool say(const Answer& answer, std::string_view message) {
    const auto who = caller_at(pipe_.get());
    if (!who) return false;
    answer_ = answer(*who, message);
    if (answer_.empty() || answer_.size() > limits_.max_answer) return false;
    step_ = Step::writing;
    begin();
    running_ = true;
    if (WriteFile(pipe_.get(), answer_.data(), static_cast<DWORD>(answer_.size()), nullptr, &work_)) return true;
    running_ = GetLastError() == ERROR_IO_PENDING;
    return running_;
  }

  Handle pipe_, event_;
  const ChannelLimits& limits_;
  std::vector<char> buffer_;
  std::string answer_;
  OVERLAPPED work_{};
  bool running_ = false;
  Step step_ = Step::connecting;
  ULONG session_ = 0;
  Clock::time_point deadline_{};
};

class WindowsChannel : public PersonChannel {
 public:
  WindowsChannel(ChannelLimits limits, ChannelAnswer answer) : limits_(limits), answer_(std::move(answer)) {}
  ~WindowsChannel() override {
    if (stop_) SetEvent(stop_.get());
    if (thread_.joinable()) thread_.join();
  }

  Status open(const std::string& name) {
    LocalPointer<void> descriptor;
    PSECURITY_DESCRIPTOR made = nullptr;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(wide(kPersonChannelSddl).c_str(), SDDL_REVISION_1, &made, nullptr))
      return last_windows_error("access list of the channel");
    descriptor.reset(made);
    SECURITY_ATTRIBUTES attributes{sizeof(attributes), made, FALSE};
    stop_ = Handle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    HANDLE last = nullptr;
    for (int i = 0; i < limits_.conversations; ++i) {
      const DWORD first = i == 0 ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0;
      Handle pipe(CreateNamedPipeW(pipe_path(name).c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | first,
                                   PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
                                   static_cast<DWORD>(limits_.conversations), static_cast<DWORD>(limits_.max_answer),
                                   static_cast<DWORD>(limits_.max_message), 0, &attributes));
      // Refused with access denied, or as busy, where the name is taken (CreateNamedPipeW).
      if (!pipe) {
        const auto code = GetLastError();
        if (code == ERROR_ACCESS_DENIED || code == ERROR_PIPE_BUSY) return Error{ErrorKind::denied, name + ": another program holds it"};
        return windows_error(name, code);
      }
      Handle event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
      if (!event || !stop_) return last_windows_error(name);
      last = pipe.get();
      instances_.push_back(std::make_unique<Instance>(std::move(pipe), std::move(event), limits_));
    }
    // All there may be are ours: also where the flag says nothing (Wine 8 does not know it).
    DWORD there = 0;
    if (!GetNamedPipeHandleStateW(last, nullptr, &there, nullptr, nullptr, nullptr, 0)) return last_windows_error(name);
    if (there != instances_.size()) return Error{ErrorKind::denied, name + ": another program holds it too"};
    thread_ = std::thread([this] { talk(); });
    return Done{};
  }

 private:
  // No more than its share: one session's programs cannot keep the others out.
  bool has_room(const Instance& newcomer) const {
    const auto of_session = std::count_if(instances_.begin(), instances_.end(), [&](const auto& other) {
      return other.get() != &newcomer && other->talking() && other->session() == newcomer.session();
    });
    return of_session < limits_.conversations_of_session;
  }

  bool work(Instance& instance) {
    if (!instance.talking()) {
      instance.know_session();
      if (!has_room(instance)) return instance.hang_up();
    }
    return instance.go_on(answer_) || instance.hang_up();
  }

  void talk() {
    std::vector<Instance*> living;
    for (const auto& instance : instances_)
      if (instance->listen()) living.push_back(instance.get());
    while (!living.empty()) {
      std::vector<HANDLE> events{stop_.get()};
      DWORD wait = INFINITE;
      for (const auto* instance : living) {
        events.push_back(instance->event());
        if (instance->talking()) wait = std::min(wait, milliseconds_until(instance->deadline()));
      }
      const auto which = WaitForMultipleObjects(static_cast<DWORD>(events.size()), events.data(), FALSE, wait);
      if (which == WAIT_OBJECT_0 || which == WAIT_FAILED) return;
      std::vector<Instance*> broken;
      // All of them: the first in the list must not go before the others for ever.
      for (auto* instance : living) {
        const bool called = WaitForSingleObject(instance->event(), 0) == WAIT_OBJECT_0;
        const bool late = instance->talking() && Clock::now() >= instance->deadline();
        if (late ? !instance->hang_up() : called && !work(*instance)) broken.push_back(instance);
      }
      for (auto* instance : broken) std::erase(living, instance);
    }
  }

  ChannelLimits limits_;
  ChannelAnswer answer_;
  Handle stop_;
  std::vector<std::unique_ptr<Instance>> instances_;
  std::thread thread_;
};

// Of a call or its end: the other end went before it answered.
bool is_hung_up(DWORD code) { return code == ERROR_BROKEN_PIPE || code == ERROR_PIPE_NOT_CONNECTED || code == ERROR_NO_DATA; }

// One thing that a client waits for, until its deadline. `begun`: what the call that began it said.
Status finish(HANDLE pipe, OVERLAPPED& work, Clock::time_point deadline, BOOL begun, DWORD& count, bool& hung_up) {
  if (const auto code = begun ? ERROR_SUCCESS : GetLastError(); !begun && code != ERROR_IO_PENDING && code != ERROR_MORE_DATA) {
    hung_up = is_hung_up(code);
    return windows_error("service", code);
  }
  if (WaitForSingleObject(work.hEvent, milliseconds_until(deadline)) != WAIT_OBJECT_0) {
    CancelIoEx(pipe, &work);
    GetOverlappedResult(pipe, &work, &count, TRUE);
    return Error{ErrorKind::timed_out, "service"};
  }
  if (GetOverlappedResult(pipe, &work, &count, FALSE)) return Done{};
  const auto code = GetLastError();
  hung_up = is_hung_up(code);
  return code == ERROR_MORE_DATA ? Error{ErrorKind::too_large, "service"} : windows_error("service", code);
}

Result<std::string> ask_once(HANDLE pipe, const ChannelLimits& limits, std::string_view message, Clock::time_point deadline,
                             bool& hung_up) {
  DWORD mode = PIPE_READMODE_MESSAGE, count = 0;
  if (!SetNamedPipeHandleState(pipe, &mode, nullptr, nullptr)) {
    hung_up = is_hung_up(GetLastError());
    return last_windows_error("service");
  }
  const Handle event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  OVERLAPPED work{};
  work.hEvent = event.get();
  const auto wrote = WriteFile(pipe, message.data(), static_cast<DWORD>(message.size()), nullptr, &work);
  if (auto status = finish(pipe, work, deadline, wrote, count, hung_up); !status) return status.error();
  std::string answer(limits.max_answer, '\0');
  ResetEvent(event.get());
  work = OVERLAPPED{};
  work.hEvent = event.get();
  const auto read = ReadFile(pipe, answer.data(), static_cast<DWORD>(answer.size()), nullptr, &work);
  if (auto status = finish(pipe, work, deadline, read, count, hung_up); !status) return status.error();
  answer.resize(count);
  return answer;
}

Result<Handle> reach(const std::string& name, Clock::time_point deadline) {
  // No more than is granted, and of this program's rights the other end may only see whose they are.
  constexpr DWORD kRights = FILE_READ_DATA | FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES | READ_CONTROL | SYNCHRONIZE;
  for (;;) {
    Handle pipe(CreateFileW(pipe_path(name).c_str(), kRights, 0, nullptr, OPEN_EXISTING,
                            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    if (pipe) return pipe;
    if (GetLastError() != ERROR_PIPE_BUSY) return last_windows_error(name);
    if (Clock::now() >= deadline) return Error{ErrorKind::timed_out, name};
    (void)WaitNamedPipeW(pipe_path(name).c_str(), milliseconds_until(deadline));
  }
}

// A pipe of that name that anybody else made is not talked to.
Status check_owner(HANDLE pipe, const std::string& name) {
  if (is_wine()) return Done{};  // it keeps no owners
  PSID owner = nullptr;
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  const auto code = GetSecurityInfo(pipe, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr, nullptr, nullptr, &descriptor);
  if (code != ERROR_SUCCESS) return windows_error(name, code);
  const LocalPointer<void> owned(descriptor);
  const auto& trusted = trusted_sids();
  if (const auto sid = sid_text(owner); std::find(trusted.begin(), trusted.end(), sid) == trusted.end())
    return Error{ErrorKind::denied, name + ": belongs to " + sid};
  return Done{};
}

}  // namespace

Result<std::unique_ptr<PersonChannel>> open_person_channel(const std::string& name, ChannelLimits limits, ChannelAnswer answer) {
  auto channel = std::make_unique<WindowsChannel>(limits, std::move(answer));
  if (auto status = channel->open(name); !status) return status.error();
  return std::unique_ptr<PersonChannel>(std::move(channel));
}

Result<std::string> ask_over_channel(const std::string& name, ChannelLimits limits, std::string_view message) {
  const auto deadline = Clock::now() + limits.patience;
  for (;;) {
    const auto pipe = reach(name, deadline);
    if (!pipe) return pipe.error();
    if (auto status = check_owner(pipe->get(), name); !status) return status.error();
    bool hung_up = false;
    auto answer = ask_once(pipe->get(), limits, message, deadline, hung_up);
    // The session's share of conversations may be used up just now.
    if (answer || !hung_up || Clock::now() + kBetweenTries >= deadline) return answer;
    Sleep(static_cast<DWORD>(kBetweenTries.count()));
  }
}

}  // namespace gokajo::platform
