/// \file
/// Mails that wait to be sent, kept across restarts. What is queued is sent at least once; a repeat has the same Message-ID.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

/// waiting: due at `next_try`. given_up: nobody tries any more, a person must look.
enum class MailState { waiting, sent, given_up };
BOOST_DESCRIBE_ENUM(MailState, waiting, sent, given_up)

/// `message_id`: without angle brackets; unique within the company, so that the same mail is queued once. `body`: the whole mail (RFC
/// 5322).
struct Mail {
  std::int64_t id = 0;
  std::string tenant;
  std::string message_id;
  std::string recipient;
  std::string kind;
  std::string body;
  MailState state = MailState::waiting;
  std::int64_t tries = 0;
  platform::Time next_try{};
  platform::Time created{};
  std::optional<platform::Time> sent;
};

/// One thread at a time. Every call is its own durable transaction. Errors: failed, timed_out (another program writes for too long).
class MailQueue {
 public:
  MailQueue() = default;
  MailQueue(const MailQueue&) = delete;
  MailQueue& operator=(const MailQueue&) = delete;
  virtual ~MailQueue() = default;

  /// False: a mail with this Message-ID is there already, and stays as it is. `id`, `state`, `tries` and `sent` are the queue's own.
  virtual platform::Result<bool> add(const Mail& mail) = 0;
  /// Waiting mails whose `next_try` has come, the longest waiting first.
  virtual platform::Result<std::vector<Mail>> due(platform::Time now, std::size_t limit) = 0;
  /// The newest mails of a company, whatever their state.
  virtual platform::Result<std::vector<Mail>> newest(const std::string& tenant, std::size_t limit) = 0;
  virtual platform::Status mark_sent(std::int64_t id, platform::Time now) = 0;  ///< a "link"'s text goes with it, for it lets in
  /// One more try was in vain. nullopt: no further one, as with mark_sent().
  virtual platform::Status mark_failed(std::int64_t id, std::optional<platform::Time> next_try) = 0;
  /// Whether this queue is the one, of several hubs', that decides on mails and sends them. Once it is, add() fails rather than go on
  /// over another connection, with which it may be so no longer: ask again.
  virtual platform::Result<bool> leads() { return true; }
};

}  // namespace gokajo::hub
