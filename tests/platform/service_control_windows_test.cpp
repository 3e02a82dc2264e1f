#include <windows.h>

#include <doctest/doctest.h>

#include "platform/service.h"
#include "platform/windows/service_control.h"

namespace gokajo::tests {

using namespace platform;
using namespace std::chrono_literals;

// HandlerEx of the Windows SDK: what each control code means, and ERROR_CALL_NOT_IMPLEMENTED for those a service does not handle. A wish to
// stop is not tried here: it ends the program (tests/windows/service).
TEST_CASE("a PC that wakes up ends the waiting early, and nothing else that is told of power or sessions does") {
  StopWish stop;
  const auto waited = [&] {
    const auto from = GetTickCount64();
    CHECK_FALSE(stop.wait(400ms));
    return GetTickCount64() - from;
  };
  CHECK(waited() >= 350);
  CHECK(answer_control(SERVICE_CONTROL_POWEREVENT, PBT_APMRESUMEAUTOMATIC) == NO_ERROR);
  CHECK(waited() < 200);
  CHECK(waited() >= 350);  // once
  for (const DWORD event : {PBT_APMSUSPEND, PBT_APMPOWERSTATUSCHANGE, PBT_APMRESUMESUSPEND}) {
    CAPTURE(event);
    CHECK(answer_control(SERVICE_CONTROL_POWEREVENT, event) == NO_ERROR);
    CHECK(waited() >= 350);
  }
  CHECK(answer_control(SERVICE_CONTROL_SESSIONCHANGE, WTS_SESSION_LOCK) == NO_ERROR);
  CHECK(waited() >= 350);
  CHECK(answer_control(SERVICE_CONTROL_INTERROGATE, 0) == NO_ERROR);
  CHECK(answer_control(SERVICE_CONTROL_PAUSE, 0) == ERROR_CALL_NOT_IMPLEMENTED);
  CHECK(answer_control(SERVICE_CONTROL_PARAMCHANGE, 0) == ERROR_CALL_NOT_IMPLEMENTED);
}

}  // namespace gokajo::tests
