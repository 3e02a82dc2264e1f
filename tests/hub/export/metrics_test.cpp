#include "hub/export/metrics.h"

#include <doctest/doctest.h>

#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;

namespace {

HttpRequest from(const std::string& address, std::map<std::string, std::string> headers = {}) {
  return {"GET", "/metrics", std::move(headers), "", address};
}

const std::string kToken = "0123456789abcdef0123456789abcdef";

}  // namespace

TEST_CASE("without a token the numbers are for this machine alone, and not behind a proxy") {
  CHECK(may_read_metrics(from("127.0.0.1"), ""));
  CHECK(may_read_metrics(from("::1"), ""));
  for (const char* other : {"192.0.2.1", "127.0.0.2.example", "::2", ""}) CHECK_FALSE(may_read_metrics(from(other), ""));
  for (const char* header : {"forwarded", "x-forwarded-for", "x-real-ip", "via"})
    CHECK_FALSE(may_read_metrics(from("127.0.0.1", {{header, "192.0.2.1"}}), ""));
}

TEST_CASE("with a token the numbers are for whoever brings it, from wherever") {
  CHECK(may_read_metrics(from("192.0.2.1", {{"authorization", "Bearer " + kToken}}), kToken));
  for (const auto& wrong :
       {std::string(), "Bearer " + kToken.substr(1), "Bearer " + kToken + "0", "bearer " + kToken, "Basic " + kToken, kToken})
    CHECK_FALSE(may_read_metrics(from("127.0.0.1", {{"authorization", wrong}}), kToken));
  CHECK_FALSE(may_read_metrics(from("127.0.0.1"), kToken));
}

TEST_CASE("whoever may not read the numbers is told that there is no such page") {
  Pages pages;
  Browser stranger{pages};
  const auto refused = stranger.get("/metrics");
  CHECK(refused.status == 404);
  CHECK(refused.body == stranger.get("/nowhere").body);
  Browser here{pages, "127.0.0.1"};
  const auto given = here.get("/metrics");
  CHECK(given.status == 200);
  CHECK(given.headers.at("content-type") == kMetricsType);
}

TEST_CASE("the numbers count PCs and name nobody") {
  Pages pages;
  Pc pc;
  pages.office.enrol(pc);
  pages.office.receipt(pc.report({1, 1}, at(0), content_of_pc("office-plain", at(0))));
  const auto text = metrics_text(*pages.office.store, at(0));
  REQUIRE(text);
  CHECK(text->find("gokajo_companies 1\n") != std::string::npos);
  CHECK(text->find("gokajo_devices{standing=\"approved\"} 1\n") != std::string::npos);
  CHECK(text->find("gokajo_device_verdicts{rule=\"antivirus\",verdict=\"fail\"} 1\n") != std::string::npos);
  for (const char* name : {"yamada", "工務店", "PC-01", "pc01"}) CHECK(text->find(name) == std::string::npos);
}

TEST_CASE("the settings of the numbers are read strictly") {
  CHECK(**read_metrics_settings("[metrics]\ntoken_file = \"/etc/gokajo-hub/metrics-token\"\n") == "/etc/gokajo-hub/metrics-token");
  CHECK_FALSE(read_metrics_settings("public_url = \"https://hub.example.jp/\"\n")->has_value());
  for (const char* wrong :
       {"metrics = 1\n", "[metrics]\ntoken = \"secret\"\n", "[metrics]\ntoken_file = 1\n", "[metrics]\ntoken_file = \"\"\n", "[metrics\n"})
    CHECK_FALSE(read_metrics_settings(wrong));
}

}  // namespace gokajo::tests
