/// \file
/// How a mail's kind (hub/mail_queue.h) names a device: words that begin with a mark of it (hub/mail/postmaster.cpp).
#pragma once

#include <sstream>
#include <string>

namespace gokajo::hub {

inline std::string mail_mark_of(const std::string& device) { return device.substr(0, 16) + "/"; }

/// The kind without the words that begin with `mark`.
inline std::string without_words_of(const std::string& kind, const std::string& mark) {
  std::istringstream in(kind);
  std::string kept, word;
  while (in >> word)
    if (!word.starts_with(mark)) kept += (kept.empty() ? "" : " ") + word;
  return kept;
}

}  // namespace gokajo::hub
