/// \file
/// What is collected, as a page for the people whose PC it is: docs/collected.md and `gokajo collected`. Made from compliance/collected.h
/// and the names of checks.
#pragma once

#include <string>

#include "compliance/text.h"

namespace gokajo::agent {

/// For a terminal of that many columns; the names of fields are left out.
std::string collected_text(compliance::Language language, int columns);

/// docs/collected.md: all of it in Japanese, then in English, with the names of fields.
std::string collected_markdown();

}  // namespace gokajo::agent
