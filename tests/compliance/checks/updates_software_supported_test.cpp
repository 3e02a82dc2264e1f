#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-22");

Evidence with(std::vector<SoftwareCopy> copies) {
  Evidence evidence;
  evidence.updates.software = fact(InstalledSoftware{1000, std::move(copies), {}}, "installed packages", kNow);
  return evidence;
}

SoftwareCopy copy(const std::string& product, SoftwareKind kind, const std::string& version, SoftwareOrigin origin) {
  return {product, kind, product, version, origin, product, std::nullopt};
}

std::string outcome(const Evidence& evidence) {
  const auto finding = judged("updates.software-supported", evidence, kNow);
  return std::string(boost::describe::enum_to_string(finding.verdict, "?")) + " " + finding.situation;
}

constexpr auto kOffice = SoftwareKind::office;
constexpr auto kBrowser = SoftwareKind::browser;
constexpr auto kRuntime = SoftwareKind::runtime;

void add_source(Evidence& evidence, const std::string& name, const std::string& fetched) {
  UpdateSource source;
  source.name = name;
  source.fetched_at = platform::parse_time(fetched);
  UpdateSources sources;
  sources.sources.push_back(source);
  evidence.updates.sources = fact(sources, "apt", kNow);
  evidence.updates.pending = fact(PendingUpdates{}, "apt", kNow);
}

}  // namespace

TEST_CASE("copies of the vendor are judged by its dates, those of the distribution live with the system") {
  struct Row {
    SoftwareCopy copy;
    const char* expected;
  };
  const Row rows[] = {
      {copy("libreoffice", kOffice, "24.8.7.2", SoftwareOrigin::vendor), "fail ended"},  // ended 2025-06-12
      {copy("libreoffice", kOffice, "24.8.7.2", SoftwareOrigin::distribution), "pass supported"},
      {copy("libreoffice", kOffice, "5.2.7.2", SoftwareOrigin::vendor),
       "fail ended"},  // below every row of a product whose older ones ended
      {copy("libreoffice", kOffice, "99.1", SoftwareOrigin::vendor), "unknown not-known"},
      {copy("libreoffice", kOffice, "24.8.7.2", SoftwareOrigin::store), "fail ended"},
      {copy("libreoffice", kOffice, "24.8.7.2", SoftwareOrigin::unknown), "unknown not-known"},  // somebody may fix it
      {copy("firefox-esr", kBrowser, "128.14.0", SoftwareOrigin::vendor), "fail ended"},
      {copy("firefox-esr", kBrowser, "153.2.0", SoftwareOrigin::vendor), "pass supported"},
      {copy("firefox", kBrowser, "153.0.1", SoftwareOrigin::vendor), "fail ended"},
      {copy("firefox", kBrowser, "154.0", SoftwareOrigin::vendor), "unknown not-known"},  // the newest when the table was made
      {copy("google-chrome", kBrowser, "158.0.1", SoftwareOrigin::vendor), "unknown not-known"},
      {copy("google-chrome", kBrowser, "151.0.1", SoftwareOrigin::vendor), "fail ended"},
      {copy("chromium", kBrowser, "158.0.1", SoftwareOrigin::store), "pass supported"},
      {copy("dotnet", kRuntime, "8.0.11", SoftwareOrigin::vendor), "pass runtime-ended"},
      {copy("openjdk", kRuntime, "17.0.13", SoftwareOrigin::distribution), "pass supported"},
      {copy("oracle-jdk", kRuntime, "8.0", SoftwareOrigin::vendor), "pass runtime-ended"},  // a contract never counts by itself
      {copy("brave", kBrowser, "1.0", SoftwareOrigin::vendor), "unknown not-known"},
      {copy("firefox", kBrowser, "", SoftwareOrigin::vendor), "unknown not-known"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.copy.product);
    CAPTURE(row.copy.version);
    CHECK(outcome(with({row.copy})) == row.expected);
  }
}

TEST_CASE("what is newer than the table is fine where a fresh index of the vendor's own source offers nothing above it") {
  auto evidence = with({copy("google-chrome", kBrowser, "158.0.1", SoftwareOrigin::vendor)});
  add_source(evidence, "https://dl.google.com/linux/chrome/deb stable", "2026-11-21");
  CHECK(outcome(evidence) == "pass supported");
  add_source(evidence, "https://dl.google.com/linux/chrome/deb stable", "2026-11-01");
  CHECK(outcome(evidence) == "unknown not-known");
  add_source(evidence, "http://deb.debian.org/debian bookworm", "2026-11-21");
  CHECK(outcome(evidence) == "unknown not-known");
  add_source(evidence, "https://dl.google.com/linux/chrome/deb stable", "2026-11-21");
  PendingUpdate update;
  update.name = "google-chrome";
  evidence.updates.pending->updates.push_back(update);
  CHECK(outcome(evidence) == "unknown not-known");
}

TEST_CASE("a store that brought the newest within a week vouches for it, and never for what has ended") {
  auto snap = copy("firefox", kBrowser, "155.0", SoftwareOrigin::store);
  snap.brought_up = platform::parse_time("2026-11-20");
  CHECK(outcome(with({snap})) == "pass supported");
  snap.brought_up = platform::parse_time("2026-10-20");
  CHECK(outcome(with({snap})) == "unknown not-known");
  snap.version = "150.0";
  snap.brought_up = platform::parse_time("2026-11-20");
  CHECK(outcome(with({snap})) == "fail ended");
}

TEST_CASE("nothing installed is not applicable only where packages were really looked through") {
  CHECK(outcome(with({})) == "not_applicable none-installed");
  auto none = with({});
  none.updates.software->looked_through = 0;
  CHECK(outcome(none) == "unknown no-packages");
  auto silent = with({});
  silent.updates.software->silent = {"snap"};
  CHECK(outcome(silent) == "unknown store-silent");
}

TEST_CASE("software nobody could look at is unknown") {
  CHECK(outcome(Evidence{}) == "unknown unmeasured");
  Evidence denied;
  denied.updates.software = no_fact<InstalledSoftware>({ErrorKind::denied, ""}, "installed packages", kNow);
  CHECK(outcome(denied) == "unknown unmeasured");
}

TEST_CASE("Office of a subscription lives with its channel, unless its updates are off") {
  auto office = copy("microsoft-365", kOffice, "16.0.20430.20092", SoftwareOrigin::vendor);
  CHECK(outcome(with({office})) == "pass supported");
  office.updates_off = true;
  CHECK(outcome(with({office})) == "unknown not-known");
  office.updates_off = {};
  // Updates that are on and never came: version 2508 was the last to be supported longer than two months, until September 2026.
  for (const char* ended : {"16.0.19127.20532", "16.0.18526.20714", "16.0.9126.2152"}) {
    office.version = ended;
    CHECK(outcome(with({office})) == "fail ended");
  }
  office.version = "16.0.19200.20000";
  CHECK(outcome(with({office})) == "pass supported");
  office.version = "";
  CHECK(outcome(with({office})) == "unknown not-known");
  auto bought = copy("microsoft-office", kOffice, "2024", SoftwareOrigin::vendor);
  CHECK(outcome(with({bought})) == "pass supported");
  bought.updates_off = true;
  CHECK(outcome(with({bought})) == "unknown not-known");
  bought.version = "2016";
  CHECK(outcome(with({bought})) == "fail ended");
  bought.version = "";  // its id tells no release
  CHECK(outcome(with({bought})) == "unknown not-known");
}

TEST_CASE("a browser whose updater wrote its version this week is the newest; a time to come proves nothing") {
  auto edge = copy("microsoft-edge", kBrowser, "155.0.1", SoftwareOrigin::vendor);
  edge.brought_up = kNow - platform::Days{7};
  CHECK(outcome(with({edge})) == "pass supported");
  edge.brought_up = kNow - platform::Days{8};
  CHECK(outcome(with({edge})) == "unknown not-known");
  edge.brought_up = kNow + platform::Days{2};
  CHECK(outcome(with({edge})) == "unknown not-known");
}

}  // namespace gokajo::tests
