/// \file
/// The handlers of hub/web/routes.inc, declared from it. Each answers inside a transaction: a reading one for GET, else one that is
/// committed when the answer is below 400.
#pragma once

#include "hub/web/visit.h"

namespace gokajo::hub {

#define GOKAJO_PAGE(path, need, handler) platform::Result<HttpReply> handler(Visit& visit);
#define GOKAJO_FORM(path, need, handler, done) platform::Result<HttpReply> handler(Visit& visit);
#include "hub/web/routes.inc"
#undef GOKAJO_PAGE
#undef GOKAJO_FORM

/// The form that signs in, for whoever asked for a page without being signed in; it leads on to that page.
HttpReply ask_to_sign_in(const Visit& visit);

}  // namespace gokajo::hub
