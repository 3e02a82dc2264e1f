// People.md, section 4: silent PCs never count as 適合, and what they were last found to be counts for nothing. So the list of companies,
// the numbers for Prometheus and the company's own page must say the same of each rule.
#include "hub/counted.h"

#include <algorithm>
#include <cstdlib>

#include "compliance/wording.h"
#include "hub/chores.h"
#include "hub/company_overview.h"
#include "hub/diagnosis/facts_from_store.h"
#include "hub/evidence/make_pack.h"
#include "hub/export/metrics.h"
#include "hub/export/self_check.h"
#include "hub/mail/weekly_text.h"
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

// Wherever its lines end.
std::string squeezed(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
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

TEST_CASE("rejudging: until it ends the company passes nothing, on its page, in mails, on paper, in numbers and files") {
  Pages pages;
  auto& store = *pages.office.store;
  Scene scene{store};
  scene.state(3);
  const auto well = [] { return std::vector{found("antivirus.active", "antivirus", "on", Verdict::pass)}; };
  scene.judge(scene.add("PC-01", day(0)), day(0), well());
  scene.judge(scene.add("PC-02", day(0)), day(0), well());
  scene.judge(scene.add("PC-03 does not apply", day(0)), day(0), {found("sharing.smb1-off", "sharing", "none", Verdict::not_applicable)});
  Browser browser{pages};
  browser.now = day(0);
  browser.sign_in(pages.add_person("田中", "yamada", Role::administrator));
  const auto now_passing = [&](bool passes) {
    CAPTURE(passes);
    const auto overview = company_overview(store, "yamada", day(0), nullptr);
    REQUIRE(overview);
    CHECK(overview->verdict == (passes ? Verdict::pass : Verdict::unknown));
    CHECK(all_fine(overview->week) == passes);
    CHECK(overview->week.other == (passes ? 0 : 3));
    for (const auto& tile : overview->tiles) {
      CHECK(tile.verdict == (passes ? Verdict::pass : Verdict::unknown));
      CHECK(tile.counts.pass == (passes ? 3 : 0));
      CHECK(tile.counts.unknown == (passes ? 0 : 3));
    }
    for (const auto& count : counts_of_day(overview->week)) CHECK(count.pass + count.not_applicable == (passes ? 3 : 0));
    for (const auto language : {compliance::Language::ja, compliance::Language::en}) {
      const auto mail = squeezed(weekly_text(overview->week, language).text);
      const bool ja = language == compliance::Language::ja;
      const auto says = [](const std::string& text, const char* words) { return text.find(words) != std::string::npos; };
      CHECK(says(mail, ja ? "PCを判定し直しています" : "PCsarebeingjudgedagain") == !passes);
      CHECK_FALSE(says(mail, ja ? "残り3台に" : "Ontheother3nothing"));
      CHECK(says(mail, ja ? "見つかりませんでした" : "foundnothingtofix") == passes);
      auto first_week = overview->week;
      first_week.first = First{"1234", "", std::nullopt};
      const auto first = squeezed(weekly_text(first_week, language).text);
      CHECK(says(first, ja ? "急ぐものは見つかりませんでした" : "Nothingurgentwasfound") == passes);
      CHECK(says(first, ja ? "PCを判定し直しています" : "PCsarebeingjudgedagain") == !passes);
      const auto sheet = self_check_of({store, nullptr, language, day(0)}, "yamada");
      REQUIRE(sheet);
      for (std::size_t i = 1; i < sheet->rules.size(); ++i) {
        CHECK((sheet->rules[i][1].text == "0") == !passes);
        CHECK(sheet->rules[i][3].text == (passes ? "0" : "3"));
      }
      CHECK(std::any_of(sheet->notes.begin(), sheet->notes.end(), [&](const std::string& note) {
              return note.find(ja ? "判定し直して" : "judged again") != std::string::npos;
            }) == !passes);
      for (std::size_t i = 1; i < sheet->pcs.size() && !passes; ++i)
        for (const auto& cell : sheet->pcs[i])
          for (const auto good : {Verdict::pass, Verdict::not_applicable}) CHECK(cell.text != compliance::verdict_name(good, language));
    }
    const auto text = metrics_text(store, day(0));
    REQUIRE(text);
    CHECK((text->find("verdict=\"pass\"") != std::string::npos) == passes);
    CHECK((text->find("verdict=\"not_applicable\"") != std::string::npos) == passes);
    CompanyBook book(store);
    const auto facts = company_facts(store, **book.of("yamada", day(0)), day(0));
    REQUIRE(facts);
    CHECK(facts->checks.at("antivirus.active").heard ==
          (passes ? std::map<Verdict, std::int64_t>{{Verdict::pass, 2}} : std::map<Verdict, std::int64_t>{{Verdict::unknown, 2}}));
    const auto page = browser.get("/c/yamada");
    REQUIRE(page.status == 200);
    CHECK((page.body.find("いま、PCを判定し直しています（残り1台）。") != std::string::npos) == !passes);
    const auto pack = make_pack({pages.office.directory.path(), store, pages.office.pepper},
                                {"yamada", PackKind::internal, day(-2), day(1), "田中"}, day(0));
    CHECK(pack.has_value() == passes);
    if (passes) return;
    const auto asked = browser.post("/c/yamada/evidence", {{"from", "2026-11-01"}, {"until", "2026-11-24"}, {"kind", "internal"}});
    CHECK(asked.status == 422);
    CHECK(asked.body.find("いま、PCを判定し直しています。") != std::string::npos);
  };
  now_passing(true);
  auto& rejudgings = rejudgings_of(store);
  scene.write([&] { REQUIRE(rejudgings.put_rejudging({"yamada", day(0), "8", 2, 3})); });
  now_passing(false);
  // A day that was counted meanwhile would say nothing.
  const auto to_the_end = [](Chores& chores) {
    for (int steps = 0; *chores.step(day(0)); ++steps) REQUIRE(steps < 100);
  };
  Chores chores(store);
  to_the_end(chores);
  CHECK(store.daily_counts("yamada", day(-9))->empty());
  scene.write([&] { REQUIRE(rejudgings.end_rejudging("yamada")); });
  now_passing(true);
  Chores next(store);
  to_the_end(next);
  CHECK_FALSE(store.daily_counts("yamada", day(-9))->empty());
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
