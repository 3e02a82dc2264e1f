/// \file
/// The adviser's weekly mail: all companies in one list, the worst first.
#pragma once

#include <string>
#include <vector>

#include "compliance/text.h"
#include "hub/mail/composer.h"
#include "platform/time.h"

namespace gokajo::hub {

/// One company in a line; PCs, and by `company` and `questions` what concerns the company itself. `confirmed`: the owner's mail is known to
/// arrive.
struct DigestLine {
  std::string name;
  int registered = 0;
  int fail = 0;
  int company = 0;
  int silent = 0;
  int catching_up = 0;
  int resting = 0;
  int other = 0;
  int questions = 0;
  bool fine = false;
  bool confirmed = true;
};

struct Digest {
  std::string adviser;
  int offset_minutes = platform::kJapanOffset;
  platform::Time counted_at{};
  platform::Time next{};
  std::vector<DigestLine> companies;
};

/// At most kDigestLines companies by name; the rest, the better ones, are counted.
inline constexpr std::size_t kDigestLines = 40;
MailText digest_text(Digest digest, compliance::Language language);

}  // namespace gokajo::hub
