/// \file
/// The pages people open. Finds the page, who asks and whether they may; refuses what a foreign page sent; keeps sign-ins alive.
///
/// A sign-in is 32 random characters in a cookie (__Host-, Secure, HttpOnly, SameSite=Lax so that a link in a mail finds it), kept as a
/// hash; it ends 12 hours after it began and 2 after it was last used. A POST must come from this hub's own page: by Origin and
/// Sec-Fetch-Site where the browser sends them, and by the form's token always. What one may not see is answered like what is not there.
#pragma once

#include <chrono>

#include "hub/http.h"
#include "hub/web/visit.h"

namespace gokajo::hub {

inline constexpr const char* kSignInCookie = "__Host-gokajo";
inline constexpr const char* kVisitorCookie = "__Host-gokajo-visitor";
inline constexpr std::size_t kCookieCharacters = 32;  // 192 bits
inline constexpr std::chrono::hours kSignedInFor{12};
inline constexpr std::chrono::hours kUnusedFor{2};
inline constexpr std::chrono::minutes kNoteUseEvery{5};

/// One thread.
class Web {
 public:
  explicit Web(WebParts parts) : parts_(std::move(parts)) {}
  /// Before the first request. See WebParts.
  void call_hub(std::string address, std::function<platform::Status(const LinkMail&)> send) {
    parts_.address = std::move(address);
    parts_.send = std::move(send);
  }
  /// Before the first request, too.
  void guard_metrics(std::string token) { parts_.metrics_token = std::move(token); }
  /// Before the first request: where lines of the security log go.
  void note_to(std::function<void(const std::string& line)> note) { parts_.note = std::move(note); }
  HttpReply handle(const HttpRequest& request, Time now);

 private:
  /// Error: the store's.
  platform::Result<HttpReply> answered(const HttpRequest& request, Time now);
  platform::Status find_person(Visit& visit);
  platform::Status note_use(const SignIn& sign_in, Time now);
  platform::Result<bool> find_company(Visit& visit);

  WebParts parts_;
  Guessing guessing_;
  EventLimits events_;
};

/// Whether a form was sent from this hub's own page.
bool is_own_form(const HttpRequest& request, const Form& form, const std::string& token);

}  // namespace gokajo::hub
