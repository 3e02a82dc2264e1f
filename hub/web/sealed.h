/// \file
/// Values that leave this hub and come back, or lie in its store, unreadable and unchanged: sealed (XSalsa20-Poly1305) under a key made of
/// the pepper, which is in no backup. Any thread.
#pragma once

#include <optional>
#include <string>

#include "hub/secrets.h"

namespace gokajo::hub {

/// `purpose` keeps what was sealed for one thing from being taken for another.
std::string seal(const Pepper& pepper, const std::string& purpose, const std::string& secret);
/// nullopt: not sealed by this hub for this.
std::optional<std::string> unseal(const Pepper& pepper, const std::string& purpose, const std::string& sealed);

/// The same as text for a form's hidden field: URL-safe base 64.
std::string seal_text(const Pepper& pepper, const std::string& purpose, const std::string& secret);
std::optional<std::string> unseal_text(const Pepper& pepper, const std::string& purpose, const std::string& text);

}  // namespace gokajo::hub
