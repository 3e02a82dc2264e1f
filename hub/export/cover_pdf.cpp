#include "hub/export/cover_pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Result;
using namespace paper;

namespace {

constexpr double kIndent = 11;
// Of a value that has a line of its own.
constexpr std::size_t kLongValue = 60;

// Two on a line: with one, a cover in one language would take two pages.
void draw_facts(Paper& paper, const std::vector<std::pair<std::string, std::string>>& facts) {
  TableRow row;
  const auto two = widths_of({1.5, 1, 1.7, 1}), one = widths_of({1.5, 3.7});
  const auto end_row = [&] {
    if (row.empty()) return;
    row.resize(two.size());
    paper.row(row, two, kSmall, false);
    row.clear();
  };
  for (const auto& [what, value] : facts) {
    if (value.size() > kLongValue) {
      end_row();
      paper.row({what, value}, one, kSmall, false);
      continue;
    }
    row.push_back(what);
    row.push_back(value);
    if (row.size() == two.size()) end_row();
  }
  end_row();
}

void draw(Paper& paper, const std::vector<Cover>& covers) {
  for (const auto& cover : covers) {
    const auto end_page = [&] { paper.end_page(cover.company + "　" + cover.period + "　" + paper.page_of_pages()); };
    const auto high = [&](const std::string& said, double size, bool bold, double indent) {
      return paper.text(said, 0, kWidth - 2 * kMargin - indent, size, bold, false);
    };
    // What would not fit begins the next page.
    const auto room_for = [&](double wanted) {
      if (paper.y + wanted > kHeight - kFooter - kMargin) end_page();
    };
    const auto say = [&](const std::string& said, double size, bool bold = false) {
      room_for(high(said, size, bold, 0));
      paper.paragraph(said, size, bold);
    };
    say(cover.title, kTitle, true);
    say(cover.company, kHeading, true);
    say(cover.period, kText);
    say(cover.remark, kText, true);
    paper.y += kGap;
    say(cover.results_title, kHeading, true);
    table(paper, cover.results, widths_of({3.2, 1, 1, 1, 1, 1, 1, 1}), kSmall);
    draw_facts(paper, cover.facts);
    for (const auto& part : cover.parts) {
      paper.y += kGap;
      // No heading stands alone.
      const auto first = part.points.empty() ? 0 : high(part.points.front(), kText, false, kIndent) + kGap;
      room_for(high(part.title, kHeading, true, 0) + first);
      say(part.title, kHeading, true);
      for (const auto& point : part.points) {
        room_for(high(point, kText, false, kIndent));
        paper.text("・", kMargin, kIndent, kText, false, true);
        paper.paragraph(point, kText, false, kIndent);
      }
    }
    end_page();
  }
}

}  // namespace

Result<std::string> cover_pdf(const std::vector<Cover>& covers) {
  return drawn_twice(covers.front().title + " " + covers.front().company, [&](Paper& paper) { draw(paper, covers); });
}

}  // namespace gokajo::hub
