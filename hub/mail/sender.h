/// \file
/// Sends what waits in the queue: within the provider's limit, again after failures, at least once, always the same bytes. Without a mail
/// server the mails are put into a folder as files.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "hub/mail/oauth.h"
#include "hub/mail/settings.h"
#include "hub/mail/smtp.h"
#include "hub/mail_queue.h"

namespace gokajo::hub {

/// What one run did. `waiting_for_limit`: mails that the provider's limit keeps for later. `last`: the newest failure.
struct SendResult {
  int sent = 0;
  int put_aside = 0;  ///< written into the outbox folder
  int failed = 0;
  bool waiting_for_limit = false;
  std::optional<SmtpFailure> last;
};

/// When to try again after the `tries`-th failure in vain; nullopt after five within two days.
std::optional<platform::Time> next_try_after(std::int64_t tries, platform::Time now);

/// One mail at once, past queue and limit, with the secrets the settings name: for a person who wants to see whether it works.
std::optional<SmtpFailure> send_test_mail(const MailSettings& settings, const std::string& recipient, const std::string& message,
                                          platform::Time now);

class Sender {
 public:
  /// For tests: what stands for send_by_smtp() and reading secrets.
  using Send = std::function<std::optional<SmtpFailure>(const MailSettings&, const SmtpSecret&, const std::string& recipient,
                                                        const std::string& message)>;

  /// `outbox`: the folder for mails without a server, made with mode 0700 where it is missing.
  Sender(MailQueue& queue, std::optional<MailSettings> settings, std::string outbox, Send send = send_by_smtp);

  /// Another server from now on, or none.
  void use(std::optional<MailSettings> settings) { settings_ = std::move(settings); }

  /// Sends what is due, at most `limit` mails. Error: the queue or the outbox cannot be used.
  platform::Result<SendResult> run(platform::Time now, std::size_t limit = 50);

 private:
  bool within_limit(platform::Time now);
  platform::Status put_aside(const Mail& mail);
  platform::Status settle(const Mail& mail, const SmtpFailure& failure, platform::Time now);

  MailQueue& queue_;
  std::optional<MailSettings> settings_;
  std::string outbox_;
  Send send_;
  std::deque<platform::Time> sent_;  ///< times of the mails sent lately
  std::optional<AccessToken> token_;
};

}  // namespace gokajo::hub
