#include <windows.h>
#include <shellapi.h>

#include <cstdio>

#include "platform/exit_codes.h"
#include "platform/program.h"
#include "platform/tell_person.h"
#include "platform/windows/handle.h"
#include "platform/windows/probe.h"
#include "platform/windows/service_control.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

// The first of all constructors: the compiler's own, which make the number that guards the stack, already fetch DLLs by name
// (CryptAcquireContext: cryptsp.dll, rsaenh.dll), and would be given what lies beside the program.
[[gnu::constructor(101)]] void load_from_system_alone() {
  SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
  SetDllDirectoryW(L"");
}

std::vector<std::string> arguments_of_process() {
  int count = 0;
  const Freed<wchar_t*, &LocalFree> list(CommandLineToArgvW(GetCommandLineW(), &count));
  std::vector<std::string> arguments;
  for (int i = 0; list && i < count; ++i) arguments.push_back(utf8(list.get()[i]));
  return arguments;
}

int run_with(std::vector<std::string> words, const Program& program) {
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return program.run(static_cast<int>(words.size()), pointers.data());
}

// Gives the console its code page back at the end.
class ConsoleInUtf8 {
 public:
  ConsoleInUtf8() { SetConsoleOutputCP(CP_UTF8); }
  ~ConsoleInUtf8() {
    if (before_ != 0) SetConsoleOutputCP(before_);
  }
  ConsoleInUtf8(const ConsoleInUtf8&) = delete;
  ConsoleInUtf8& operator=(const ConsoleInUtf8&) = delete;

 private:
  UINT before_ = GetConsoleOutputCP();
};

}  // namespace

int run_program(int, char**, const Program& program) {
  auto words = arguments_of_process();
  if (const auto code = run_as_probe(words)) return *code;
  const ConsoleInUtf8 console;
  if (words.size() == 3 && words[1] == "service" && words[2] == "run") {
    auto service_words = program.words;
    service_words.insert(service_words.begin(), words[0]);
    const auto ran = run_as_service(program.service, [&] { return run_with(service_words, program); });
    if (ran) return *ran;
    std::fprintf(stderr, "%s: %s\n", program.service, ran.error().detail.c_str());
    return kUnavailable;
  }
  if (words.size() == 1 && started_by_click()) words.insert(words.end(), program.clicked.begin(), program.clicked.end());
  return run_with(std::move(words), program);
}

}  // namespace gokajo::platform
