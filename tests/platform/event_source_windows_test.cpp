#include <windows.h>

#include <doctest/doctest.h>

#include "platform/windows/event_source.h"
#include "platform/windows/text.h"

namespace gokajo::tests {

using namespace platform;

namespace {

std::string value(const wchar_t* name, DWORD flags) {
  std::wstring text(1024, L'\0');
  auto size = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  const auto code = RegGetValueW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\GokajoTest", name, flags,
                                 nullptr, text.data(), &size);
  if (code != ERROR_SUCCESS) return "error " + std::to_string(code);
  return flags == RRF_RT_REG_DWORD ? std::to_string(*reinterpret_cast<DWORD*>(text.data())) : utf8(text.c_str());
}

}  // namespace

TEST_CASE("an event source names this program as its message file, and goes without a trace") {
  wchar_t program[MAX_PATH] = L"";
  GetModuleFileNameW(nullptr, program, MAX_PATH);
  for (int i = 0; i < 2; ++i) REQUIRE(register_event_source("GokajoTest"));
  CHECK(value(L"EventMessageFile", RRF_RT_REG_SZ) == utf8(program));
  CHECK(value(L"TypesSupported", RRF_RT_REG_DWORD) == "7");
  for (const auto event : {Event::started, Event::acl_unverifiable, Event::not_started})
    CHECK(write_event("GokajoTest", event, {"ソ表能"}));
  CHECK(write_event("GokajoTest", Event::stopped, {}));
  REQUIRE(remove_event_source("GokajoTest"));
  CHECK(value(L"TypesSupported", RRF_RT_REG_DWORD) == "error 2");
  CHECK(remove_event_source("GokajoTest"));
}

}  // namespace gokajo::tests
