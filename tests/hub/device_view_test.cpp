// Expected by people.md: silent PCs never count as 適合 (section 4); 自己申告 is marked; steps fit the PC's own system (section 5); a plan
// changes no verdict (1.16); issue 5 for the wish to scan soon and for exactly what was sent.
#include "hub/device_view.h"

#include <algorithm>

#include "hub/device_list.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

struct Enrolled {
  Office office;
  Pc pc;
  explicit Enrolled(const char* snapshot = "eset") {
    office.enrol(pc);
    office.receipt(pc.report({1, 1}, at(0), content_of_pc(snapshot, at(0))), at(0));
  }
  DeviceView view(platform::Time now = at(60)) {
    auto view = device_view(*office.store, "yamada", pc.id(), now, nullptr);
    REQUIRE(view);
    return *view;
  }
  void write(const std::function<void(Store&)>& work) {
    REQUIRE(office.store->begin());
    work(*office.store);
    REQUIRE(office.store->commit());
  }
};

const ViewedRule& rule_of(const DeviceView& view, const std::string& id) {
  const auto found = std::find_if(view.rules.begin(), view.rules.end(), [&](const ViewedRule& one) { return one.id == id; });
  REQUIRE(found != view.rules.end());
  return *found;
}

}  // namespace

TEST_CASE("a PC's page has every finding the hub keeps, under its rule, what needs a hand first") {
  Enrolled enrolled;
  const auto view = enrolled.view();
  CHECK(view.speaks());
  CHECK_FALSE(view.system.empty());
  CHECK(view.scanned == at(0));
  std::size_t count = 0;
  for (const auto& rule : view.rules) {
    bool passing = false;
    for (const auto& finding : rule.findings) {
      ++count;
      REQUIRE(finding.judged);
      CHECK_FALSE(finding.text.saw.ja.empty());
      CHECK_FALSE(finding.text.saw.en.empty());
      if (passing) CHECK_FALSE(finding.is_open());
      passing = !finding.is_open();
    }
  }
  CHECK(count == enrolled.office.store->findings("yamada", enrolled.pc.id())->size());
  CHECK(rule_of(view, "antivirus").verdict == enrolled.office.verdict(enrolled.pc, "antivirus"));
  CHECK(view.rules.back().id == "extras");
}

TEST_CASE("steps are those of the PC's own system") {
  Enrolled enrolled("clamav-on-access");  // a Debian
  const auto view = enrolled.view();
  const auto& wording = compliance::built_in_wording();
  int with_steps = 0;
  for (const auto& rule : view.rules)
    for (const auto& finding : rule.findings) {
      if (!finding.judged) continue;
      const auto* situation = compliance::situation_of(finding.judged->finding, wording);
      if (!situation || !situation->fix_on || !situation->fix_on->contains("debian")) continue;
      ++with_steps;
      REQUIRE(finding.text.fix.size() == situation->fix_on->at("debian").size());
    }
  CHECK(with_steps > 0);
}

TEST_CASE("a PC of another company, a removed one and an unknown one are not there") {
  Enrolled enrolled;
  enrolled.office.add_company("sato");
  const auto missing = [&](const std::string& tenant, const std::string& id) {
    const auto view = device_view(*enrolled.office.store, tenant, id, at(60), nullptr);
    return !view && view.error().kind == platform::ErrorKind::not_found;
  };
  CHECK(missing("sato", enrolled.pc.id()));
  CHECK(missing("yamada", std::string(64, 'a')));
  auto device = enrolled.office.device(enrolled.pc);
  device.standing = Standing::removed;
  enrolled.write([&](Store& store) { REQUIRE(store.put_device(device)); });
  CHECK(missing("yamada", enrolled.pc.id()));
}

TEST_CASE("what a silent PC said before is no verdict of today") {
  Enrolled enrolled("falcon-on");
  CHECK(enrolled.view().verdict.has_value());
  const auto later = enrolled.view(at(20 * 86400));
  CHECK(later.contact == Contact::silent);
  CHECK_FALSE(later.verdict);
  CHECK(later.decides.empty());
  CHECK_FALSE(later.speaks());
}

TEST_CASE("the page says when a scan was asked for, and when the PC answered it") {
  Enrolled enrolled;
  CHECK_FALSE(enrolled.view().wish);
  const auto wish = [&](platform::Time when) {
    auto device = enrolled.office.device(enrolled.pc);
    device.scan_wanted = when;
    enrolled.write([&](Store& store) {
      REQUIRE(store.put_device(device));
      REQUIRE(store.add_change({"yamada", when, device.id, "device", device.id, "", kScanWanted, {}}));
    });
  };
  wish(at(100));
  auto view = enrolled.view(at(200));
  REQUIRE(view.wish);
  CHECK(view.wish->wished == at(100));
  CHECK_FALSE(view.wish->answered);
  // One that was on its way already answers nothing.
  enrolled.office.receipt(enrolled.pc.report({1, 2}, at(90), content_of_pc("eset", at(90))), at(210));
  CHECK_FALSE(enrolled.view(at(220)).wish->answered);
  enrolled.office.receipt(enrolled.pc.report({1, 3}, at(300), content_of_pc("eset", at(300))), at(310));
  view = enrolled.view(at(400));
  REQUIRE(view.wish->answered);
  CHECK(*view.wish->answered == at(310));
  wish(at(500));
  CHECK_FALSE(enrolled.view(at(600)).wish->answered);
}

TEST_CASE("the last report is shown as it was sent, differences as differences") {
  Enrolled enrolled;
  const auto before = content_of_pc("eset", at(0));
  const auto sent = last_report(*enrolled.office.store, enrolled.office.device(enrolled.pc));
  REQUIRE(sent);
  CHECK(sent->at("format") == "gokajo-report/1");
  CHECK(sent->at("content") == before);
  auto now = before;
  now["evidence"].erase("threats");
  enrolled.office.receipt(enrolled.pc.changes({1, 2}, at(10), 1, before, now), at(10));
  const auto changes = last_report(*enrolled.office.store, enrolled.office.device(enrolled.pc));
  REQUIRE(changes);
  CHECK(changes->at("seq") == 2);
  CHECK_FALSE(changes->contains("content"));
  Device never;
  never.tenant = "yamada";
  never.id = "none";
  CHECK(last_report(*enrolled.office.store, never).error().kind == platform::ErrorKind::not_found);
}

TEST_CASE("history has what became another, and no first sight of what was always so") {
  Enrolled enrolled("falcon-on");
  for (const auto& change : enrolled.view().changes) CHECK(change.kind == "device");
  enrolled.office.receipt(enrolled.pc.report({1, 2}, at(3600), content_of_pc("eset", at(3600))), at(3600));
  const auto changes = enrolled.view(at(4000)).changes;
  REQUIRE_FALSE(changes.empty());
  CHECK(std::any_of(changes.begin(), changes.end(), [](const Change& one) { return one.kind == "check" && one.after == "fail"; }));
  CHECK(std::none_of(changes.begin(), changes.end(), [](const Change& one) { return one.kind == "check" && one.before.empty(); }));
}

TEST_CASE("the deciding rule is the first of the pack that has the worst verdict") {
  const std::vector<std::pair<std::string, compliance::Text>> order = {{"updates", {}}, {"antivirus", {}}, {"passwords", {}}};
  using Rules = std::map<std::string, Verdict>;
  const auto decides = [&](const Rules& rules) { return deciding_rule(rules, order); };
  CHECK(decides({}) == std::pair{Verdict::unknown, std::string()});
  CHECK(decides({{"antivirus", Verdict::fail}, {"updates", Verdict::unknown}, {"passwords", Verdict::fail}}) ==
        std::pair{Verdict::fail, std::string("antivirus")});
  CHECK(decides({{"antivirus", Verdict::ask}, {"updates", Verdict::unknown}}) == std::pair{Verdict::unknown, std::string("updates")});
  CHECK(decides({{"antivirus", Verdict::pass}, {"updates", Verdict::not_applicable}}) == std::pair{Verdict::pass, std::string()});
}

TEST_CASE("the list has the verdict of each PC that is heard, and none of the others") {
  Office office;
  Scene scene{*office.store};
  const auto late = scene.add("PC-01", day(0)), silent = scene.add("PC-02", day(-20)),
             waiting = scene.add("PC-03", day(0), Standing::waiting), fresh = scene.add("PC-04", day(0));
  scene.judge(late, day(-1), {found("antivirus.active", "antivirus", "no-product")});
  scene.judge(silent, day(-20));
  scene.judge(waiting, day(-1));
  const auto list = device_list(*office.store, "yamada", {}, day(0), nullptr);
  REQUIRE(list);
  REQUIRE(list->all == 4);
  const auto line = [&](const Device& device) {
    const auto found =
        std::find_if(list->lines.begin(), list->lines.end(), [&](const DeviceLine& one) { return one.device.id == device.id; });
    REQUIRE(found != list->lines.end());
    return *found;
  };
  CHECK(line(late).verdict == Verdict::fail);
  CHECK(line(late).decides == "antivirus");
  CHECK_FALSE(line(silent).verdict);
  CHECK(line(silent).contact == Contact::silent);
  CHECK_FALSE(line(waiting).verdict);
  CHECK(line(fresh).verdict == Verdict::unknown);  // nothing was judged yet
  CHECK(list->rules.size() == 5);
}

}  // namespace gokajo::tests
