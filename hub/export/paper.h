/// \file
/// Paper to write on from the top down: A4, by Pango and Cairo, which embed the font. For hub/export/*pdf.cpp alone.
#pragma once

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "hub/export/table.h"
#include "platform/result.h"

namespace gokajo::hub::paper {

// Points of 1/72 inch.
inline constexpr double kWidth = 595.28, kHeight = 841.89, kMargin = 48, kFooter = 30;
inline constexpr double kText = 9.5, kSmall = 8, kTitle = 17, kHeading = 11.5;
inline constexpr double kPadding = 3.5, kGap = 9;
inline constexpr const char* kFont = "Noto Sans CJK JP";

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

inline cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Of `pages` pages, as far as that is known: it is only written on them.
class Paper {
 public:
  explicit Paper(std::string& bytes, std::size_t pages = 1)
      : surface_(cairo_pdf_surface_create_for_stream(append, &bytes, kWidth, kHeight)),
        context_(cairo_create(surface_.get())),
        pages_(pages) {}

  void tell(const std::string& title) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "Gokajo");
  }

  double y = kMargin;

  std::size_t pages() const { return pages_; }
  std::size_t ended_pages() const { return ended_; }
  /// "2／3", of the page that is written on.
  std::string page_of_pages() const { return std::to_string(ended_ + 1) + "／" + std::to_string(pages_); }

  /// How high the text is at that width; it is drawn where `draws`.
  double text(const std::string& said, double x, double width, double size, bool bold, bool draws) {
    const std::unique_ptr<PangoLayout, Unref> layout(pango_cairo_create_layout(context_.get()));
    // Whole points are a screen's: on paper they would set "was added" as one word.
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout.get()), FALSE);
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

  void paragraph(const std::string& said, double size, bool bold = false, double indent = 0) {
    y += text(said, kMargin + indent, kWidth - 2 * kMargin - indent, size, bold, true) + kGap / 2;
  }

  double row_height(const TableRow& row, const std::vector<double>& widths, double size) {
    double high = 0;
    for (std::size_t i = 0; i < row.size(); ++i) high = std::max(high, text(row[i].text, 0, widths[i] - 2 * kPadding, size, false, false));
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
      text(row[i].text, x + kPadding, widths[i] - 2 * kPadding, size, heading, true);
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
    ++ended_;
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
  std::size_t pages_;
  std::size_t ended_ = 0;
};

/// The error that Cairo ended with, if it did.
inline platform::Status finished(Paper& paper) {
  if (const auto status = paper.finish(); status != CAIRO_STATUS_SUCCESS)
    return platform::Error{platform::ErrorKind::failed, std::string("pdf: ") + cairo_status_to_string(status)};
  return platform::Done{};
}

/// What draw(paper) draws, as a PDF. It is called twice: how many pages there are stands on each, and is known once they were drawn.
/// Error{failed}: what Cairo says.
template <class Draw>
platform::Result<std::string> drawn_twice(const std::string& title, const Draw& draw) {
  std::size_t pages = 1;
  std::string bytes;
  for (int time = 0; time < 2; ++time) {
    bytes.clear();
    Paper paper(bytes, pages);
    paper.tell(title);
    draw(paper);
    if (const auto status = finished(paper); !status) return status.error();
    pages = paper.ended_pages();
  }
  return bytes;
}

// Shares of the paper's width.
inline std::vector<double> widths_of(std::vector<double> shares) {
  const auto sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (auto& share : shares) share *= (kWidth - 2 * kMargin) / sum;
  return shares;
}

inline void table(Paper& paper, const std::vector<TableRow>& rows, const std::vector<double>& widths, double size) {
  for (std::size_t i = 0; i < rows.size(); ++i) paper.row(rows[i], widths, size, i == 0);
  paper.y += kGap;
}

}  // namespace gokajo::hub::paper
