/// \file
/// The weekly mail's subject and text in the words of people.md section 2: lines of at most kLineColumns, a subject of at most
/// kSubjectColumns. Pure.
#pragma once

#include <string>
#include <vector>

#include "compliance/text.h"
#include "hub/mail/weekly.h"

namespace gokajo::hub {

/// Which PCs and people stand in the mail by name. `counts`: neither labels nor names of PCs (a company's own choice, mail.detail).
enum class Detail { labels, counts };

/// A part of the text, for other ways to show it. `sentence`: with "|" where a line may end; of a
/// row, `cells` in its place. `answer`: what the mail says
/// first.
struct MailBlock {
  enum class Kind { address, answer, paragraph, heading, item, item_text, row, blank };
  Kind kind = Kind::paragraph;
  std::string sentence;
  std::vector<std::string> cells;
};

struct MailText {
  std::string subject;
  std::string text;  ///< lines ended by '\n'
  std::vector<MailBlock> blocks;
};

MailText weekly_text(const Weekly& week, compliance::Language language, Detail detail = Detail::labels);

}  // namespace gokajo::hub
