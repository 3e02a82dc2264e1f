/// \file
/// One check on given evidence, with its default settings.
#pragma once

#include <string>

#include <doctest/doctest.h>

#include "compliance/check.h"

namespace gokajo::tests {

/// Fails the test when there is no such check.
compliance::Finding judged(const std::string& check, const compliance::Evidence& evidence,
                           compliance::Time now = *platform::parse_time("2026-11-22T00:00:00Z"), const compliance::Memory& memory = {},
                           const compliance::Settings& changed = {});

compliance::Verdict verdict_of(const std::string& check, const compliance::Evidence& evidence,
                               compliance::Time now = *platform::parse_time("2026-11-22T00:00:00Z"));

}  // namespace gokajo::tests

namespace gokajo::compliance {
/// doctest prints a verdict by its name.
doctest::String toString(Verdict verdict);
}  // namespace gokajo::compliance
