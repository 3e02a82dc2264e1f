#include "hub/export/pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Result;
using namespace paper;

namespace {

std::vector<double> first_wide(std::size_t columns, double first) {
  std::vector<double> shares(columns, 1);
  if (!shares.empty()) shares.front() = first;
  return widths_of(std::move(shares));
}

void sum_up(Paper& paper, const SelfCheck& check) {
  paper.paragraph(check.title, kTitle, true);
  paper.paragraph(check.company, kHeading, true);
  paper.paragraph(check.made_on + "　" + check.registered, kText);
  for (const auto& note : check.notes) paper.paragraph(note, kText);
  paper.y += kGap;
  if (!check.rules.empty()) table(paper, check.rules, first_wide(check.rules.front().size(), 3), kText);
  paper.paragraph(check.answers_title, kHeading, true);
  table(paper, check.answers, widths_of({5, 3, 2.2}), kSmall);
  paper.paragraph(check.not_looked_at, kSmall);
  paper.paragraph(check.remark, kText, true);
}

// Which rows stand on each page of the list.
std::vector<std::pair<std::size_t, std::size_t>> pages_of(Paper& paper, const std::vector<TableRow>& rows,
                                                          const std::vector<double>& widths) {
  std::vector<std::pair<std::size_t, std::size_t>> pages;
  const auto head = paper.row_height(rows.front(), widths, kSmall);
  const double room = kHeight - kMargin - kFooter - kGap - kMargin - 2 * kHeading;
  std::size_t from = 1;
  double used = head;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto high = paper.row_height(rows[i], widths, kSmall);
    if (used + high > room && i > from) {
      pages.emplace_back(from, i);
      from = i;
      used = head;
    }
    used += high;
  }
  if (from < rows.size()) pages.emplace_back(from, rows.size());
  return pages;
}

}  // namespace

bool can_write_pdf() { return true; }

Result<std::string> pdf_of(const SelfCheck& check) {
  std::string bytes;
  Paper paper(bytes);
  paper.tell(check.title + " " + check.company);
  const auto widths = check.pcs.empty() ? std::vector<double>() : [&] {
    std::vector<double> shares(check.pcs.front().size(), 1.4);
    shares.front() = 2.3;
    if (shares.size() > 2) shares[2] = 1.9;
    return widths_of(std::move(shares));
  }();
  const auto pages = check.pcs.empty() ? std::vector<std::pair<std::size_t, std::size_t>>() : pages_of(paper, check.pcs, widths);
  const auto footer = [&](std::size_t page) {
    return check.company + "　" + check.made_on + "　" + std::to_string(page) + "／" + std::to_string(pages.size() + 1);
  };
  sum_up(paper, check);
  paper.end_page(footer(1));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    paper.paragraph(check.list_title, kHeading, true);
    paper.row(check.pcs.front(), widths, kSmall, true);
    for (auto row = pages[i].first; row < pages[i].second; ++row) paper.row(check.pcs[row], widths, kSmall, false);
    paper.end_page(footer(i + 2));
  }
  if (const auto status = finished(paper); !status) return status.error();
  return bytes;
}

}  // namespace gokajo::hub
