#include "hub/export/cover_pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;
using namespace paper;

namespace {

constexpr double kIndent = 11;

// Draws all, and says how many pages it took: how many there are stands on each, and is known once they were drawn.
Result<std::size_t> drawn(const std::vector<Cover>& covers, std::size_t pages, std::string& bytes) {
  Paper paper(bytes);
  paper.tell(covers.front().title + " " + covers.front().company);
  std::size_t page = 0;
  for (const auto& cover : covers) {
    const auto end_page = [&] {
      paper.end_page(cover.company + "　" + cover.period + "　" + std::to_string(++page) + "／" + std::to_string(pages));
    };
    // A line that would not fit begins the next page.
    const auto room_for = [&](const std::string& said, double size, bool bold, double indent) {
      if (paper.y + paper.text(said, 0, kWidth - 2 * kMargin - indent, size, bold, false) > kHeight - kFooter - kMargin) end_page();
    };
    const auto say = [&](const std::string& said, double size, bool bold = false, double indent = 0) {
      room_for(said, size, bold, indent);
      paper.paragraph(said, size, bold, indent);
    };
    say(cover.title, kTitle, true);
    say(cover.company, kHeading, true);
    say(cover.period, kText);
    paper.y += kGap;
    const auto widths = widths_of({1, 2.6});
    for (const auto& [what, value] : cover.facts) paper.row({what, value}, widths, kSmall, false);
    for (const auto& part : cover.parts) {
      paper.y += kGap;
      say(part.title, kHeading, true);
      for (const auto& point : part.points) {
        room_for(point, kText, false, kIndent);
        paper.text("・", kMargin, kIndent, kText, false, true);
        paper.paragraph(point, kText, false, kIndent);
      }
    }
    paper.y += kGap;
    say(cover.remark, kText, true);
    end_page();
  }
  if (const auto status = paper.finish(); status != CAIRO_STATUS_SUCCESS)
    return Error{ErrorKind::failed, std::string("pdf: ") + cairo_status_to_string(status)};
  return page;
}

}  // namespace

Result<std::string> cover_pdf(const std::vector<Cover>& covers) {
  std::string thrown_away, bytes;
  const auto pages = drawn(covers, covers.size(), thrown_away);
  if (!pages) return pages.error();
  if (const auto again = drawn(covers, *pages, bytes); !again) return again.error();
  return bytes;
}

}  // namespace gokajo::hub
