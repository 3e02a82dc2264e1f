// A PC that is put down as silent is found and counted another way, and that is all: whoever asks is told the same as if each PC had been
// looked at (people.md, section 4), and whatever ends its silence ends the mark.
#include <algorithm>
#include <random>

#include "hub/chores.h"
#include "hub/contacts.h"
#include "hub/device_pages.h"
#include "hub/export/metrics.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

std::vector<std::string> marked(Store& store, const std::string& tenant = "yamada") {
  const auto found = store.marked_silent(tenant);
  REQUIRE(found);
  std::vector<std::string> names;
  for (const auto& one : *found) names.push_back(one.label);
  return names;
}

void mark_all(Store& store, platform::Time now) {
  const auto contacts = contacts_of(store, calendar_of(*store.company("yamada")), "yamada", now);
  REQUIRE(contacts);
  std::vector<std::string> ids;
  for (const auto& one : contacts->silence.silent) ids.push_back(one.device);
  REQUIRE(store.begin());
  REQUIRE(store.mark_silent("yamada", ids, now));
  REQUIRE(store.commit());
}

// What a page and every list says; the forms' tokens are others with each look.
std::string all_that_is_told(Pages& pages, Browser& browser) {
  std::string all;
  std::vector<std::string> paths{"",
                                 "/checks",
                                 "/checks/antivirus_active",
                                 "/shares",
                                 "/software",
                                 "/diagnosis",
                                 "/answers",
                                 "/devices",
                                 "/devices?order=name",
                                 "/devices?order=last_heard",
                                 "/devices?page=2",
                                 "/devices?text=pc-0",
                                 "/devices?group=%E6%94%AF%E5%BA%97",
                                 "/export/results.csv",
                                 "/export/assets.csv"};
  for (const char* state : {"fail", "unknown", "ask", "pass", "silent", "resting"})
    for (const char* more : {"", "&order=name", "&order=last_heard", "&text=1", "&group=%E6%94%AF%E5%BA%97"})
      paths.push_back("/devices?state=" + std::string(state) + more);
  for (const char* rule : {"updates", "antivirus"})
    for (const char* verdict : {"pass", "fail", "unknown", "ask"})
      paths.push_back("/devices?rule=" + std::string(rule) + "&verdict=" + verdict);
  for (const auto& path : paths) {
    const auto page = browser.get("/c/yamada" + path);
    CAPTURE(path);
    REQUIRE(page.status == 200);
    auto text = page.body;
    const std::string token = hidden(text, "token");
    for (auto at = text.find(token); !token.empty() && at != std::string::npos; at = text.find(token)) text.erase(at, token.size());
    all += path + "\n" + text + "\n";
  }
  const auto numbers = metrics_text(*pages.store, browser.now);
  REQUIRE(numbers);
  return all + *numbers + browser.get("/export/companies.csv").body;
}

// Where few PCs hold a text they are picked, where many do they are counted: the page is the same.
void same_however_many_match(Store& store, const DeviceQuery& query) {
  const auto picked = page_of_devices(store, "yamada", query), counted = page_of_devices(store, "yamada", query, 0);
  REQUIRE(picked);
  REQUIRE(counted);
  CHECK(picked->all == counted->all);
  REQUIRE(picked->devices.size() == counted->devices.size());
  for (std::size_t i = 0; i < picked->devices.size(); ++i) CHECK(picked->devices[i].device.id == counted->devices[i].device.id);
}

// What differs first, with some of what stands before it.
std::string difference(const std::string& a, const std::string& b) {
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const auto from = at < 400 ? 0 : at - 400;
  return a.substr(from, 600) + "\n--- instead of\n" + b.substr(from, 600);
}

}  // namespace

TEST_CASE("nothing that is told changes when silent PCs are put down, in offices made by chance") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    Pages pages;
    Scene scene{*pages.office.store};
    scene.state(70);
    std::mt19937 random{seed};
    const auto one_of = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (int i = 0; i < 70; ++i) {
      const int ago = one_of(3) == 0 ? one_of(3) : one_of(50);
      const auto name = one_of(5) == 0 ? std::string("PC-07") : "PC-" + std::to_string(100 + one_of(900));  // some share a name
      auto device = scene.add(name, day(-ago), one_of(9) == 0 ? Standing::waiting : Standing::approved);
      if (one_of(7) == 0) {
        device.resting_since = day(-one_of(40));
        device.resting_until = day(one_of(30) - 3);
        scene.put(device);
      }
      if (one_of(3) == 0) scene.write([&] { REQUIRE(pages.office.store->set_group("yamada", device.id, "支店")); });
      if (one_of(9) == 0) continue;  // nothing was judged yet
      std::vector<compliance::JudgedFinding> findings;
      const auto verdict = [&] { return std::vector{Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask}[random() % 4]; };
      if (one_of(2) == 0) findings.push_back(found("antivirus.active", "antivirus", "no-product", verdict()));
      if (one_of(3) == 0) findings.push_back(found("updates.os-supported", "updates", "ended", verdict()));
      if (one_of(3) == 0) findings.push_back(found("sharing.folders-restricted", "sharing", "none", Verdict::not_applicable));
      scene.judge(device, day(-ago), findings);
    }
    Browser browser{pages};
    browser.now = day(0);
    const auto adviser = pages.add_person("adviser", "yamada", Role::administrator, true);
    browser.sign_in(adviser);
    const auto unmarked = all_that_is_told(pages, browser);
    const auto lists = [&] {
      const auto contacts = contacts_of(*pages.office.store, calendar_of(*pages.office.store->company("yamada")), "yamada", browser.now);
      REQUIRE(contacts);
      DeviceQuery query;
      query.silence = contacts->silence;
      query.limit = 20;
      for (const char* text : {"1", "PC", "host", "nowhere"})
        for (const auto kind : {DeviceKind::any, DeviceKind::waiting, DeviceKind::silent, DeviceKind::resting})
          for (const auto& group : {std::optional<std::string>(), std::optional<std::string>("支店")})
            for (const auto verdict : {std::optional<Verdict>(), std::optional(Verdict::fail), std::optional(Verdict::unknown)})
              for (const char* rule : {"", "antivirus"})
                for (const std::int64_t offset : {0, 7}) {
                  query.text = text;
                  query.kind = kind;
                  query.group = group;
                  query.verdict = verdict;
                  query.rule = rule;
                  query.offset = offset;
                  same_however_many_match(*pages.office.store, query);
                }
    };
    lists();
    mark_all(*pages.office.store, day(0));
    lists();
    REQUIRE(marked(*pages.office.store).size() > 5);
    const auto put_down = all_that_is_told(pages, browser);
    CHECK_MESSAGE(unmarked == put_down, difference(unmarked, put_down));
    // And where some fell silent since.
    browser.now = day(9);
    browser.sign_in(adviser);
    const auto later = all_that_is_told(pages, browser);
    REQUIRE(pages.office.store->begin());
    REQUIRE(pages.office.store->end_marks("yamada", kSinceEver));
    REQUIRE(pages.office.store->commit());
    const auto looked_at = all_that_is_told(pages, browser);
    CHECK_MESSAGE(looked_at == later, difference(looked_at, later));
  }
}

TEST_CASE("who fell silent is put down within the hour, and no longer than it lasts") {
  Office office;
  Scene scene{*office.store};
  auto device = scene.add("PC-01", day(-20)), rare = scene.add("PC-02", day(-10));
  auto rests = scene.add("PC-03", day(-30));
  rests.resting_since = day(-29);
  rests.resting_until = day(10);
  scene.put(rests);
  scene.add("PC-04", day(-20), Standing::waiting);
  scene.add("PC-05", day(-1));
  std::int64_t seq = 0;
  scene.write([&] {
    for (const int days : {52, 38, 24, 10})
      REQUIRE(office.store->add_report({"yamada", rare.id, {1, ++seq}, std::string(64, 'a'), "{}", day(-days), day(-days), 0}));
  });
  scene.judge(device, day(-20));
  Chores chores(*office.store);
  const auto all_steps = [&](platform::Time now) {
    for (;;) {
      const auto more = chores.step(now);
      REQUIRE(more);
      if (!*more) return;
    }
  };
  using Names = std::vector<std::string>;
  all_steps(day(0));
  CHECK(marked(*office.store) == Names{"PC-01"});
  CHECK_FALSE(office.store->counters("yamada")->contains("updates"));
  CHECK(office.store->silent_counters("yamada")->contains("updates"));
  CHECK(office.store->counters("yamada")->at("device").at("approved") == 4);

  // A name or a wish to scan is no word of the PC; a report is.
  const auto again = [&] { return *office.store->device_by_id(device.id); };
  auto renamed = again();
  renamed.label = "PC-01 経理";
  renamed.scan_wanted = day(0);
  scene.put(renamed);
  CHECK(marked(*office.store) == Names{"PC-01 経理"});
  auto heard = again();
  heard.last_receipt = day(0);
  scene.put(heard);
  CHECK(marked(*office.store).empty());
  CHECK(office.store->counters("yamada")->contains("updates"));
  CHECK(office.store->silent_counters("yamada")->empty());

  // A later report does not put back what an earlier look knew of it.
  heard.silent_at = day(0);
  scene.put(heard);
  CHECK(marked(*office.store).empty());

  // Its habit of coming every two weeks is over; a rest counts as that; one that goes takes its mark along.
  all_steps(day(30));
  CHECK(marked(*office.store) == Names{"PC-01 経理", "PC-02", "PC-03", "PC-05"});
  auto sleeps = again();
  sleeps.resting_since = day(30);
  sleeps.resting_until = day(40);
  scene.put(sleeps);
  auto gone = *office.store->device_by_id(rare.id);
  gone.standing = Standing::removed;
  scene.put(gone);
  CHECK(marked(*office.store) == Names{"PC-03", "PC-05"});

  // Days off that were told later: nobody was at work.
  auto company = *office.store->company("yamada");
  for (int days = -1; days < 32; ++days) company.closed_days.push_back(platform::format_time(day(days)).substr(0, 10));
  scene.write([&] { REQUIRE(office.store->put_company(company)); });
  CHECK(marked(*office.store).empty());
  all_steps(day(31));
  CHECK(marked(*office.store) == Names{"PC-03"});

  // A clock that ran ahead and came back.
  all_steps(day(300));
  REQUIRE(marked(*office.store).size() == 3);
  all_steps(day(31) + std::chrono::hours{1});
  CHECK(marked(*office.store) == Names{"PC-03"});
}

}  // namespace gokajo::tests
