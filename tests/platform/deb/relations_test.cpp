#include "platform/deb/relations.h"

#include <random>

#include <doctest/doctest.h>

#include "platform/deb/offers.h"

namespace gokajo::tests {

using namespace platform::deb;

namespace {

PackageRelations package(const std::string& name, const std::string& version, const std::string& depends = "",
                         const std::string& conflicts = "", const std::string& provides = "") {
  PackageRelations one;
  one.name = name;
  one.version = version;
  one.depends = depends;
  one.conflicts = conflicts;
  one.provides = provides;
  return one;
}

}  // namespace

// The rows follow deb-control(5): versions, alternatives, Provides with and without version, Conflicts and Breaks.
TEST_CASE("packages stand together when every dependency holds and nobody conflicts") {
  const auto b2 = package("b", "2.0", "", "", "mail, web (= 3)");
  struct Row {
    const char* depends;
    const char* conflicts;
    bool stands;
  };
  const Row rows[] = {{"b", "", true},          {"b (>= 2.0)", "", true},   {"b (>> 2.0)", "", false}, {"b (<< 2.0~)", "", false},
                      {"c | b", "", true},      {"c", "", false},           {"b:any, b", "", true},    {"b:i386", "", false},
                      {"mail", "", true},       {"mail (>= 1)", "", false}, {"web (>= 2)", "", true},  {"web (>= 4)", "", false},
                      {"", "b (<< 2.0)", true}, {"", "b (<< 2.1)", false},  {"", "mail", false},       {"", "web (= 3)", false},
                      {"", "mail (= 1)", true}, {"b [amd64]", "", false},   {"b (2.0)", "", false},    {"b (>= )", "", false},
                      {"", "a", true},          {"b\n, b", "", true},       {"b,, b", "", true},       {"", "c", true}};
  for (const auto& row : rows) {
    CAPTURE(row.depends);
    CAPTURE(row.conflicts);
    CHECK(stand_together({package("a", "1", row.depends, row.conflicts), b2}) == row.stands);
  }
}

TEST_CASE("what an unchanged package needs counts as much as what a changed one needs") {
  auto newer = package("b", "2.0");
  newer.changed = true;
  CHECK_FALSE(stand_together({package("a", "1", "b (= 1.0)"), newer}));
  CHECK_FALSE(stand_together({package("a", "1", "", "b (>= 2.0)"), newer}));
}

TEST_CASE("a newly recommended package would come along; one that was recommended in vain before would not") {
  auto changed = package("a", "2");
  changed.changed = true;
  changed.recommends = "c";
  CHECK_FALSE(stand_together({changed}));
  changed.before_recommends = "d, c";
  CHECK(stand_together({changed}));
  changed.before_recommends = "c (>= 1)";
  CHECK_FALSE(stand_together({changed}));
  changed.changed = false;
  changed.before_recommends.clear();
  CHECK(stand_together({changed}));
}

TEST_CASE("an upgrade that changes nothing but versions is told from one that needs more") {
  const auto plain = [](const char* newer_fields, const char* other_fields = "") {
    OfferFinder finder;
    finder.add_installed("Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n");
    finder.add_installed("Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n");
    finder.add_installed(std::string("Package: b\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n") + other_fields);
    finder.add_offered(std::string("Package: a\nArchitecture: amd64\nVersion: 2\n") + newer_fields, 0);
    return finder.result().plain;
  };
  CHECK(plain(""));
  CHECK(plain("Depends: b (>= 1)\n"));
  CHECK_FALSE(plain("Depends: b (>= 2)\n"));
  CHECK_FALSE(plain("Pre-Depends: c\n"));
  CHECK_FALSE(plain("Recommends: c\n"));
  CHECK_FALSE(plain("Conflicts: b\n"));
  CHECK_FALSE(plain("Breaks: b (<= 1)\n"));
  CHECK_FALSE(plain("", "Depends: a (= 1)\n"));
  CHECK_FALSE(plain("", "Breaks: a (>= 2)\n"));
}

TEST_CASE("packages of another architecture are left to apt") {
  OfferFinder finder;
  finder.add_installed("Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n");
  finder.add_installed("Package: a\nStatus: install ok installed\nArchitecture: i386\nVersion: 1\n");
  CHECK_FALSE(finder.result().plain);
}

// dpkg 1.21, lib/dpkg/parsehelp.c: names of letters, digits and "-+._", versions of those and "~:"; deb-control(5): five relations.
TEST_CASE("a list with a name, a version or a relation that dpkg refuses stands with nobody, also as a conflict") {
  for (const char* bad : {"b)", "b(>= 1)x", "(b)", "b!", "b (>=(>= 1)", "b (<> 1)", "b (>> 1 2)", "b (>< 1)", "b (=== 1)", "-b",
                          "b:", "b:a/b", "\xe3\x81\x82"}) {
    CAPTURE(bad);
    std::vector<std::vector<Relation>> groups;
    CHECK_FALSE(parse_relations(bad, groups));
    CHECK_FALSE(stand_together({package("a", "1", "", bad)}));
    CHECK_FALSE(stand_together({package("a", "1", bad)}));
  }
  std::vector<std::vector<Relation>> groups;
  CHECK(parse_relations("libstdc++6 (>= 1:2.3~rc1+b2-0.1), a.b_c | d:native", groups));
}

TEST_CASE("relations may be any bytes") {
  std::mt19937 random(11);
  const char* pieces[] = {"a", "b", " (", ">=", "1", ")", ",", "|", ":any", " ", "[", "\xFF", "<<", "\n"};
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (int n = 0; n < 20; ++n) text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    std::vector<std::vector<Relation>> groups;
    if (!parse_relations(text, groups)) continue;
    for (const auto& group : groups)
      for (const auto& one : group) CHECK_FALSE(one.name.empty());
  }
}

}  // namespace gokajo::tests
