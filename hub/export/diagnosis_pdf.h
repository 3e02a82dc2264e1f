/// \file
/// The 自社診断 as filled in, to print, sign and file: A4 with page numbers. Optional at build, as hub/export/pdf.h.
#pragma once

#include <string>
#include <vector>

#include "hub/export/table.h"
#include "platform/result.h"

namespace gokajo::hub {

/// One part of the 25 questions. `rows`: headings first; number, question, answer, points, what the answer rests on.
struct DiagnosisPaperPart {
  std::string title;
  std::vector<TableRow> rows;
};

/// Plain sentences in one language. `meaning`: of the total, or why it has none yet. `notes`: small print; `remark`: that it is no
/// certificate. It names no PC: a paper is handed on.
struct DiagnosisPaper {
  std::string title;
  std::string company;
  std::string made_on;
  std::string total;
  std::string meaning;
  std::vector<TableRow> sums;  ///< headings first: part, points
  std::vector<DiagnosisPaperPart> parts;
  std::vector<std::string> notes;
  std::string remark;
};

/// Error{unsupported}: can_write_pdf() is false; failed: what Cairo says.
platform::Result<std::string> diagnosis_pdf(const DiagnosisPaper& diagnosis);

}  // namespace gokajo::hub
