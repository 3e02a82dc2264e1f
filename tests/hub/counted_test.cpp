// People.md, section 4: silent PCs never count as 適合, and what they were last found to be counts for nothing. So the list of companies,
// the numbers for Prometheus and the company's own page must say the same of each rule.
#include "hub/counted.h"

#include <cstdlib>

#include "hub/company_overview.h"
#include "hub/export/metrics.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

std::int64_t of(const Counters& counters, const std::string& rule, const std::string& verdict) {
  const auto found = counters.find(rule);
  if (found == counters.end() || !found->second.contains(verdict)) return 0;
  return found->second.at(verdict);
}

// The page without how its cells look.
std::string without_classes(std::string page) {
  const std::string start = " class=\"";
  for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at))
    page.erase(at, page.find('"', at + start.size()) + 1 - at);
  return page;
}

std::int64_t number_in(const std::string& text, const std::string& line) {
  const auto at = text.find("\n" + line + " ");
  return at == std::string::npos ? 0 : std::atoll(text.c_str() + at + 1 + line.size());
}

}  // namespace

TEST_CASE("silent and resting PCs are counted as that by the list, the numbers and the company's page alike") {
  Pages pages;
  Scene scene{*pages.office.store};
  scene.state(6);
  const auto expired = [] { return std::vector{found("antivirus.active", "antivirus", "no-product")}; };
  scene.judge(scene.add("PC-01 well", day(0)), day(0));
  scene.judge(scene.add("PC-02 fails", day(0)), day(0), expired());
  scene.judge(scene.add("PC-03 silent, passed", day(-40)), day(-40));
  scene.judge(scene.add("PC-04 silent, failed", day(-40)), day(-40), expired());
  auto resting = scene.add("PC-05 rests, failed", day(-40));
  resting.resting_since = day(-39);
  resting.resting_until = day(30);
  scene.put(resting);
  scene.judge(resting, day(-40), expired());
  auto used = scene.add("PC-06 rests but is used, failed", day(-1));
  used.resting_since = day(-3);
  used.resting_until = day(30);
  scene.put(used);
  scene.judge(used, day(-1), expired());

  const auto overview = company_overview(*pages.office.store, "yamada", day(0), nullptr);
  REQUIRE(overview);
  const auto counted = counted_now(*pages.office.store, *pages.office.store->company("yamada"), day(0));
  REQUIRE(counted);
  CHECK(counted->silent == 2);
  CHECK(counted->resting == 2);
  const auto text = metrics_text(*pages.office.store, day(0));
  REQUIRE(text);
  CHECK(number_in(*text, "gokajo_devices_silent") == 2);
  CHECK(number_in(*text, "gokajo_devices_resting") == 2);
  for (const auto& tile : overview->tiles) {
    CAPTURE(tile.rule);
    const auto metric = [&](const char* verdict) {
      return number_in(*text, "gokajo_device_verdicts{rule=\"" + tile.rule + "\",verdict=\"" + verdict + "\"}");
    };
    CHECK(tile.counts.pass == of(counted->counters, tile.rule, "pass") + of(counted->counters, tile.rule, "not_applicable"));
    CHECK(tile.counts.fail == of(counted->counters, tile.rule, "fail"));
    CHECK(tile.counts.silent == of(counted->counters, tile.rule, "silent"));
    for (const char* verdict : {"pass", "fail", "silent", "resting"}) CHECK(metric(verdict) == of(counted->counters, tile.rule, verdict));
  }
  CHECK(of(counted->counters, "antivirus", "pass") == 1);
  CHECK(of(counted->counters, "antivirus", "fail") == 2);
  CHECK(of(counted->counters, "antivirus", "silent") == 2);
  CHECK(of(counted->counters, "antivirus", "resting") == 1);

  Browser browser{pages};
  browser.now = day(0);
  browser.sign_in(pages.add_person("adviser", "yamada", Role::adviser, true));
  const auto list = browser.get("/");
  REQUIRE(list.status == 200);
  // 要対応, 連絡なし, 登録PC
  CHECK(without_classes(list.body).find("<td>2</td><td>2</td><td>6</td>") != std::string::npos);
}

TEST_CASE("a company all of whose PCs fell silent is not told as well, and stands before those that are") {
  Pages pages;
  pages.office.add_company("sato");
  Scene well{*pages.office.store}, gone{*pages.office.store, "sato"};
  well.judge(well.add("PC-01", day(0)), day(0));
  gone.judge(gone.add("PC-01", day(-40)), day(-40));
  const auto adviser = pages.add_person("adviser", "yamada", Role::adviser);
  pages.write([&](Store& s) { return s.put_membership({"sato", adviser.id, Role::adviser, at(0)}); });
  Browser browser{pages};
  browser.now = day(0);
  browser.sign_in(adviser);
  const auto list = browser.get("/").body;
  CHECK(list.find("sato 工務店") < list.find("yamada 工務店"));
  CHECK(without_classes(list).find("<td>0</td><td>1</td><td>1</td>") != std::string::npos);
  CHECK(metrics_text(*pages.office.store, day(0))->find("rule=\"updates\",verdict=\"pass\"} 1\n") != std::string::npos);
}

}  // namespace gokajo::tests
