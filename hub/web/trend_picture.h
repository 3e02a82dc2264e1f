/// \file
/// The trend of a company as a picture (SVG), for the page that has the same numbers in a table below it.
#pragma once

#include <string>
#include <vector>

#include "hub/company_overview.h"

namespace gokajo::hub {

/// One column for each week; from below: fine, open, quiet, fail, which are classes of pages.css. Every number stands in the table.
std::string trend_picture(const std::vector<TrendPoint>& weeks, const std::string& title);

}  // namespace gokajo::hub
