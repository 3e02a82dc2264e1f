/// \file
/// Facts of passwords and sign-in on Linux, after evidence of PAM, shadow, display managers and desktops.
#pragma once

#include "collectors/pam_stack.h"
#include "compliance/evidence/device.h"
#include "compliance/evidence/passwords.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Everything of the topic.
compliance::Passwords collect_passwords_linux(const platform::Host& host, const compliance::Device& device);

using PasswordRules = compliance::Fact<std::map<std::string, compliance::PasswordRule>>;
PasswordRules collect_password_rules_linux(const platform::Host& host, PamReader& pam, const compliance::Device& device);
compliance::Fact<std::vector<std::string>> collect_accounts_elsewhere_linux(const platform::Host& host);
compliance::Fact<std::map<std::string, compliance::Lockout>> collect_lockouts_linux(const platform::Host& host, PamReader& pam);
compliance::Fact<std::vector<compliance::OpenAccount>> collect_open_accounts_linux(const platform::Host& host, PamReader& pam);

}  // namespace gokajo::collectors
