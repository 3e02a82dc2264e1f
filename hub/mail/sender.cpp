#include "hub/mail/sender.h"

#include <algorithm>

#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using platform::Error, platform::Result, platform::Status;

namespace {

constexpr std::size_t kMaxSecret = 16U << 10U;
constexpr std::chrono::minutes kWaits[] = {std::chrono::minutes{10}, std::chrono::hours{1}, std::chrono::hours{5}, std::chrono::hours{14},
                                           std::chrono::hours{27}};

// The first line of a file; an editor may have put a line end behind it.
Result<std::string> first_line(const std::string& file) {
  auto text = platform::read_own_file(file, kMaxSecret);
  if (!text) return text;
  return text->substr(0, text->find_first_of("\r\n"));
}

// A password, or a token that is still good or fetched anew. `problem`: what it is when that fails.
Result<SmtpSecret> open_secret(const MailSettings& settings, std::optional<AccessToken>& token, platform::Time now, SmtpProblem& problem) {
  problem = SmtpProblem::secret;
  if (settings.auth == SmtpAuth::password) {
    if (!settings.password.empty()) return SmtpSecret{settings.password, {}};
    auto password = first_line(settings.password_file);
    if (!password) return password.error();
    return SmtpSecret{std::move(*password), {}};
  }
  if (!token || token->good_until <= now) {
    const auto client = first_line(settings.oauth->secret_file);
    if (!client) return client.error();
    const auto refresh =
        settings.auth == SmtpAuth::google ? first_line(settings.oauth->refresh_token_file) : Result<std::string>(std::string());
    if (!refresh) return refresh.error();
    problem = SmtpProblem::oauth;
    auto fetched = fetch_token(settings, *client, *refresh, now);
    if (!fetched) return fetched.error();
    token = std::move(*fetched);
  }
  return SmtpSecret{{}, token->token};
}

}  // namespace

std::optional<SmtpFailure> send_test_mail(const MailSettings& settings, const std::string& recipient, const std::string& message,
                                          platform::Time now) {
  std::optional<AccessToken> token;
  auto problem = SmtpProblem::secret;
  const auto secret = open_secret(settings, token, now, problem);
  if (!secret) return SmtpFailure{problem, 0, secret.error().detail};
  return send_by_smtp(settings, *secret, recipient, message);
}

std::optional<platform::Time> next_try_after(std::int64_t tries, platform::Time now) {
  if (tries < 1 || tries > static_cast<std::int64_t>(std::size(kWaits))) return std::nullopt;
  return now + kWaits[tries - 1];
}

Sender::Sender(MailQueue& queue, std::optional<MailSettings> settings, std::string outbox, Send send)
    : queue_(queue), settings_(std::move(settings)), outbox_(std::move(outbox)), send_(std::move(send)) {}

bool Sender::within_limit(platform::Time now) {
  if (settings_->limit <= 0 || settings_->minutes <= 0) return true;
  while (!sent_.empty() && (sent_.front() + std::chrono::minutes{settings_->minutes} <= now || sent_.front() > now)) sent_.pop_front();
  return static_cast<std::int64_t>(sent_.size()) < settings_->limit;
}

Status Sender::put_aside(const Mail& mail) {
  if (auto status = platform::own_private_directory(outbox_); !status) return status;
  // Named by the mail, so that a repeat replaces and does not double it.
  return platform::write_file_durably(outbox_ + "/" + protocol::sha256_hex(mail.tenant + "/" + mail.message_id).substr(0, 32) + ".eml",
                                      mail.body);
}

Status Sender::settle(const Mail& mail, const SmtpFailure& failure, platform::Time now) {
  const auto next = may_pass(failure.problem) ? next_try_after(mail.tries + 1, now) : std::nullopt;
  return queue_.mark_failed(mail.id, next);
}

Result<SendResult> Sender::run(platform::Time now, std::size_t limit) {
  const auto due = queue_.due(now, limit);
  if (!due) return due.error();
  SendResult result;
  if (due->empty()) return result;
  if (!settings_) {
    for (const auto& mail : *due) {
      if (auto status = put_aside(mail); !status) return status.error();
      if (auto status = queue_.mark_sent(mail.id, now); !status) return status.error();
      ++result.put_aside;
    }
    return result;
  }
  auto problem = SmtpProblem::secret;
  const auto opened = open_secret(*settings_, token_, now, problem);
  for (const auto& mail : *due) {
    if (!within_limit(now)) {
      result.waiting_for_limit = true;
      break;
    }
    auto failure = opened ? send_(*settings_, *opened, mail.recipient, mail.body) : SmtpFailure{problem, 0, opened.error().detail};
    if (!failure) {
      sent_.push_back(now);
      ++result.sent;
      if (auto status = queue_.mark_sent(mail.id, now); !status) return status.error();
      continue;
    }
    ++result.failed;
    if (auto status = settle(mail, *failure, now); !status) return status.error();
    // Another token may be taken where this one was refused early.
    if (failure->problem == SmtpProblem::login) token_.reset();
    result.last = std::move(failure);
  }
  return result;
}

}  // namespace gokajo::hub
