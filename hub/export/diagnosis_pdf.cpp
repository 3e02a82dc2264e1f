#include "hub/export/diagnosis_pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Result;
using namespace paper;

namespace {

constexpr double kTotal = 14;
constexpr double kRoom = kHeight - kFooter - kMargin;

void draw(Paper& paper, const DiagnosisPaper& diagnosis) {
  const auto end_page = [&] { paper.end_page(diagnosis.company + "　" + diagnosis.made_on + "　" + paper.page_of_pages()); };
  const auto high = [&](const std::string& said, double size, bool bold) {
    return paper.text(said, 0, kWidth - 2 * kMargin, size, bold, false) + kGap / 2;
  };
  const auto say = [&](const std::string& said, double size, bool bold = false) {
    if (paper.y + high(said, size, bold) > kRoom) end_page();
    paper.paragraph(said, size, bold);
  };
  say(diagnosis.title, kTitle, true);
  say(diagnosis.company, kHeading, true);
  say(diagnosis.made_on, kText);
  paper.y += kGap;
  say(diagnosis.total, kTotal, true);
  say(diagnosis.meaning, kText);
  table(paper, diagnosis.sums, widths_of({3, 1}), kText);
  say(diagnosis.remark, kText, true);
  const auto widths = widths_of({0.55, 4.9, 2.0, 0.95, 3.3});
  for (const auto& part : diagnosis.parts) {
    paper.y += kGap;
    // Neither a heading nor the names of columns stand without a row.
    const auto head = paper.row_height(part.rows.front(), widths, kSmall);
    const auto first = part.rows.size() > 1 ? paper.row_height(part.rows[1], widths, kSmall) : 0;
    if (paper.y + high(part.title, kHeading, true) + head + first > kRoom) end_page();
    say(part.title, kHeading, true);
    paper.row(part.rows.front(), widths, kSmall, true);
    for (std::size_t i = 1; i < part.rows.size(); ++i) {
      if (paper.y + paper.row_height(part.rows[i], widths, kSmall) > kRoom) {
        end_page();
        paper.row(part.rows.front(), widths, kSmall, true);
      }
      paper.row(part.rows[i], widths, kSmall, false);
    }
  }
  paper.y += kGap;
  for (const auto& note : diagnosis.notes) say(note, kSmall);
  end_page();
}

}  // namespace

Result<std::string> diagnosis_pdf(const DiagnosisPaper& diagnosis) {
  return drawn_twice(diagnosis.title + " " + diagnosis.company, [&](Paper& paper) { draw(paper, diagnosis); });
}

}  // namespace gokajo::hub
