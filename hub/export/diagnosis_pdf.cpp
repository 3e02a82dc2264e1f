#include "hub/export/diagnosis_pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;
using namespace paper;

namespace {

constexpr double kTotal = 14;
constexpr double kRoom = kHeight - kFooter - kMargin;

// Draws all, and says how many pages it took: how many there are stands on each, and is known once they were drawn.
Result<std::size_t> drawn(const DiagnosisPaper& diagnosis, std::size_t pages, std::string& bytes) {
  Paper paper(bytes);
  paper.tell(diagnosis.title + " " + diagnosis.company);
  std::size_t page = 0;
  const auto end_page = [&] {
    paper.end_page(diagnosis.company + "　" + diagnosis.made_on + "　" + std::to_string(++page) + "／" + std::to_string(pages));
  };
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
  const auto widths = widths_of({0.55, 5.1, 1.65, 0.95, 3.45});
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
  if (const auto status = paper.finish(); status != CAIRO_STATUS_SUCCESS)
    return Error{ErrorKind::failed, std::string("pdf: ") + cairo_status_to_string(status)};
  return page;
}

}  // namespace

Result<std::string> diagnosis_pdf(const DiagnosisPaper& paper) {
  std::string thrown_away, bytes;
  const auto pages = drawn(paper, 1, thrown_away);
  if (!pages) return pages.error();
  if (const auto again = drawn(paper, *pages, bytes); !again) return again.error();
  return bytes;
}

}  // namespace gokajo::hub
