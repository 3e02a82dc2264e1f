/// \file
/// What the printed 「5か条 自己点検結果」 says, as plain values: gathered here, drawn by hub/export/pdf.h. Silent PCs pass nothing, and
/// answers of people are shown as 自己申告.
#pragma once

#include <string>
#include <vector>

#include "hub/export/tables.h"

namespace gokajo::hub {

struct SelfCheck {
  std::string title;
  std::string company;
  std::string made_on;
  std::string registered;
  std::vector<std::string> notes;
  std::vector<TableRow> rules;    ///< headings first
  std::vector<TableRow> answers;  ///< headings first; only they where there is none
  std::string answers_title;
  std::string not_looked_at;
  std::string remark;
  std::string list_title;
  std::vector<TableRow> pcs;  ///< headings first; at most 500 PCs, and a note where there are more
};

/// Inside a reading transaction. Errors: the store's.
platform::Result<SelfCheck> self_check_of(const ExportQuestion& question, const std::string& tenant);

}  // namespace gokajo::hub
