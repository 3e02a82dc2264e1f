/// \file
/// Whether a product counts as protection at all: what the checks of rule 2 have in common.
#pragma once

#include <optional>
#include <string>

#include "compliance/check.h"

namespace gokajo::compliance {

/// `active`: it runs, is licensed, and neither passive nor blind. `hidden`: one of the facts that decide this could not be had.
enum class Standing { active, stopped, expired, unlicensed, passive, blind, hidden };
BOOST_DESCRIBE_ENUM(Standing, active, stopped, expired, unlicensed, passive, blind, hidden)

Standing standing_of(const AntivirusProduct& product, Time now);

/// Why a product is hidden: the first absent fact that decides.
Absence hidden_fact(const AntivirusProduct& product);

/// What to say when no known product is installed, for every check of the rule: nullopt when there is one. `verdict` and "no-product" when
/// nothing that could be a product was seen; unknown when programs could not be looked at, or when a program nobody knows may refuse opens.
std::optional<Finding> without_product(const Antivirus& antivirus, Verdict verdict);

/// An unknown finding from an absence whose type is gone.
Finding unmeasured_for(Absence absence);

}  // namespace gokajo::compliance
