/// \file
/// Where what people tell the hub is kept beside the company itself: a part of hub/store.h, with its errors, threads and transactions.
#pragma once

#include <string>
#include <vector>

#include "hub/people.h"
#include "hub/records.h"
#include "platform/result.h"

namespace gokajo::hub {

/// What the company sheet holds beyond hub/records.h. `declaration`: 自己宣言ID, 11 digits (hub/company_sheet.h), or empty. `star`: which
/// it declared, 1 or 2; 0: none yet. Days as "2026-12-29", or empty: `declared_on` 宣言日, `review_on` 年一度の見直し (the next).
/// `mail_detail`: "labels", "counts" or empty (the hub's own).
struct CompanySheet {
  std::string tenant;
  std::string declaration;
  std::int64_t star = 0;
  std::string declared_on;
  std::string review_on;
  std::string mail_detail;
};

/// A mail of the queue (hub/mail_queue.h) without its text.
struct MailNote {
  std::string tenant;
  std::string recipient;
  std::string kind;
  std::string state;
  std::int64_t tries = 0;
  platform::Time created{};
};

/// Empty: any. `who`, `what`: as in Deed.
struct DeedFilter {
  std::string who;
  std::string what;
};

class TellingStore {
 public:
  TellingStore() = default;
  TellingStore(const TellingStore&) = delete;
  TellingStore& operator=(const TellingStore&) = delete;
  virtual ~TellingStore() = default;

  /// An empty one where none was put.
  virtual platform::Result<CompanySheet> sheet(const std::string& tenant) = 0;
  virtual platform::Status put_sheet(const CompanySheet& sheet) = 0;

  /// Ids of devices that are not removed and whose finding of this check is `ask`, by name; at most `limit`.
  virtual platform::Result<std::vector<std::string>> devices_asking(const std::string& tenant, const std::string& check,
                                                                    std::size_t limit) = 0;

  /// Devices that wait for approval, by label and host name; at most `limit`.
  virtual platform::Result<std::vector<Device>> devices_waiting(const std::string& tenant, std::size_t limit) = 0;
  /// Devices that are not removed and have one of these names as label or host name; at most `limit`.
  virtual platform::Result<std::vector<Device>> devices_called(const std::string& tenant, const std::string& label,
                                                               const std::string& host_name, std::size_t limit) = 0;

  /// What was set of the hub itself, by name. Error{not_found}. An empty value takes it out. Any bytes.
  virtual platform::Result<std::string> hub_value(const std::string& name) = 0;
  virtual platform::Status put_hub_value(const std::string& name, const std::string& value) = 0;

  /// The newest mails of all companies.
  virtual platform::Result<std::vector<MailNote>> recent_mails(std::size_t limit) = 0;

  /// The newest first, past the first `skip`; at most `limit`.
  virtual platform::Result<std::vector<Deed>> deeds_matching(const std::string& tenant, const DeedFilter& filter, std::size_t skip,
                                                             std::size_t limit) = 0;
  /// Every `who` and every `what` there is a deed of, each once, sorted.
  virtual platform::Result<std::vector<std::string>> who_did(const std::string& tenant) = 0;
  virtual platform::Result<std::vector<std::string>> what_was_done(const std::string& tenant) = 0;
};

}  // namespace gokajo::hub
