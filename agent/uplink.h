/// \file
/// Brings what is spooled to the hub, oldest first, over one connection at a time. Only a receipt that names the report and its bytes
/// empties the spool; what else the hub, or something in its place, may answer is in docs/protocol.md.
///
/// In its directory: uplink.json (how the hub was last met, and until when it is left alone), settings.json (what the hub last told, byte
/// for byte), packs/ and briefings/ (agent/handed_out.h: what those settings name is fetched at once, and what cannot be had just now after
/// an hour), last-sent.report (the body last sent).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agent/handed_out.h"
#include "agent/http_client.h"
#include "agent/outbox.h"
#include "agent/spool.h"
#include "agent/waiting.h"
#include "platform/clock.h"
#include "protocol/problem.h"
#include "protocol/receipt.h"
#include "protocol/settings.h"

namespace gokajo::agent {

/// How the hub was last met. well: it receipted, or nothing was sent yet. unreachable: no connection, no name, no answer in time.
/// certificate: it is not the hub that was enrolled with, or TLS does not hold. not_the_hub: something else answered, such as a login page
/// of a network. busy, newer, refused, removed, number_used: what the hub said (protocol/problem.h).
enum class HubContact { well, unreachable, certificate, not_the_hub, busy, newer, refused, removed, number_used };
BOOST_DESCRIBE_ENUM(HubContact, well, unreachable, certificate, not_the_hub, busy, newer, refused, removed, number_used)

/// uplink.json. `detail`: in English, for an administrator. `left_alone_since`, `left_alone_ms`: nothing is sent before that wait is over.
/// `unreceipted_since`: since when something waits without a receipt having come. `scan_wanted`: the last wish that was heard.
struct UplinkRecord {
  std::string format;
  HubContact contact = HubContact::well;
  std::string detail;
  std::int64_t epoch = 0;
  std::int64_t failures = 0;
  SavedMoment left_alone_since;
  std::int64_t left_alone_ms = 0;
  std::optional<SavedMoment> unreceipted_since;
  std::optional<platform::Time> last_receipt_at;
  std::optional<platform::Time> scan_wanted;
};
BOOST_DESCRIBE_STRUCT(UplinkRecord, (),
                      (format, contact, detail, epoch, failures, left_alone_since, left_alone_ms, unreceipted_since, last_receipt_at,
                       scan_wanted))

/// After this long without a receipt the person at the PC is told (people.md, decision 11).
inline constexpr std::chrono::hours kTellAfter{7 * 24};

/// How long after the last word of the hub's it is asked what it wishes, a quarter more or less; and how long, at most, after a start.
/// Where nobody answers it is asked again after the latter, a quarter more or less, then twice that, and so on up to the former.
inline constexpr std::chrono::seconds kAskAfter{3600};
inline constexpr std::chrono::seconds kFirstAskWithin{60};
/// A hub of before /v1/wishes is asked again after this.
inline constexpr std::chrono::hours kAskOldHubAfter{24};

/// Limits of waits, as docs/protocol.md has them.
inline constexpr std::chrono::seconds kFirstWait{5};
inline constexpr std::chrono::seconds kLongestWait{3600};
inline constexpr std::chrono::seconds kLongestRetryAfter{24 * 3600};

/// What is in uplink.json; what cannot be read is as if the hub had never been met.
UplinkRecord read_uplink_record(const std::string& directory);

/// The hub's settings; Error{not_found}: none came yet.
platform::Result<protocol::Settings> read_hub_settings(const std::string& directory);

/// One program at a time. Not thread-safe. What is handed in must outlive it.
class Uplink {
 public:
  struct Parts {
    const protocol::DeviceKey& key;
    std::int64_t epoch;
    Spool& spool;
    Outbox& outbox;
    HttpClient& http;
    const platform::Clock& clock;
    /// Between 0 and 1, for the length of waits.
    std::function<double()> random;
    /// Called before each request, which may take 30 s; false ends the step.
    std::function<bool()> goes_on;
  };
  /// Waits that a restart cut short go on.
  Uplink(std::string directory, Parts parts);

  struct Outcome {
    int receipted = 0;
    bool settings_changed = false;
    bool scan_wanted = false;
    std::vector<std::string> handed_out;  ///< a line for each pack or briefing that was taken, refused or left: for the log
  };
  /// Sends what waits until nothing does, the hub is to be left alone, or something needs a person. Where nothing waits, asks the hub
  /// about once an hour what it wishes; that it cannot be reached then is nothing to tell anybody.
  Outcome step();

  /// A receipt that came as a file (protocol/carried.h). Error: those of Spool::take().
  platform::Status take_carried(const protocol::Receipt& receipt);

  /// How long nothing is to be sent; zero where it may be now.
  std::chrono::milliseconds left_alone() const;
  /// Whether the person at this PC is to be told that reports do not arrive.
  bool notice_due() const;
  const UplinkRecord& record() const { return record_; }

 private:
  enum class Next { go_on, stop };
  Next send_oldest(Outcome& outcome);
  Next take_reply(const SpoolEntry& entry, const HttpReply& reply, Outcome& outcome);
  Next take_receipt(const SpoolEntry& entry, const protocol::Receipt& receipt, Outcome& outcome);
  void note_receipt(const protocol::Receipt& receipt, Outcome& outcome);
  Next take_problem(const SpoolEntry& entry, const protocol::Problem& problem, const HttpReply& reply);
  Next ask_whether_removed();
  void note_wish(const std::optional<platform::Time>& scan_wanted, Outcome& outcome);
  void ask_for_wishes(Outcome& outcome);
  bool is_time_to_ask() const;
  void ask_again_after(std::chrono::milliseconds wait);
  void fetch_settings(const std::string& wanted_sha256, Outcome& outcome);
  void fetch_handed_out(Outcome& outcome);
  enum class Fetched { taken, refused, not_now };
  Fetched fetch(const NamedFile& file, Outcome& outcome);
  bool is_time_to_fetch() const;
  Next leave_alone(HubContact contact, const std::string& detail, std::chrono::milliseconds wait);
  Next back_off(HubContact contact, const std::string& detail);
  Next stop_for_error(const platform::Error& error);
  void write_record();

  std::string directory_;
  Parts parts_;
  UplinkRecord record_;
  std::string settings_sha256_;             ///< of what is held; empty: nothing
  std::string settings_not_readable_;       ///< asked for once and not readable; not asked for again until another is offered
  std::vector<NamedFile> lacking_;          ///< named by the settings that are held, and not here yet
  std::optional<SavedMoment> not_fetched_;  ///< when that was tried in vain
  std::string last_sent_;
  SavedMoment heard_;  ///< the last word of the hub's, or the start
  std::chrono::milliseconds ask_after_{0};
  int unheard_ = 0;  ///< questions for wishes that nobody answered, since the last that was
};

}  // namespace gokajo::agent
