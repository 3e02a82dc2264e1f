#include "hub/web/trend_picture.h"

#include <algorithm>

#include <kainjow/mustache.hpp>

namespace gokajo::hub {

namespace {

constexpr int kHeight = 120, kColumn = 20, kGap = 6;

std::string box(const char* name, int x, int y, int width, int height) {
  return std::string("<rect class=\"") + name + "\" x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
         std::to_string(width) + "\" height=\"" + std::to_string(height) + "\"/>";
}

std::int64_t sum(const DailyCount& count) { return count.pass + count.fail + count.unknown + count.silent + count.resting; }

}  // namespace

std::string trend_picture(const std::vector<TrendPoint>& weeks, const std::string& title) {
  std::int64_t most = 1;
  for (const auto& week : weeks) most = std::max(most, sum(week.count));
  const int width = std::max<int>(static_cast<int>(weeks.size()) * (kColumn + kGap), 300);
  std::string svg = "<svg class=\"trend\" role=\"img\" aria-label=\"" + kainjow::mustache::html_escape(title) + "\" viewBox=\"0 0 " +
                    std::to_string(width) + " " + std::to_string(kHeight) + "\">";
  int x = 0;
  for (const auto& week : weeks) {
    // Heights are of running sums, so that the parts of a column always meet.
    std::int64_t below = 0;
    int top = kHeight;
    for (const auto& [name, pcs] : {std::pair{"fine", week.count.pass},
                                    {"open", week.count.unknown},
                                    {"quiet", week.count.silent + week.count.resting},
                                    {"fail", week.count.fail}}) {
      below += pcs;
      const int y = kHeight - static_cast<int>(below * kHeight / most);
      if (y < top) svg += box(name, x, y, kColumn, top - y);
      top = y;
    }
    x += kColumn + kGap;
  }
  return svg + "</svg>";
}

}  // namespace gokajo::hub
