#include "compliance/check.h"
#include "hub/company_change.h"
#include "hub/thresholds.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

const std::map<std::string, std::string> kException{{"check", "sharing.other-services"},
                                                    {"about", "/srv/zumen"},
                                                    {"reason", "図面の共有、12月に入れ替え"},
                                                    {"owner", "田中"},
                                                    {"until", "2026-12-31"}};
const std::map<std::string, std::string> kThreshold{{"check", "updates.security-installed"},
                                                    {"name", "max_days"},
                                                    {"value", "３０"},
                                                    {"reason", "業務ソフトの確認に時間がかかるため"},
                                                    {"until", "2027-03-31"}};

std::map<std::string, std::string> with(std::map<std::string, std::string> fields, const std::string& name, const std::string& value) {
  fields[name] = value;
  return fields;
}

Verdict verdict_of(Desk& desk, const Pc& pc, const std::string& check) {
  const auto findings = desk.pages.store->findings("yamada", pc.id());
  REQUIRE(findings);
  for (const auto& one : *findings)
    if (one.check == check) return one.verdict;
  return Verdict::unknown;
}

}  // namespace

TEST_CASE("an exception keeps its verdict, has a reason, an owner and an end, and can be ended") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "PC-01", "nfs-office");
  const auto before = verdict_of(desk, pc, "sharing.other-services");
  REQUIRE(before == Verdict::ask);
  CHECK(shows(desk.browser.get("/c/yamada/exceptions"), "いま、例外はありません"));
  CHECK(desk.browser.post("/c/yamada/exceptions", kException).status == 303);
  const auto policy = desk.company().policy;
  REQUIRE(policy.exceptions.size() == 1);
  CHECK(policy.exceptions.front().about == "/srv/zumen");
  CHECK(policy.exceptions.front().owner == "田中");
  CHECK(platform::format_time(policy.exceptions.front().until).substr(0, 10) == "2026-12-31");
  CHECK(verdict_of(desk, pc, "sharing.other-services") == before);
  // The finding is marked: it was judged again.
  const auto findings = *desk.pages.store->findings("yamada", pc.id());
  const auto marked =
      std::find_if(findings.begin(), findings.end(), [](const KeptFinding& one) { return one.check == "sharing.other-services"; });
  CHECK(marked->form.find("図面の共有") != std::string::npos);
  const auto page = desk.browser.get("/c/yamada/exceptions");
  for (const char* text : {"/srv/zumen", "図面の共有、12月に入れ替え", "2026年12月31日", "例外</span>"})
    CHECK_MESSAGE(shows(page, text), text);
  CHECK(desk.did("exception.add"));
  CHECK(refuses(desk.refused("/c/yamada/exceptions", kException), "もう例外があります"));
  // Ended by its day, it is shown as such.
  desk.browser.now = at(3600);
  auto company = desk.company();
  company.policy.exceptions.front().until = at(-3 * 86400);
  desk.pages.write([&](Store& s) { return s.put_company(company); });
  const auto over = desk.browser.get("/c/yamada/exceptions");
  CHECK(shows(over, "期限が過ぎたため、例外ではなくなりました"));
  CHECK(
      desk.browser.post("/c/yamada/exceptions/end", {{"check", "sharing.other-services"}, {"thing", hidden(over.body, "thing")}}).status ==
      303);
  CHECK(desk.company().policy.exceptions.empty());
  CHECK(desk.did("exception.end"));
  CHECK(refuses(desk.refused("/c/yamada/exceptions/end", {{"check", "sharing.other-services"}}), "その例外は、もうありません"));
}

TEST_CASE("each field of an exception that cannot be so is named, and everything typed stays") {
  Desk desk;
  const struct {
    const char* field;
    std::string value;
    const char* sentence;
  } refusals[] = {{"check", "", "「どの点検の」を一覧から"},
                  {"check", "no.such", "「どの点検の」を一覧から"},
                  {"about", std::string(201, 'x'), "「対象」は1行"},
                  {"reason", "", "「理由」を入れてください"},
                  {"reason", "a\nb", "「理由」を入れてください"},
                  {"owner", "", "「責任をもつ人」を入れてください"},
                  {"until", "", "「いつまで」は、今日から1年以内"},
                  {"until", "2026-11-25", "「いつまで」は、今日から1年以内"},
                  {"until", "2027-11-28", "「いつまで」は、今日から1年以内"}};
  for (const auto& [field, value, sentence] : refusals) {
    INFO(field, " ", value);
    const auto reply = desk.refused("/c/yamada/exceptions", with(with(kException, "owner", "佐藤<b>"), field, value));
    CHECK(refuses(reply, sentence));
    if (std::string(field) != "owner") CHECK(shows(reply, "value=\"佐藤&lt;b&gt;\""));
    if (std::string(field) != "check") CHECK(shows(reply, "<option value=\"sharing.other-services\" selected>"));
  }
}

TEST_CASE("an address fills the form of an exception in and adds none") {
  Desk desk;
  const auto before = desk.pages.office.fingerprint();
  const auto page = desk.browser.get("/c/yamada/exceptions?check=sharing.smb1-off&about=%3Cscript%3E");
  CHECK(shows(page, "<option value=\"sharing.smb1-off\" selected>"));
  CHECK(shows(page, "value=\"&lt;script&gt;\""));
  CHECK(desk.pages.office.fingerprint() == before);
}

TEST_CASE("a threshold is set within its range, with reason and end, beside the pack's value, and set back") {
  Desk desk;
  const auto page = desk.browser.get("/c/yamada/thresholds");
  for (const char* text : {"弱点の修正を入れるまでの日数", "14日", "パスワードの文字数（これ以上）", "10文字", "IPAの5か条には"})
    CHECK_MESSAGE(shows(page, text), text);
  const auto form = desk.browser.get("/c/yamada/thresholds?check=updates.security-installed&name=max_days");
  CHECK(shows(form, "1〜30 日"));
  CHECK(desk.browser.post("/c/yamada/thresholds", kThreshold).status == 303);
  const auto policy = desk.company().policy;
  REQUIRE(policy.settings.size() == 1);
  CHECK(std::get<std::int64_t>(policy.settings.front().value) == 30);
  const auto set = desk.browser.get("/c/yamada/thresholds");
  for (const char* text : {"30日", "会社が変えた値", "業務ソフトの確認に", "2027年3月31日", "田中"}) CHECK_MESSAGE(shows(set, text), text);
  // Again: it takes the other's place.
  CHECK(desk.browser.post("/c/yamada/thresholds", with(kThreshold, "value", "20")).status == 303);
  CHECK(desk.company().policy.settings.size() == 1);
  CHECK(desk.deeds().front().before == "30");
  CHECK(desk.browser.post("/c/yamada/thresholds/end", {{"check", "updates.security-installed"}, {"name", "max_days"}}).status == 303);
  CHECK(desk.company().policy.settings.empty());
  CHECK(desk.did("threshold.end"));
  CHECK(refuses(desk.refused("/c/yamada/thresholds/end", {{"check", "updates.security-installed"}, {"name", "max_days"}}),
                "もうルール集の値です"));
}

TEST_CASE("a threshold out of its range is refused with the place, and everything typed stays") {
  Desk desk;
  for (const char* wrong : {"", "0", "31", "1000000", "-1", "たくさん", "1.5"}) {
    const auto reply = desk.refused("/c/yamada/thresholds", with(kThreshold, "value", wrong));
    CHECK_MESSAGE(refuses(reply, "「新しい値」が決められた範囲にありません。（弱点の修正を入れるまでの日数：1〜30日）"), wrong);
    CHECK(shows(reply, "業務ソフトの確認に"));
  }
  CHECK(refuses(desk.refused("/c/yamada/thresholds", with(kThreshold, "reason", "")), "「理由」を入れてください"));
  CHECK(refuses(desk.refused("/c/yamada/thresholds", with(kThreshold, "until", "2028-01-01")), "「いつまで」は、今日から1年以内"));
  CHECK(refuses(desk.refused("/c/yamada/thresholds", with(kThreshold, "name", "no_such")), "その基準は、いまのルール集にありません"));
  CHECK(refuses(desk.refused("/c/yamada/thresholds", with(kThreshold, "check", kHostile)), "その基準は、いまのルール集にありません"));
}

TEST_CASE("every number of every check has its range and its words, and the packs' values lie in it") {
  std::size_t numbers = 0;
  for (const auto* check : compliance::all_checks())
    for (const auto& [name, value] : check->settings) {
      const auto* number = std::get_if<std::int64_t>(&value);
      if (!number) continue;
      INFO(check->id, " ", name);
      const auto* range = range_of(check->id, name);
      REQUIRE(range);
      CHECK((range->least <= *number && *number <= range->most));
      CHECK_FALSE(range->text.ja.empty());
      CHECK_FALSE(range->unit.en.empty());
      ++numbers;
    }
  CHECK(setting_ranges().size() == numbers);
  for (const auto& id : compliance::built_in_pack_ids()) {
    const auto pack = *compliance::built_in_pack(id);
    const auto within = [&](const compliance::PackCheck& entry) {
      for (const auto& [name, value] : entry.settings.value_or(compliance::Settings{}))
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
          const auto* range = range_of(entry.checks().front(), name);
          REQUIRE(range);
          CHECK((range->least <= *number && *number <= range->most));
        }
    };
    for (const auto& rule : pack.rules)
      for (const auto& entry : rule.checks) within(entry);
    for (const auto& entry : pack.extras) within(entry);
  }
}

// The same holds for a policy that comes as a file (company set --policy).
TEST_CASE("a policy out of range is refused with its place, whoever brings it") {
  compliance::Policy policy{compliance::kPolicyFormat, {}, {}, {}, {}};
  policy.settings.push_back({"passwords.length", "min_length", std::int64_t{10}, "理由", at(0)});
  policy.settings.push_back({"passwords.length", "min_length", std::int64_t{4}, "理由", at(0)});
  const auto fits = all_in_range(policy);
  REQUIRE_FALSE(fits);
  CHECK(fits.error().detail == "settings[1].value: expected 10 to 64");
  Company company;
  CompanyChange change;
  change.policy = policy;
  const auto problem = apply_change(change, *built_in_shelf(), company, at(0));
  REQUIRE(problem);
  CHECK(problem->field == "policy");
}

}  // namespace gokajo::tests
