/// \file
/// For tests of the pages on which people tell the hub something: somebody signed in, and what pages show.
#pragma once

#include <algorithm>

#include "hub/web/layout.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

/// Text that stands in places where it could do harm: markup, quotes, a turned direction of writing.
inline const std::string kHostile = "\"><script>alert(1)</script><b>'{{token}}&amp;\xE2\x80\xAE";

inline bool shows(const hub::HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

/// A refusal in plain words: the sentence stands on the page, which is otherwise as it was.
inline bool refuses(const hub::HttpReply& reply, const std::string& sentence) {
  return reply.status == 422 && shows(reply, "role=\"alert\"") && shows(reply, sentence);
}

/// The administrator of "yamada", signed in.
struct Desk {
  Pages pages;
  Browser browser{pages};

  explicit Desk(hub::Role role = hub::Role::administrator, bool runs_hub = false) {
    pages.add_person("keeper", "yamada", hub::Role::administrator);
    browser.get("/sign-in");
    browser.sign_in(pages.add_person("田中", "yamada", role, runs_hub));
  }
  hub::Company company() { return *pages.store->company("yamada"); }
  /// What the newest deeds were, the newest first.
  std::vector<hub::Deed> deeds(const std::string& tenant = "yamada") { return *pages.store->deeds_matching(tenant, {}, 0, 50); }
  bool did(const std::string& what, const std::string& tenant = "yamada") {
    const auto all = deeds(tenant);
    return std::any_of(all.begin(), all.end(), [&](const hub::Deed& deed) { return deed.what == what && deed.who == "田中"; });
  }
  /// Posts what must be refused: nothing changes.
  hub::HttpReply refused(const std::string& target, const std::map<std::string, std::string>& fields) {
    const auto before = pages.office.fingerprint();
    auto reply = browser.post(target, fields);
    CHECK_MESSAGE(pages.office.fingerprint() == before, target);
    return reply;
  }
  /// A PC of the company that reported what is recorded under that name.
  void add(const Pc& pc, const std::string& label, const std::string& snapshot) {
    auto& office = pages.office;
    const auto reply = office.send(pc.enrolment(office.code(), label));
    REQUIRE_MESSAGE(reply.status == 200, reply.body);
    (void)office.receipt(pc.report({1, 1}, at(0), content_of_pc(snapshot, at(0))));
  }
};

}  // namespace gokajo::tests
