/// \file
/// The trend of a company as a picture (SVG), for the page that has the same numbers in a table below it.
#pragma once

#include <string>
#include <vector>

#include "hub/company_overview.h"

namespace gokajo::hub {

/// What each colour stands for, in the order in which they lie on one another from below, and the picture's name.
struct TrendWords {
  std::string title;
  std::string fine;
  std::string open;
  std::string quiet;
  std::string fail;
};

/// One column for each week. Colours are classes of pages.css; every number stands in the table.
std::string trend_picture(const std::vector<TrendPoint>& weeks, const TrendWords& words);

}  // namespace gokajo::hub
