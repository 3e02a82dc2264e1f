/// \file
/// What a page says first when one comes back to it after a form was taken: "/c/yamada/people?done=removed" shows the sentence
/// "done.removed". An address only chooses among the words of this file; nothing else of it is shown.
#pragma once

#include <string_view>

#include "hub/http.h"

namespace gokajo::hub {

/// The word for forms of that path of hub/web/routes.inc; empty: the page they lead to says itself how it went.
std::string_view done_word(std::string_view path);

/// Whether any form has that word.
bool is_done_word(std::string_view word);

/// Puts the word of `path` into where a 303 leads. An address that has a query already says something else, often that nothing was done: it
/// stays as it is, and so does every other reply.
void add_done(HttpReply& reply, std::string_view path);

}  // namespace gokajo::hub
