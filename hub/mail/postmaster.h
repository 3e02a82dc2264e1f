/// \file
/// Decides which mails are due and puts them into the queue: the first one, the weekly one, the late one after the hub had stopped, grave
/// changes and their all-clear, the adviser's digest. Asked every few minutes; the same answer twice queues nothing twice.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "hub/library.h"
#include "hub/mail/message.h"
#include "hub/mail/outage_from_store.h"
#include "hub/mail/weekly_text.h"
#include "hub/mail_queue.h"
#include "hub/store.h"

namespace gokajo::hub {

/// `link`: asked before each weekly mail, for a URL that verifies just then, else an empty one (PublicLink::at()).
/// `library`: of packs; none: only those compiled in.
struct PostmasterSettings {
  Mailbox from;
  Mailbox reply_to;
  std::optional<Mailbox> adviser;
  compliance::Language language = compliance::Language::ja;
  Detail detail = Detail::labels;
  std::function<std::string(platform::Time)> link;
  const Library* library = nullptr;
};

/// After the hub came back, PCs have this long to bring what they kept before the late mail is written.
inline constexpr std::chrono::hours kAfterStart{2};
/// The first mail waits this long after the first PC, so that the others of that day are in it.
inline constexpr std::chrono::hours kAfterFirst{24};

class Postmaster {
 public:
  Postmaster(Store& store, MailQueue& queue, PostmasterSettings settings) : store_(store), queue_(queue), settings_(std::move(settings)) {}

  /// How many mails were queued. One company's trouble does not keep the others' mails; the first Error is given back after all were tried.
  platform::Result<int> run(platform::Time now, const std::optional<Stopped>& stopped = std::nullopt);

 private:
  platform::Result<int> company(const Company& company, platform::Time now, const std::optional<Stopped>& stopped);
  platform::Result<int> weekly(const Company& company, const std::vector<Mail>& sent, platform::Time now,
                               const std::optional<Stopped>& stopped);
  /// As the company sheet says, else as the hub is set.
  platform::Result<Detail> detail_of(const Company& company);
  platform::Result<int> grave(const Company& company, const std::vector<Mail>& sent, platform::Time now);
  platform::Result<int> digest(const std::vector<Company>& companies, platform::Time now);
  platform::Result<int> put(const Company& company, const Mailbox& to, const std::string& kind, const MailText& text, platform::Time now);

  Store& store_;
  MailQueue& queue_;
  PostmasterSettings settings_;
};

}  // namespace gokajo::hub
