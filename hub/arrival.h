/// \file
/// One report on its way through the hub (hub/report_intake.h).
#pragma once

#include <optional>
#include <string>

#include "hub/device_request.h"
#include "hub/http.h"
#include "hub/records.h"
#include "hub/review.h"
#include "protocol/report.h"

namespace gokajo::hub {

/// A reply ends it; what stands below is filled in step by step. `now`: when it was taken. `device`: as it was before this report; `next`:
/// as it is with it.
struct Arrival {
  const HttpRequest* request = nullptr;
  Time now{};
  std::optional<DeviceRequest> head;
  std::optional<HttpReply> reply;

  std::optional<Device> device;
  bool genuine = false;
  bool stored_before = false;
  platform::Result<std::string> text = platform::Error{};
  platform::Result<protocol::Report> report = platform::Error{};

  StoredReport stored;
  Device next;
  bool newest = false;
  bool full = false;

  // Where this report is newer than what the device's state rests on. `made`: of the base and differences. No `judgement`: the base is not
  // here.
  std::optional<Case> to_judge;
  std::optional<KeptContent> base;
  std::optional<KeptContent> made;
  std::optional<platform::Result<HubJudgement>> judgement;

  protocol::Position position() const { return head->head.position; }
};

}  // namespace gokajo::hub
