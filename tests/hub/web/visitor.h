/// \file
/// A browser at a hub's pages, without the network: keeps cookies, fills in the form's token.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/evidence/pack_desk.h"
#include "hub/web/links.h"
#include "hub/web/web.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

/// A hub with pages. Letters are kept, not sent; or `send_fails`. `of_hub`: see WebParts.
struct Pages {
  Office office;
  std::unique_ptr<hub::Store> store = office.place.store();
  std::vector<hub::LinkMail> letters;
  std::optional<platform::Error> send_fails;
  std::function<std::vector<hub::StartupFinding>()> of_hub = [] { return std::vector<hub::StartupFinding>(); };
  std::vector<platform::Error> pack_troubles;  ///< after the desk is done with what was asked of it
  hub::PackDesk packs{{office.place.where(), office.directory.path(), office.pepper, nullptr, [] { return at(7200); },
                       [this](const platform::Error& problem) { pack_troubles.push_back(problem); }}};
  hub::Web web{hub::WebParts{*store,
                             office.pepper,
                             nullptr,
                             "https://hub.example.jp:8443",
                             [this](const hub::LinkMail& letter) -> platform::Status {
                               if (send_fails) return *send_fails;
                               letters.push_back(letter);
                               return platform::Done{};
                             },
                             [this] { return of_hub(); },
                             office.directory.path(),
                             {},
                             {},
                             &packs}};

  /// A person with that role in a company; empty tenant: in none.
  hub::Person add_person(const std::string& name, const std::string& tenant, hub::Role role, bool runs_hub = false);
  /// In a transaction.
  void write(const std::function<platform::Status(hub::Store&)>& work);
};

struct Browser {
  Pages& pages;
  std::string address = "192.0.2.9";
  std::string language = "ja";
  std::map<std::string, std::string> cookies;
  std::map<std::string, std::string> headers;  ///< sent with everything
  platform::Time now = at(0);

  hub::HttpReply get(const std::string& target) { return send({"GET", target, {}, {}, address}); }
  /// With the token of what this browser was shown last.
  hub::HttpReply post(const std::string& target, std::map<std::string, std::string> fields);
  /// As it is.
  hub::HttpReply send(hub::HttpRequest request);
  /// Signs in by a link made at the hub; fails the test when it does not work.
  void sign_in(const hub::Person& person);

  std::string token;
};

/// The value of a hidden field on a page.
std::string hidden(const std::string& page, const std::string& name);

}  // namespace gokajo::tests
