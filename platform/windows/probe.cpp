#include <windows.h>

#include "platform/windows/probe.h"

#include <objbase.h>

#include <cstdio>
#include <map>
#include <mutex>

#include "platform/json_form.h"
#include "platform/process.h"
#include "platform/snapshot.h"
#include "platform/windows/allowed.h"
#include "platform/windows/api.h"
#include "platform/windows/error.h"
#include "platform/windows/text.h"
#include "platform/windows/wmi.h"

namespace gokajo::platform {
namespace {

constexpr const char* kProbe = "answer-one-question";
constexpr std::size_t kMaxAnswer = 4U << 20U;
constexpr std::size_t kMaxQuestion = 8U << 10U;
constexpr int kTimeoutsInARow = 2;
constexpr std::chrono::hours kRest{24};

struct Patience {
  int timeouts = 0;
  std::chrono::steady_clock::time_point rests_until{};
};

std::mutex patience_mutex;
std::map<std::string, Patience> patience;  // by question_key()

ProbeDouble& probe_double() {
  static ProbeDouble answer;
  return answer;
}

std::string own_program() {
  std::wstring path(32768, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
  return utf8(path);
}

Result<Reply> reply_of(Result<Rows> rows) {
  if (!rows) return rows.error();
  return Reply{std::move(*rows)};
}

struct Answerer {
  Result<Reply> operator()(const AskWmi& question) const {
    const auto deadline = deadline_of(question);
    if (!deadline) return deadline.error();
    return reply_of(ask_wmi(question, std::chrono::steady_clock::now() + *deadline));
  }
  Result<Reply> operator()(const AskApi& question) const { return reply_of(call_api(question)); }
  template <class Other>
  Result<Reply> operator()(const Other&) const {
    return Error{ErrorKind::unsupported, "not a question for a probe"};
  }
};

Result<Reply> answer(const Question& question) {
  if (probe_double())
    if (auto doubled = probe_double()(question)) return std::move(*doubled);
  const auto ready = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  if (FAILED(ready)) return windows_error("COM", static_cast<unsigned long>(ready));
  const auto secured = CoInitializeSecurity(nullptr, -1, nullptr, nullptr, RPC_C_AUTHN_LEVEL_DEFAULT, RPC_C_IMP_LEVEL_IMPERSONATE, nullptr,
                                            EOAC_NONE, nullptr);
  if (FAILED(secured) && secured != RPC_E_TOO_LATE) return windows_error("COM", static_cast<unsigned long>(secured));
  return std::visit(Answerer{}, question);
}

}  // namespace

Result<Reply> ask_probe(const Question& question, std::chrono::milliseconds deadline) {
  const auto key = question_key(question);
  const auto source = source_of(question);
  {
    const std::lock_guard lock(patience_mutex);
    const auto& known = patience[key];
    if (known.timeouts >= kTimeoutsInARow && std::chrono::steady_clock::now() < known.rests_until)
      return Error{ErrorKind::timed_out, source + ": gave no answer twice and is left alone for a day"};
  }
  ProcessRequest request;
  request.program = own_program();
  request.arguments = {kProbe, to_form(question).dump()};
  request.deadline = deadline;
  request.max_output = kMaxAnswer;
  const auto output = run_process(request);
  const std::lock_guard lock(patience_mutex);
  auto& known = patience[key];
  if (!output) {
    if (output.error().kind == ErrorKind::timed_out) {
      ++known.timeouts;
      known.rests_until = std::chrono::steady_clock::now() + kRest;
    }
    return Error{output.error().kind, source + ": " + output.error().detail};
  }
  known = {};
  const auto json = parse_json(output->out, kMaxAnswer);
  if (!json)
    return Error{ErrorKind::failed, source + ": its probe ended with " + std::to_string(output->exit_code) + " and without an answer"};
  Answer said;
  if (auto status = read_answer(*json, said, {}); !status) return Error{ErrorKind::malformed, source + ": " + status.error().detail};
  return said.reply;
}

std::optional<int> run_as_probe(const std::vector<std::string>& arguments) {
  if (arguments.size() != 3 || arguments[1] != kProbe) return std::nullopt;
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  Answer said;
  const auto json = parse_json(arguments[2], kMaxQuestion);
  Question question;
  if (!json)
    said.reply = json.error();
  else if (auto status = read_form(*json, question, {}); !status)
    said.reply = status.error();
  else
    said.reply = answer(question);
  said.observed_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto text = write_answer(said).dump();
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
  // Without the ends of foreign libraries, which may hang as well as their beginnings.
  TerminateProcess(GetCurrentProcess(), 0);
  return 0;
}

void set_probe_double(ProbeDouble double_answer) { probe_double() = std::move(double_answer); }

void forgive_probes() {
  const std::lock_guard lock(patience_mutex);
  patience.clear();
}

}  // namespace gokajo::platform
