/// \file
/// What the cover of an evidence pack says, in one language, as plain values: written as text here, drawn by hub/export/cover_pdf.h. It
/// says what the pack proves and what it does not; and it cannot tell its own pack's check number, which counts the cover too.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compliance/text.h"
#include "hub/evidence/contents.h"
#include "hub/export/table.h"

namespace gokajo::hub {

struct Cover {
  std::string title;
  std::string company;
  std::string period;
  std::string results_title;
  std::vector<TableRow> results;                           ///< PCs by rule and verdict, headings first
  std::vector<std::pair<std::string, std::string>> facts;  ///< what, and how it is
  struct Part {
    std::string title;
    std::vector<std::string> points;
  };
  std::vector<Part> parts;
  std::string remark;
};

/// `key`: the fingerprint. `previous`: SHA-256 of the manifest before; none for the first. `manifest`: what is known of it by then.
struct CoverInput {
  const Company& company;
  const Manifest& manifest;
  const PackCounts& counts;
  std::string key;
};

Cover cover_of(const CoverInput& input, compliance::Language language);

/// Lines of UTF-8, ended by "\n".
std::string text_of(const Cover& cover);

}  // namespace gokajo::hub
