#include <windows.h>
#include <winhttp.h>

#include <doctest/doctest.h>

#include "platform/system_proxy.h"
#include "platform/windows/api.h"
#include "platform/windows/probe.h"

namespace gokajo::tests {

using namespace platform;

namespace {

constexpr const wchar_t* kKey = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp";

void disable_detection(bool disabled) {
  const DWORD value = 1;
  if (disabled)
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, kKey, L"DisableWpad", REG_DWORD, &value, sizeof(value));
  else
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, kKey, L"DisableWpad");
}

void set_machine(const wchar_t* proxy, const wchar_t* bypass) {
  WINHTTP_PROXY_INFO info{};
  info.dwAccessType = proxy ? WINHTTP_ACCESS_TYPE_NAMED_PROXY : WINHTTP_ACCESS_TYPE_NO_PROXY;
  info.lpszProxy = const_cast<wchar_t*>(proxy);
  info.lpszProxyBypass = const_cast<wchar_t*>(bypass);
  REQUIRE(WinHttpSetDefaultProxyConfiguration(&info));
}

}  // namespace

TEST_CASE("the proxy of the machine is found through WinHTTP, with its exceptions, in a child") {
  // What libcurl would take by itself goes before; a test's own surroundings may have it.
  for (const wchar_t* name : {L"https_proxy", L"all_proxy", L"HTTPS_PROXY", L"ALL_PROXY"}) SetEnvironmentVariableW(name, nullptr);
  disable_detection(true);
  set_machine(L"http=other.example:1;https=proxy.office.example:3128", L"*.lan.example;<local>");
  auto found = system_proxy("https://hub.example:8443");
  REQUIRE_MESSAGE(found, found.error().detail);
  CHECK(found->proxy == "http://proxy.office.example:3128");
  CHECK(found->origin == "machine");
  CHECK(system_proxy("https://hub.lan.example:8443")->proxy.empty());
  CHECK(system_proxy("https://hub:8443")->proxy.empty());
  set_machine(L"somebody:secret@proxy.office.example:3128", nullptr);
  const auto with_user = system_proxy("https://hub.example:8443");
  REQUIRE_FALSE(with_user);
  CHECK(with_user.error().detail.find("secret") == std::string::npos);
  set_machine(nullptr, nullptr);
  found = system_proxy("https://hub.example:8443");
  REQUIRE_MESSAGE(found, found.error().detail);
  CHECK(found->proxy.empty());
  CHECK(found->origin == "none");
  disable_detection(false);
}

TEST_CASE("nothing is looked for in the network where the administrator forbids it, and a search that fails is no proxy") {
  for (const bool disabled : {true, false}) {
    CAPTURE(disabled);
    disable_detection(disabled);
    const auto from = GetTickCount64();
    const auto found = system_proxy("https://hub.example:8443");
    REQUIRE_MESSAGE(found, found.error().detail);
    CHECK(found->proxy.empty());
    CHECK(GetTickCount64() - from < 25000);
  }
  disable_detection(false);
}

}  // namespace gokajo::tests
