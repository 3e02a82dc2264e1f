#include "hub/export/pdf.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

// Points of 1/72 inch.
constexpr double kWidth = 595.28, kHeight = 841.89, kMargin = 48, kFooter = 30;
constexpr double kText = 9.5, kSmall = 8, kTitle = 17, kHeading = 11.5;
constexpr double kPadding = 3.5, kGap = 9;
constexpr const char* kFont = "Noto Sans CJK JP";

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// Paper to write on, from the top down.
class Paper {
 public:
  explicit Paper(std::string& bytes)
      : surface_(cairo_pdf_surface_create_for_stream(append, &bytes, kWidth, kHeight)), context_(cairo_create(surface_.get())) {}

  void tell(const SelfCheck& check) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, (check.title + " " + check.company).c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "Gokajo");
  }

  double y = kMargin;

  /// How high the text is at that width; it is drawn where `draws`.
  double text(const std::string& said, double x, double width, double size, bool bold, bool draws) {
    const std::unique_ptr<PangoLayout, Unref> layout(pango_cairo_create_layout(context_.get()));
    const std::unique_ptr<PangoFontDescription, Unref> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), kFont);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), said.data(), static_cast<int>(said.size()));
    int high = 0;
    pango_layout_get_size(layout.get(), nullptr, &high);
    if (draws) {
      cairo_move_to(context_.get(), x, y);
      pango_cairo_show_layout(context_.get(), layout.get());
    }
    return static_cast<double>(high) / PANGO_SCALE;
  }

  void paragraph(const std::string& said, double size, bool bold = false) {
    y += text(said, kMargin, kWidth - 2 * kMargin, size, bold, true) + kGap / 2;
  }

  double row_height(const TableRow& row, const std::vector<double>& widths, double size) {
    double high = 0;
    for (std::size_t i = 0; i < row.size(); ++i) high = std::max(high, text(row[i], 0, widths[i] - 2 * kPadding, size, false, false));
    return high + 2 * kPadding;
  }

  void row(const TableRow& row, const std::vector<double>& widths, double size, bool heading) {
    const auto high = row_height(row, widths, size);
    const auto top = y;
    if (heading) {
      cairo_set_source_rgb(context_.get(), 0.91, 0.92, 0.94);
      cairo_rectangle(context_.get(), kMargin, y, std::accumulate(widths.begin(), widths.end(), 0.0), high);
      cairo_fill(context_.get());
      cairo_set_source_rgb(context_.get(), 0, 0, 0);
    }
    y += kPadding;
    double x = kMargin;
    for (std::size_t i = 0; i < row.size(); ++i) {
      text(row[i], x + kPadding, widths[i] - 2 * kPadding, size, heading, true);
      x += widths[i];
    }
    y = top + high;
    cairo_set_line_width(context_.get(), 0.5);
    cairo_move_to(context_.get(), kMargin, y);
    cairo_line_to(context_.get(), x, y);
    cairo_stroke(context_.get());
  }

  void end_page(const std::string& footer) {
    y = kHeight - kFooter;
    text(footer, kMargin, kWidth - 2 * kMargin, kSmall, false, true);
    cairo_show_page(context_.get());
    y = kMargin;
  }

  cairo_status_t finish() {
    context_.reset();
    cairo_surface_finish(surface_.get());
    return cairo_surface_status(surface_.get());
  }

 private:
  std::unique_ptr<cairo_surface_t, Unref> surface_;
  std::unique_ptr<cairo_t, Unref> context_;
};

// Shares of the paper's width.
std::vector<double> widths_of(std::vector<double> shares) {
  const auto sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (auto& share : shares) share *= (kWidth - 2 * kMargin) / sum;
  return shares;
}

std::vector<double> first_wide(std::size_t columns, double first) {
  std::vector<double> shares(columns, 1);
  if (!shares.empty()) shares.front() = first;
  return widths_of(std::move(shares));
}

void table(Paper& paper, const std::vector<TableRow>& rows, const std::vector<double>& widths, double size) {
  for (std::size_t i = 0; i < rows.size(); ++i) paper.row(rows[i], widths, size, i == 0);
  paper.y += kGap;
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
  paper.tell(check);
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
  if (const auto status = paper.finish(); status != CAIRO_STATUS_SUCCESS)
    return Error{ErrorKind::failed, std::string("pdf: ") + cairo_status_to_string(status)};
  return bytes;
}

}  // namespace gokajo::hub
