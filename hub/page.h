/// \file
/// The read-only page: a company's PCs and what is to be done on them. No script, nothing loaded from elsewhere, everything escaped.
///
/// Who may read it: whoever has a key. It lists every weakness of an office, so that it must not be readable by everybody on the LAN; and
/// "only from this machine" does not do, for behind a reverse proxy everybody comes from this machine, and so does every other account of
/// it. So a person who may run gokajo-hub asks for an address (`gokajo-hub page`); its key opens once, within ten minutes, and leaves a
/// cookie for twelve hours. Keys are kept as hashes.
#pragma once

#include "compliance/text.h"
#include "hub/http.h"
#include "hub/library.h"
#include "hub/secrets.h"
#include "hub/startup_checks.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr std::chrono::minutes kPageKeyFor{10};
inline constexpr std::chrono::hours kPageSessionFor{12};

/// A key that opens the page of this company once. Inside a transaction.
platform::Result<std::string> add_page_key(Store& store, const Pepper& pepper, const std::string& tenant, Time now);

/// Whether this path is the page's, and nobody else's.
bool is_page(const HttpRequest& request);
/// The answer to it, in a transaction of its own.
/// `of_hub`: what to tell of the hub's own machine. `library`: none: only what is compiled in.
HttpReply page_reply(Store& store, const Pepper& pepper, const HttpRequest& request, Time now,
                     const std::vector<StartupFinding>& of_hub = {}, const Library* library = nullptr);

/// The page itself.
platform::Result<std::string> render_page(Store& store, const std::string& tenant, compliance::Language language, Time now,
                                          const std::vector<StartupFinding>& of_hub = {}, const Library* library = nullptr);

/// What stands on it, as a part of another page (hub/web).
platform::Result<std::string> render_company(Store& store, const std::string& tenant, compliance::Language language, Time now,
                                             const std::vector<StartupFinding>& of_hub, const Library* library);

/// The first of ja and en in an Accept-Language header; ja when it names neither.
compliance::Language language_of(std::string_view accept_language);

}  // namespace gokajo::hub
