/// \file
/// One thing to do in the few words of the mail, for the mail and for the page: they must not differ.
#pragma once

#include <string>

#include "hub/mail/weekly.h"
#include "hub/mail/words.h"

namespace gokajo::hub {

/// With the marks of hub/mail/words.h.
struct TodoWords {
  std::string saw;
  std::string to_do;
};
TodoWords todo_words(const Todo& todo, const Teller& say);

}  // namespace gokajo::hub
