#include "platform/deb/offers.h"

#include <random>

#include <doctest/doctest.h>

#include "platform/deb/stanzas.h"

namespace gokajo::tests {

using namespace platform;

namespace {

deb::ReadBytes reading(std::string text, std::size_t step) {
  return [text = std::move(text), step, at = std::size_t{0}](char* into, std::size_t size) mutable -> Result<std::size_t> {
    const auto n = std::min({size, step, text.size() - at});
    text.copy(into, n, at);
    at += n;
    return n;
  };
}

std::vector<std::string> stanzas(const std::string& text, std::size_t step) {
  std::vector<std::string> found;
  CHECK(deb::for_each_stanza(reading(text, step), [&](auto stanza) { found.emplace_back(stanza); }));
  return found;
}

std::string installed(const std::string& name, const std::string& version, const std::string& rest = "",
                      const std::string& status = "install ok installed") {
  return "Package: " + name + "\nStatus: " + status + "\nArchitecture: amd64\nVersion: " + version + "\n" + rest;
}
std::string offered(const std::string& name, const std::string& version, const std::string& rest = "") {
  return "Package: " + name + "\nArchitecture: all\nVersion: " + version + "\n" + rest;
}

}  // namespace

TEST_CASE("stanzas are found however the bytes come, with empty lines between them and no newline at the end") {
  const std::string text = "\nPackage: a\nVersion: 1\n\n\nPackage: b\nDescription: x\n more\n .\n\nPackage: c";
  for (const std::size_t step : {1U, 7U, 1000U}) {
    const auto found = stanzas(text, step);
    REQUIRE(found.size() == 3);
    CHECK(deb::field(found[0], "Version") == "1");
    CHECK(deb::field(found[1], "Description") == "x\n more\n .");
    CHECK(deb::field(found[2], "Package") == "c");
    CHECK(deb::field(found[0], "Vers").empty());
  }
  CHECK_FALSE(deb::for_each_stanza(reading(std::string("Package: a\0\n", 12), 100), [](auto) {}));
  CHECK(deb::for_each_stanza(reading(std::string(6U << 20U, 'x'), 1U << 20U), [](auto) {}).error().kind == ErrorKind::too_large);
}

TEST_CASE("newer versions are listed with where they come from, oldest first; older, removed and foreign packages are not") {
  deb::OfferFinder finder;
  finder.add_installed("Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.21\n");
  finder.add_installed(installed("hana", "1.0", "Source: hanaya (1.0-1)\n", "hold ok installed"));
  finder.add_installed(installed("gone", "1.0", "", "deinstall ok config-files"));
  finder.add_installed(installed("half", "1.0", "", "install ok half-configured"));
  finder.add_installed("Package: no version\n");
  finder.add_offered(offered("hana", "1.10", "Phased-Update-Percentage: 30\n"), 0);
  finder.add_offered(offered("hana", "1.9"), 0);
  finder.add_offered(offered("hana", "1.9"), 2);
  finder.add_offered(offered("hana", "0.9"), 1);
  finder.add_offered(offered("gone", "2.0"), 1);
  finder.add_offered("Package: hana\nArchitecture: i386\nVersion: 3.0\n", 1);
  finder.add_offered("Package: base-files\nEssential: yes\nArchitecture: amd64\nVersion: 1\n", 1);
  const auto found = finder.result();
  CHECK(found.installed_count == 3);
  CHECK(found.offered_count == 7);
  CHECK(found.broken == std::vector<std::string>{"half"});
  CHECK(found.essential_missing == std::vector<std::string>{"base-files"});
  REQUIRE(found.offers.size() == 1);
  const auto& hana = found.offers[0];
  CHECK(hana.held);
  CHECK(hana.source == "hanaya");
  REQUIRE(hana.newer.size() == 2);
  CHECK(hana.newer[0].version == "1.9");
  CHECK(hana.newer[0].lists == std::vector<std::int64_t>{0, 2});
  CHECK(hana.newer[1].phased_percent == 30);
}

TEST_CASE("garbage instead of package lists finds nothing and breaks nothing") {
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    std::string text;
    const char* pieces[] = {"Package: ", "a", "Version: ", "Status: ", "install ok installed", "\n",
                            "\n\n",      ":", " ",         "\xFF",     "Architecture: all",    "Phased-Update-Percentage: 999999"};
    for (int n = 0; n < 60; ++n) text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    deb::OfferFinder finder;
    CHECK(deb::for_each_stanza(reading(text, 13), [&](auto stanza) { finder.add_installed(stanza), finder.add_offered(stanza, 0); }));
    CHECK(finder.result().offers.empty());
  }
}

TEST_CASE("an offer names installed packages of the same source that are further on, and no others") {
  deb::OfferFinder finder;
  finder.add_installed("Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.21\n");
  finder.add_installed(installed("hana", "1.0"));
  finder.add_installed(installed("hana-doc", "1.1", "Source: hana\n"));
  finder.add_installed(installed("hana-old", "1.0", "Source: hana (0.9)\n"));
  finder.add_installed(installed("hana-gone", "1.1", "Source: hana\n", "deinstall ok config-files"));
  finder.add_installed(installed("kaki", "2.0"));
  finder.add_offered(offered("hana", "1.1"), 0);
  finder.add_offered(offered("kaki", "3.0"), 0);
  const auto found = finder.result();
  REQUIRE(found.offers.size() == 2);
  REQUIRE(found.offers[0].siblings);
  REQUIRE(found.offers[0].siblings->size() == 1);
  CHECK(found.offers[0].siblings->front().name == "hana-doc");
  CHECK(found.offers[0].siblings->front().version == "1.1");
  CHECK(found.offers[0].siblings->front().architecture == "amd64");
  REQUIRE(found.offers[1].siblings);
  CHECK(found.offers[1].siblings->empty());
}

}  // namespace gokajo::tests
