/// \file
/// One request for a page: who asks, in which company, and what is at hand to answer it. Belongs to the pages' thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compliance/text.h"
#include "hub/http.h"
#include "hub/library.h"
#include "hub/secrets.h"
#include "hub/startup_checks.h"
#include "hub/store.h"
#include "hub/token_buckets.h"
#include "hub/web/form.h"
#include "hub/web/security_log.h"

namespace gokajo::hub {

class PackDesk;

/// A link that signs a person in, to be brought to them by mail.
struct LinkMail {
  std::string tenant;
  Person to;
  std::string link;
  compliance::Language language = compliance::Language::ja;
  bool invited = false;  ///< by `who` to `company`, not asked for by themselves
  std::string who;
  std::string company;
};

/// What stays the same from request to request. `address`: how the hub is called in links, "https://hub.example.jp:8443", without a slash
/// behind it. `send`: none where no mail can be queued. `directory`: the hub's (hub/state.h). `note`: takes a line of the security log
/// (hub/web/security_log.h).
struct WebParts {
  Store& store;
  const Pepper& pepper;
  const Library* library = nullptr;
  std::string address;
  std::function<platform::Status(const LinkMail&)> send;
  std::function<std::vector<StartupFinding>()> of_hub;
  std::string directory = {};
  std::string metrics_token = {};  ///< hub/export/metrics.h; empty: none is set
  std::function<void(const std::string& line)> note = {};
  PackDesk* packs = nullptr;  ///< makes evidence packs; none: there is nobody to make them
};

/// Of sign-ins that went wrong: from one network (hub/network.h), of the mail that was tried from there, and of that mail from anywhere.
/// The last is the widest, so that nobody keeps another out from one place.
struct Guessing {
  TokenBuckets by_network{1.0 / 30, 10, 20000};
  TokenBuckets by_mail_from_there{1.0 / 60, 5, 20000};
  TokenBuckets by_mail{1.0 / 60, 30, 20000};
  /// Digits of the second step, by person: who may try them has the first factor already.
  TokenBuckets codes{1.0 / 3600, 10, 20000};
  TokenBuckets links{1.0 / 600, 3, 20000};  ///< mails with links, by mail and by network
};

struct Visit {
  const WebParts& parts;
  Guessing& guessing;
  EventLimits& events;
  const HttpRequest& request;
  Time now;
  compliance::Language language = compliance::Language::ja;
  std::map<std::string, std::string> parameters;  ///< of the path, by name
  Form form;                                      ///< of the body (POST) or the query (GET)
  std::string cookie;                             ///< of the sign-in, or of a visitor; never empty
  std::optional<SignIn> sign_in;
  std::optional<Person> person;                          ///< with sign_in
  std::vector<Membership> memberships;                   ///< of the person
  std::optional<Company> company;                        ///< of the path
  std::optional<Role> role;                              ///< in it
  std::map<std::string, std::string> set;                ///< headers to be added to whatever is answered
  std::vector<std::function<platform::Status()>> after;  ///< done when the transaction was committed

  Store& store() const { return parts.store; }
  bool ja() const { return language == compliance::Language::ja; }
  const std::string& field(const std::string& name) const {
    static const std::string kNone;
    const auto found = form.find(name);
    return found == form.end() ? kNone : found->second;
  }
  /// What a form of this visitor must bring back.
  std::string token() const { return parts.pepper.hash("form", cookie); }
};

/// A deed of this visit's person in its company.
platform::Status record(const Visit& visit, const std::string& what, const std::string& subject, const std::string& before = {},
                        const std::string& after = {});

}  // namespace gokajo::hub
