/// \file
/// What there is to say of a group of collected fields (compliance/collected.h), in one language, for pages and documents alike.
#pragma once

#include <string>

#include "compliance/collected.h"

namespace gokajo::compliance {

/// The checks that need it, by name, and what else it is for.
std::string purpose_of(const CollectedGroup& group, Language language);
/// How long it is kept on the PC.
std::string kept_for(const CollectedGroup& group, Language language);
/// 関わりません, 関わることがあります, 関わります.
std::string concerns_of(const CollectedGroup& group, Language language);

}  // namespace gokajo::compliance
