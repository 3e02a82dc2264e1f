/// \file
/// A day of SECURITY ACTION that comes near or went by, for mails and pages (hub/declaring/to_do.h finds them).
#pragma once

#include <string>

namespace gokajo::hub {

/// gbizid: the end of the account. review: 年一度の見直し. policy: what a person said of the basic policy has ended. page: the published
/// policy was not found when it was looked for on `day`.
enum class DeclaringReminderOf { gbizid, review, policy, page };

/// `day`: "2026-12-24". `over`: it went by.
struct DeclaringReminder {
  DeclaringReminderOf of = DeclaringReminderOf::review;
  std::string day;
  bool over = false;
};

}  // namespace gokajo::hub
