/// \file
/// Judging what is stored, and storing the verdicts. Called inside a transaction of the store.
#pragma once

#include <string>

#include "hub/company_book.h"
#include "hub/judging.h"
#include "hub/store.h"

namespace gokajo::hub {

class Review {
 public:
  Review(Store& store, CompanyBook& book) : store_(store), book_(book) {}

  /// Verdict on a content that was read but not stored yet. Error{malformed}: it cannot be read. Any other: not
  /// the content's fault.
  platform::Result<HubJudgement> judged(const Device& device, platform::Json content, Time scanned_at, Time received_at, Time now);
  /// Stores it. `device` must be stored already. `scanned_at`: of the report that brought the content just now, if one did.
  platform::Status keep(const Device& device, HubJudgement judgement, Time now, std::optional<Time> scanned_at = std::nullopt);

  /// What is stored of the device, judged by what holds now. Nothing to do where it never sent a content.
  platform::Status again(Device device, Time now);
  /// All devices of a company, removed ones left out: after another pack, policy or answer, and once a day.
  platform::Status company_again(const std::string& tenant, Time now);

 private:
  Store& store_;
  CompanyBook& book_;
};

}  // namespace gokajo::hub
