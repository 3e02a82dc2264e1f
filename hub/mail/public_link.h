/// \file
/// The link in a mail. One to an address whose certificate only this office knows would train people to click warnings away (people.md
/// section 1.4): so the mail is complete without a link, and gets one only while `public_url` verifies, name and chain, against the public
/// roots of this machine.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "compliance/text.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

inline constexpr long kLinkSeconds = 10;                  ///< one look takes no longer
inline constexpr std::chrono::minutes kLinkKnownFor{10};  ///< so long one look holds, whatever it showed
inline constexpr std::size_t kMaxLink = 40;               ///< a line of the mail

/// `public_url` of hub.toml, above every table: "https://hub.example.jp/", a name of at least two parts, at most kMaxLink characters, no
/// user, query or fragment. nullopt: it is not set. Error{malformed} names the line.
platform::Result<std::optional<std::string>> read_public_url(std::string_view toml);

/// certificate: chain or name does not verify. connection: nothing answers there in time. answer: something does, but no page of a hub
/// (which is 200, or 401 where the page is closed); leading elsewhere is none either.
struct LinkFailure {
  enum class Kind { certificate, connection, answer };
  Kind kind = Kind::connection;
  std::string detail;
};

/// What it means for the mail, in one sentence.
compliance::Text explanation(const LinkFailure& failure);

/// Asks the URL once, past any proxy, and follows nothing. `roots`: PEM file of the authorities that count instead of this machine's, for
/// tests; the program gives none, and no setting or variable can. Any thread.
std::optional<LinkFailure> verify_public_url(const std::string& url, const std::string& roots = {});

/// Remembers what the last look showed. One thread.
class PublicLink {
 public:
  using Verify = std::function<std::optional<LinkFailure>(const std::string&)>;
  /// Told whenever a look shows another thing than the one before; nullopt: the link may stand in mails.
  using Changed = std::function<void(const std::optional<LinkFailure>&)>;

  /// `url` empty: there is none, and nothing is asked.
  explicit PublicLink(std::string url, Changed changed = {}, Verify verify = [](const std::string& url) { return verify_public_url(url); });

  /// The URL if it verifies now (or did within kLinkKnownFor), else empty.
  std::string at(platform::Time now);

 private:
  std::string url_;
  Changed changed_;
  Verify verify_;
  std::optional<platform::Time> looked_;
  std::optional<LinkFailure> failure_;
};

}  // namespace gokajo::hub
