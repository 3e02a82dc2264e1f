/// \file
/// The names of all checks, from checks.inc: declared here so that a check's constant in its own file has external linkage.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

#define GOKAJO_CHECK(name) extern const Check name;
#include "compliance/checks/checks.inc"
#undef GOKAJO_CHECK

}  // namespace gokajo::compliance
