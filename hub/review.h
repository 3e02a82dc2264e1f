/// \file
/// Judging what is stored, and storing the verdicts. Called inside a transaction of the store.
#pragma once

#include <memory>
#include <string>

#include "hub/company_book.h"
#include "hub/judging.h"
#include "hub/store.h"

namespace gokajo::hub {

/// `memory`: what was stored, as text; empty: nothing yet.
struct Case {
  std::shared_ptr<const CompanyPage> page;
  std::string device;
  std::string memory;
  bool behind = false;
  Time scanned_at{};
  Time received_at{};
};

class Review {
 public:
  Review(Store& store, CompanyBook& book) : store_(store), book_(book) {}

  /// What judging a device needs from the store, as of now.
  platform::Result<Case> open(const Device& device, Time scanned_at, Time received_at, Time now);
  /// Pure; any thread. Error{malformed}: the content cannot be read. Any other: not the content's fault.
  static platform::Result<HubJudgement> judged(Case one, platform::Json content, Time now);
  /// Of what is stored: what the PC itself found was read when it came, and is not read again.
  static platform::Result<HubJudgement> judged_again(Case one, const KeptContent& kept, Time now);
  /// Stores it. `device` must be stored already. `scanned_at`: of the report that brought the content just now, if one did.
  platform::Status keep(const Device& device, HubJudgement judgement, Time now, std::optional<Time> scanned_at = std::nullopt);

  /// What is stored of the device, judged by what holds now. Nothing to do where it never sent a content.
  platform::Status again(Device device, Time now);
  /// All devices of a company in one go, removed ones left out: where no hub serves meanwhile (a demo), else hub/rejudging.h.
  platform::Status company_again(const std::string& tenant, Time now);

 private:
  Store& store_;
  CompanyBook& book_;
};

}  // namespace gokajo::hub
