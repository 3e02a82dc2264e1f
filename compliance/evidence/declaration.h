/// \file
/// A person's answer to something no PC can see: evidence like any other, always shown as 自己申告.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::compliance {

/// `question`: id of a pack's question, or a check's id for a question about this PC. `about`: the item asked about (a folder, an account),
/// empty when it is the whole PC. `answer`: id of the chosen answer. It counts until the end of `valid_until`.
struct Declaration {
  std::string question;
  std::string about;
  std::string answer;
  std::string who;
  platform::Time answered_at{};
  platform::Time valid_until{};
};
BOOST_DESCRIBE_STRUCT(Declaration, (), (question, about, answer, who, answered_at, valid_until))

}  // namespace gokajo::compliance
