/// \file
/// The weekly mail's subject and text in the words of people.md section 2: lines of at most kLineColumns, a subject of at most
/// kSubjectColumns. Pure.
#pragma once

#include "compliance/text.h"
#include "hub/mail/composer.h"
#include "hub/mail/weekly.h"

namespace gokajo::hub {

/// Which PCs and people stand in the mail by name. `counts`: neither labels nor names of PCs (a company's own choice, mail.detail).
enum class Detail { labels, counts };

MailText weekly_text(const Weekly& week, compliance::Language language, Detail detail = Detail::labels);

}  // namespace gokajo::hub
