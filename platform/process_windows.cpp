#include <windows.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/process.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

// Not Boost.Process: a child has to be in its job before its first instruction, and inherit three handles and no other; its v1 can neither.
namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxError = 4096;
constexpr SIZE_T kMaxMemory = SIZE_T{300} << 20U;  // of the job (evidence: windows guide 6.3)
constexpr DWORD kMaxProcesses = 16;
constexpr UINT kKilled = 0xC000013AU;  // STATUS_CONTROL_C_EXIT, as a closed console ends a program

// "Parsing C++ Command-Line Arguments": quotes around all, backslashes doubled before quotes only.
void append_quoted(std::wstring& line, const std::wstring& argument) {
  line += L" \"";
  std::size_t slashes = 0;
  for (const wchar_t c : argument) {
    if (c == L'"') line.append(slashes + 1, L'\\');
    slashes = c == L'\\' ? slashes + 1 : 0;
    line += c;
  }
  line.append(slashes, L'\\');
  line += L'"';
}

// Sorted by name, as CreateProcessW wants it; ends in two zeros.
std::wstring environment_block(std::vector<std::string> variables) {
  std::sort(variables.begin(), variables.end());
  std::wstring block;
  for (const auto& one : variables) block += wide(one) + L'\0';
  return block + L'\0';
}

// What a program on Windows cannot live without: its own folders. PATH is System32 alone.
std::vector<std::string> least_environment() {
  std::vector<std::string> variables;
  for (const wchar_t* name : {L"SystemRoot", L"SystemDrive", L"windir", L"ProgramData", L"TEMP", L"TMP", L"WINEPREFIX", L"WINEDEBUG"}) {
    std::wstring value(32768, L'\0');
    const auto length = GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size()));
    if (length == 0 || length >= value.size()) continue;
    value.resize(length);
    variables.push_back(utf8(name) + "=" + utf8(value));
  }
  wchar_t system[MAX_PATH] = L"";
  if (GetSystemDirectoryW(system, MAX_PATH) != 0) variables.push_back("PATH=" + utf8(system));
  return variables;
}

struct Pipe {
  Handle ours;
  Handle theirs;
};

bool make_pipe(Pipe& pipe) {
  SECURITY_ATTRIBUTES inherited{sizeof(inherited), nullptr, TRUE};
  if (!CreatePipe(pipe.ours.place(), pipe.theirs.place(), &inherited, 64 << 10)) return false;
  return SetHandleInformation(pipe.ours.get(), HANDLE_FLAG_INHERIT, 0) != 0;
}

// Ends when the last writer is gone. `whole` false: more came than `most`; the rest is thrown away.
void drain(HANDLE pipe, std::string& into, std::size_t most, bool& whole) {
  char piece[16384];
  DWORD count = 0;
  while (ReadFile(pipe, piece, sizeof(piece), &count, nullptr) && count > 0) {
    const auto room = std::min<std::size_t>(count, most - std::min(most, into.size()));
    into.append(piece, room);
    whole = whole && room == count;
  }
}

Handle make_job() {
  Handle job(CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION |
                                            JOB_OBJECT_LIMIT_JOB_MEMORY | JOB_OBJECT_LIMIT_ACTIVE_PROCESS | JOB_OBJECT_LIMIT_PRIORITY_CLASS;
  limits.BasicLimitInformation.ActiveProcessLimit = kMaxProcesses;
  limits.BasicLimitInformation.PriorityClass = IDLE_PRIORITY_CLASS;
  limits.JobMemoryLimit = kMaxMemory;
  if (job && !SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof(limits))) job.reset();
  return job;
}

// The three handles a child gets, and no other of this process.
class Inheritance {
 public:
  explicit Inheritance(std::vector<HANDLE> handles) : handles_(std::move(handles)) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    bytes_.resize(size);
    auto* list = get();
    ready_ = InitializeProcThreadAttributeList(list, 1, 0, &size) != 0;
    ready_ = ready_ && UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                                                 handles_.size() * sizeof(HANDLE), nullptr, nullptr) != 0;
  }
  ~Inheritance() {
    if (ready_) DeleteProcThreadAttributeList(get());
  }
  Inheritance(const Inheritance&) = delete;
  Inheritance& operator=(const Inheritance&) = delete;
  bool ready() const { return ready_; }
  LPPROC_THREAD_ATTRIBUTE_LIST get() { return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(bytes_.data()); }

 private:
  std::vector<HANDLE> handles_;
  std::vector<std::byte> bytes_;
  bool ready_ = false;
};

// No other thread may start a program between the making of inheritable handles and the start that is to inherit them.
std::mutex& starting() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

Result<ProcessOutput> run_process(const ProcessRequest& request) {
  const auto program = wide(request.program);
  if (program.size() < 3 || program[1] != L':' || program[2] != L'\\')
    return Error{ErrorKind::denied, request.program + ": not an absolute path"};
  if (GetFileAttributesW(program.c_str()) == INVALID_FILE_ATTRIBUTES) return last_windows_error(request.program);
  if (request.as_uid) return Error{ErrorKind::unsupported, request.program + ": as another user"};
  std::wstring line = L"\"" + program + L"\"";
  for (const auto& argument : request.arguments) append_quoted(line, wide(argument));
  auto variables = least_environment();
  variables.insert(variables.end(), request.environment.begin(), request.environment.end());
  auto environment = environment_block(std::move(variables));

  Handle job = make_job();
  if (!job) return last_windows_error(request.program + ": job");
  Pipe out, err;
  Handle process, thread;
  {
    const std::lock_guard lock(starting());
    SECURITY_ATTRIBUTES inherited{sizeof(inherited), nullptr, TRUE};
    const Handle nothing(CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, nullptr));
    if (!nothing || !make_pipe(out) || !make_pipe(err)) return last_windows_error(request.program + ": pipe");
    STARTUPINFOEXW start{};
    start.StartupInfo.cb = sizeof(start);
    start.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    start.StartupInfo.hStdInput = nothing.get();
    start.StartupInfo.hStdOutput = out.theirs.get();
    start.StartupInfo.hStdError = err.theirs.get();
    Inheritance handles({nothing.get(), out.theirs.get(), err.theirs.get()});
    if (!handles.ready()) return last_windows_error(request.program + ": handles");
    start.lpAttributeList = handles.get();
    wchar_t system[MAX_PATH] = L"";
    GetSystemDirectoryW(system, MAX_PATH);
    PROCESS_INFORMATION started{};
    if (!CreateProcessW(
            program.c_str(), line.data(), nullptr, nullptr, TRUE,
            CREATE_SUSPENDED | CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT | IDLE_PRIORITY_CLASS,
            environment.data(), system, &start.StartupInfo, &started))
      return last_windows_error(request.program);
    process = Handle(started.hProcess);
    thread = Handle(started.hThread);
    out.theirs.reset();
    err.theirs.reset();
  }
  if (!AssignProcessToJobObject(job.get(), process.get())) {
    const auto problem = last_windows_error(request.program + ": job");
    TerminateProcess(process.get(), kKilled);
    return problem;
  }
  ResumeThread(thread.get());

  ProcessOutput output;
  bool whole = true, rest = true;
  std::thread out_reader([&] { drain(out.ours.get(), output.out, request.max_output, whole); });
  std::thread err_reader([&] { drain(err.ours.get(), output.err, kMaxError, rest); });
  const auto waited =
      WaitForSingleObject(process.get(), static_cast<DWORD>(std::clamp<std::int64_t>(request.deadline.count(), 0, 3600000)));
  DWORD code = 0;
  GetExitCodeProcess(process.get(), &code);
  TerminateJobObject(job.get(), kKilled);  // children that outlive their parent hold the pipes open
  out_reader.join();
  err_reader.join();
  if (waited != WAIT_OBJECT_0)
    return Error{ErrorKind::timed_out, request.program + ": no answer within " + std::to_string(request.deadline.count() / 1000) + " s"};
  if (!whole) return Error{ErrorKind::too_large, request.program + ": more than " + std::to_string(request.max_output) + " bytes"};
  if (code >= 0xC0000000U) return windows_error(request.program + ": ended", code);
  output.exit_code = static_cast<int>(code);
  return output;
}

}  // namespace gokajo::platform
