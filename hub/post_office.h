/// \file
/// The hub's mails while it serves: every minute it looks which are due and sends what waits, on a thread of its own with connections of
/// its own, so that no PC waits for a mail server.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "hub/mail/postmaster.h"
#include "hub/mail/public_link.h"
#include "hub/mail/sender.h"

namespace gokajo::hub {

/// `directory`: the hub's; mails without a server lie in its outbox/, its last sign of life in alive.json.
struct PostOfficeOptions {
  std::string directory;
  std::string database;
  /// Asked before each round, for people change it on a page; empty: none.
  std::function<platform::Result<std::optional<MailSettings>>(Store&)> mail;
  PostmasterSettings postmaster;
  std::function<platform::Time()> clock;
  std::string public_url;  ///< of hub.toml; empty: none. Verified at the start and before each weekly mail
  /// Called from the office's thread when the link may stand in mails (nullopt), and when it may not any more, and why.
  PublicLink::Changed link_changed;
  /// Called from the office's thread with what an administrator must know.
  std::function<void(const platform::Error&)> complain;
};

/// Who mails come from: as set, or this program where there is no server.
PostmasterSettings postmaster_settings(const std::optional<MailSettings>& mail);

/// The [mail] table of hub.toml in the hub's directory, else of /etc/gokajo-hub/hub.toml. No file: no mail server; a demo's folder
/// (hub/demo/marker.h) has none ever. Errors name file and place.
platform::Result<std::optional<MailSettings>> find_mail_settings(const std::string& directory);

/// public_url of the same file; empty: it is not set.
platform::Result<std::string> find_public_url(const std::string& directory);

/// The bearer token for /metrics (hub/export/metrics.h): the first line of the file that [metrics] of hub.toml names; empty: none is set.
platform::Result<std::string> find_metrics_token(const std::string& directory);

/// One round: what is due is queued and sent. For the command line and for the office itself.
struct Round {
  int queued = 0;
  SendResult sent;
};
platform::Result<Round> post_once(Store& store, MailQueue& queue, Sender& sender, const PostmasterSettings& settings, platform::Time now,
                                  const std::optional<Stopped>& stopped);

/// Sends the test mail that a page asked for (hub/mail/kept_settings.h), if there is one, and keeps what came of it.
platform::Status post_test(Store& store, const std::optional<MailSettings>& settings, platform::Time now);

/// What the sign of life says of the time before `start`: stopped when it is older than an hour.
std::optional<Stopped> stopped_before(const std::string& directory, platform::Time start);

class PostOffice {
 public:
  explicit PostOffice(PostOfficeOptions options);
  ~PostOffice();
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;

 private:
  void run();
  void post();
  PostOfficeOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gokajo::hub
