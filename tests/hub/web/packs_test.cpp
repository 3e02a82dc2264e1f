// ルール集を比べる: real numbers without storing anything, for few PCs.
#include "hub/pack_comparison.h"
#include "hub/review.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

constexpr const char* kPage = "/c/yamada/packs";

PackComparison compared(Desk& desk) {
  CompanyBook book(*desk.pages.store);
  return *compare_packs(*desk.pages.store, **book.of("yamada", desk.browser.now), desk.browser.now);
}

const PackOutcome& outcome_of(const PackComparison& comparison, const std::string& pack) {
  for (std::size_t i = 0; i < comparison.columns.size(); ++i)
    if (comparison.columns[i].pack.id == pack) return comparison.outcomes.at(i);
  FAIL(pack);
  return comparison.outcomes.front();
}

}  // namespace

TEST_CASE("the packs stand side by side with roles and numbers, and say that there are no PCs yet") {
  Desk desk;
  const auto page = desk.browser.get(kPage);
  REQUIRE(page.status == 200);
  for (const char* sentence :
       {"情報セキュリティ5か条", "情報セキュリティ6か条", "SCS ★3", "いまのルール集：情報セキュリティ5か条", "参考 → 必須",
        "10回までの失敗でロックされるPCは8文字以上", ".NETやJavaなど", "弱点の修正を入れるまでの日数：14日", "結果の届いたPCがまだない",
        "href=\"/c/yamada/sheet#pack\"", "href=\"/c/yamada/scs3\""})
    CHECK_MESSAGE(shows(page, sentence), sentence);
  CHECK_FALSE(shows(page, "{{"));
  const std::string mark = "<span class=\"mark\">いまのルール集</span>";
  const auto marked = page.body.find(mark);
  CHECK(marked < page.body.find("情報セキュリティ6か条"));
  CHECK(page.body.find(mark, marked + 1) == std::string::npos);  // one alone is in force
  CHECK(shows(desk.browser.get("/c/yamada/sheet"), "href=\"/c/yamada/packs\""));
  desk.browser.language = "en";
  CHECK(shows(desk.browser.get(kPage), "advice → required"));
  Desk looks(Role::viewer);
  CHECK_FALSE(shows(looks.browser.get(kPage), "/sheet#pack"));
}

TEST_CASE("a company of few PCs sees what each pack would find, PC by PC, and nothing is stored") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "PC-01", "office-plain");
  const auto before = desk.pages.office.fingerprint();
  const auto comparison = compared(desk);
  REQUIRE(comparison.has_numbers());
  CHECK(comparison.judged.size() == 1);
  // In force: what the page finds is what is stored.
  const auto& now = outcome_of(comparison, "5kajo");
  const auto rules = *desk.pages.store->rules("yamada", pc.id());
  const auto findings = *desk.pages.store->findings("yamada", pc.id());
  for (const auto& [rule, verdict] : rules) CHECK_MESSAGE(now.rules.at(rule).at(pc.id()) == verdict, rule);
  for (const auto& finding : findings) CHECK_MESSAGE(now.checks.at(finding.check).at(pc.id()) == finding.verdict, finding.check);
  // Another: what is stored once the company goes over to it.
  const auto& then = outcome_of(comparison, "scs3");
  CHECK(then.rules.contains("device-settings"));
  CHECK(shows(desk.browser.get(kPage), "届いている1台の結果を"));
  CHECK(desk.pages.office.fingerprint() == before);
  desk.pages.write([&](Store& store) {
    auto company = *store.company("yamada");
    company.pack = "scs3";
    if (auto put = store.put_company(company); !put) return put;
    CompanyBook book(store);
    return Review(store, book).company_again("yamada", desk.browser.now);
  });
  const auto stored = *desk.pages.store->rules("yamada", pc.id());
  CHECK(stored.size() == then.rules.size());
  for (const auto& [rule, verdict] : stored) CHECK_MESSAGE(then.rules.at(rule).at(pc.id()) == verdict, rule);
}

TEST_CASE("silent PCs and those that sent nothing are left out, and many PCs are not judged for a page") {
  Desk desk;
  desk.browser.now = day(0);
  desk.browser.sign_in(desk.pages.add_person("佐藤", "yamada", Role::owner));
  Scene scene{*desk.pages.office.store};
  scene.add("PC-01", day(0));
  scene.add("PC-02", day(-40));
  const auto comparison = compared(desk);
  CHECK((comparison.registered == 2 && comparison.quiet == 1 && comparison.without == 1 && !comparison.has_numbers()));
  for (int i = 3; i <= kMostCompared + 1; ++i) scene.add("PC-" + std::to_string(i), day(0));
  const auto page = desk.browser.get(kPage);
  CHECK(shows(page, "PCが41台あるため（40台まで）"));
  CHECK(shows(page, "参考 → 必須"));
}

TEST_CASE("a pack that the company's own decisions do not fit is shown, and said not to be choosable now") {
  Desk desk;
  desk.pages.write([&](Store& store) {
    auto company = *store.company("yamada");
    // The six rules would be left with a rule that nothing decides.
    company.policy.roles.push_back({"backup.recent", compliance::Role::advice, "まだ仕組みがない", at(86400 * 30)});
    return store.put_company(company);
  });
  const auto page = desk.browser.get(kPage);
  CHECK(page.status == 200);
  CHECK(shows(page, "会社の決まり（例外や基準）と合わないため、いまは選べません。"));
  const auto comparison = compared(desk);
  for (const auto& column : comparison.columns) CHECK(column.fits == (column.pack.id == "5kajo"));
}

}  // namespace gokajo::tests
