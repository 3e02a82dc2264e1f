/// \file
/// What signing in has in common, however it is done.
#pragma once

#include <string>

#include "hub/web/visit.h"

namespace gokajo::hub {

inline constexpr std::chrono::minutes kLinkFor{15};
inline constexpr std::chrono::hours kInvitationFor{72};
inline constexpr std::chrono::minutes kHalfFor{5};  ///< between the first factor and the second

/// In small letters, as it is kept.
std::string tidy_mail(const std::string& mail);
/// A path of this hub to go to afterwards; "/" for anything else.
std::string safe_path(const std::string& path);

/// Signs the person in, who has shown all that is asked for. `by`: what they showed, for the security log.
platform::Result<HttpReply> begin_sign_in(Visit& visit, const Person& person, const std::string& to, const std::string& by);
/// The first factor was right: signs in, or asks for the second.
platform::Result<HttpReply> pass_first_factor(Visit& visit, const Person& person, const std::string& to, const std::string& by);
/// Another cookie for the sign-in of a person who showed again who they are: one that was seen before opens nothing from then on.
platform::Status renew_sign_in(Visit& visit);

/// Whether the person may try again; else it is noted. spent() after a wrong try.
bool may_try(Visit& visit, const std::string& mail);
void spent(Visit& visit, const std::string& mail);
/// The same for the digits of the person's second step.
bool may_try_code(Visit& visit, const Person& person);
void spent_code(Visit& visit, const Person& person);

}  // namespace gokajo::hub
