/// \file
/// What a page says first when one comes back to it after a form was taken: "/c/yamada/people?done=removed" shows the sentence
/// "done.removed". An address only chooses among the words of hub/web/routes.inc; nothing else of it is shown.
#pragma once

#include <string_view>

#include "hub/web/route.h"

namespace gokajo::hub {

/// Whether any form has that word.
bool is_done_word(std::string_view word);

/// Puts the form's word into where a 303 leads. An address that has a query already says something else, often that nothing was done: it
/// stays as it is, and so does every other reply.
void add_done(HttpReply& reply, const Route& form);

}  // namespace gokajo::hub
