#include "hub/rejudging.h"

#include <algorithm>

#include "hub/answers.h"
#include "hub/chores.h"
#include "hub/device_change.h"
#include "hub/withheld.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

constexpr std::int64_t kInStep = 20;

const platform::Json& kind(std::size_t i) {
  static const platform::Json kKinds[] = {content_of_pc("falcon-on", at(0)), content_of_pc("eset", at(0)),
                                          content_of_pc("nfs-world", at(0))};
  return kKinds[i % 3];
}

// An office of so many PCs, of three kinds, one of which was removed and one of which never reported.
struct Rejudged {
  Office office;
  std::vector<Pc> pcs;
  std::unique_ptr<Rejudgings> rejudgings = anew();

  explicit Rejudged(std::size_t count) : pcs(count) {
    for (std::size_t i = 0; i < pcs.size(); ++i) {
      office.enrol(pcs[i]);
      if (i != 1) office.receipt(pcs[i].report({1, 1}, at(0), kind(i)));
    }
    remove(pcs[0]);
  }
  Store& store() { return *office.store; }
  std::unique_ptr<Rejudgings> anew() { return std::make_unique<Rejudgings>(*office.store, nullptr, 2, kInStep); }

  template <class Work>
  void written(const Work& work) {
    REQUIRE(store().begin());
    const auto done = work();
    REQUIRE(done);
    REQUIRE(store().commit());
  }
  void remove(const Pc& pc) {
    written([&] { return remove_device(store(), office.device(pc), at(1)); });
  }
  void to(const std::string& pack, platform::Time now, const std::string& tenant = "yamada") {
    auto company = *store().company(tenant);
    company.pack = pack;
    written([&]() -> platform::Status {
      if (auto put = store().put_company(company); !put) return put;
      CompanyBook book(store());
      return judge_company_again(store(), book, tenant, now);
    });
  }
  bool step(platform::Time now) {
    const auto more = rejudgings->step(now);
    REQUIRE_MESSAGE(more, (more ? "" : more.error().detail));
    return *more;
  }
  int to_the_end(platform::Time now) {
    for (int steps = 0;; ++steps) {
      if (!step(now)) return steps;
      REQUIRE(steps < 100);
    }
  }
  std::optional<Rejudging> reached(const std::string& tenant = "yamada") { return *rejudgings_of(store()).rejudging(tenant); }
  // Everything that people see of the PCs: findings with their days, rules, counters.
  std::vector<std::string> found() {
    std::vector<std::string> all;
    for (const auto& pc : pcs) {
      const auto findings = store().findings("yamada", pc.id());
      const auto rules = store().rules("yamada", pc.id());
      for (const auto& one : *findings)
        all.push_back(pc.id() + one.check + one.rule + std::to_string(one.required) + one.form + one.situation +
                      std::to_string(static_cast<int>(one.verdict)) + std::to_string(static_cast<int>(one.to_do)) +
                      platform::format_time(one.since));
      for (const auto& [rule, verdict] : *rules) all.push_back(pc.id() + rule + std::to_string(static_cast<int>(verdict)));
    }
    const auto counters = store().counters("yamada");
    for (const auto& [what, verdicts] : *counters)
      for (const auto& [verdict, count] : verdicts) all.push_back(what + verdict + std::to_string(count));
    return all;
  }
  bool has_backup(const Pc& pc) { return store().rules("yamada", pc.id())->contains("backup"); }
  // How many PCs are judged by rule 6.
  std::int64_t with_backup() {
    return std::count_if(pcs.begin(), pcs.end(), [&](const Pc& pc) { return has_backup(pc); });
  }
  // The first that reported behind that id.
  const Pc& behind(const std::string& id) {
    const Pc* found = nullptr;
    for (const auto& pc : pcs)
      if (&pc != &pcs[0] && &pc != &pcs[1] && pc.id() > id && (!found || pc.id() < found->id())) found = &pc;
    REQUIRE(found);
    return *found;
  }
  void damage(const Pc& pc) {
    written([&] { return store().put_content("yamada", pc.id(), {{1, 1}, "no content", false, at(0), at(0)}); });
  }
  bool passes_something(const Pc& pc) {
    const auto rules = *store().rules("yamada", pc.id());
    const auto findings = *store().findings("yamada", pc.id());
    return std::any_of(rules.begin(), rules.end(), [](const auto& one) { return is_good(one.second); }) ||
           std::any_of(findings.begin(), findings.end(), [](const KeptFinding& one) { return is_good(one.verdict); });
  }
};

}  // namespace

TEST_CASE("rejudging: a small office sees what comes of a change at once") {
  Rejudged one(kJudgedAtOnce + 1);  // without the one that was removed just as many
  one.to("6kajo", at(20));
  CHECK(one.with_backup() == kJudgedAtOnce - 1);  // one never reported
  CHECK_FALSE(one.reached());
  CHECK(one.to_the_end(at(20)) == 0);
}

TEST_CASE("rejudging: of many PCs the first are judged at once, the others in small steps, and back again all is as it was") {
  Rejudged one(90);
  const auto before = one.found();
  CHECK(one.step(at(10)) == false);  // nobody asked
  one.to("6kajo", at(20));
  REQUIRE(one.reached());
  CHECK(one.reached()->begun == at(20));
  CHECK(one.reached()->judged == kJudgedAtOnce);
  CHECK(one.reached()->pcs == 89);
  CHECK(one.reached()->left() == 49);
  const auto at_once = one.with_backup();
  CHECK(at_once >= kJudgedAtOnce - 1);
  CHECK(at_once <= kJudgedAtOnce);
  CHECK(one.step(at(20)));
  CHECK(one.reached()->judged == kJudgedAtOnce + kInStep);
  CHECK(one.to_the_end(at(20)) == 2);
  CHECK_FALSE(one.reached());
  CHECK(one.with_backup() == 88);  // without the one removed and the one that never reported
  CHECK(one.found() != before);
  one.to("5kajo", at(30));
  one.to_the_end(at(30));
  CHECK(one.with_backup() == 0);
  CHECK(one.found() == before);
}

TEST_CASE("rejudging: another file of a pack has all PCs of its companies judged again, and none of others") {
  Rejudged one(50);
  REQUIRE(judge_companies_again(one.store(), {"6kajo"}, at(5)));
  CHECK_FALSE(one.reached());
  REQUIRE(judge_companies_again(one.store(), {"5kajo"}, at(5)));
  REQUIRE(one.reached());
  CHECK(one.reached()->last.empty());
  CHECK(one.reached()->left() == 49);
  CHECK(one.to_the_end(at(5)) == 3);  // 20 in a step
  CHECK_FALSE(one.reached());
}

TEST_CASE("rejudging: daily judging leaves PCs to it that are judged again since today, and no others") {
  Rejudged one(kJudgedAtOnce + 20);
  one.to("6kajo", at(1));
  const auto at_once = one.with_backup();
  const auto of_a_day = [&](platform::Time now) {
    Chores chores(one.store());
    for (int steps = 0;; ++steps) {
      const auto more = chores.step(now);
      REQUIRE_MESSAGE(more, (more ? "" : more.error().detail));
      if (!*more) return;
      REQUIRE(steps < 100);
    }
  };
  of_a_day(at(2));
  CHECK(one.with_backup() == at_once);
  of_a_day(at(2) + platform::Days{1});
  CHECK(one.with_backup() == kJudgedAtOnce + 18);  // one was removed, one never reported
}

TEST_CASE("rejudging: an answer of the company is a change like any other") {
  Rejudged one(60);
  CompanyBook book(one.store());
  one.written([&]() -> platform::Status {
    const auto taken = answer_for_company(one.store(), book, "yamada", "passwords", "yes", "田中", at(20));
    if (!taken) return taken.error();
    CHECK(*taken == Answered::taken);
    return platform::Done{};
  });
  REQUIRE(one.reached());
  CHECK(one.reached()->left() == 19);
  CHECK(one.to_the_end(at(20)) == 1);
  one.written([&]() -> platform::Status {
    const auto taken = withdraw_for_company(one.store(), book, "yamada", "passwords", at(30));
    return taken ? platform::Status(platform::Done{}) : taken.error();
  });
  CHECK(one.reached());
}

TEST_CASE("rejudging: a restart in the middle goes on where it was") {
  Rejudged one(90);
  one.to("6kajo", at(20));
  CHECK(one.step(at(20)));
  const auto reached = one.reached();
  one.rejudgings.reset();
  one.office.store = one.office.place.store();
  one.rejudgings = one.anew();
  CHECK(one.reached() == reached);
  CHECK(one.to_the_end(at(40)) == 2);
  CHECK(one.with_backup() == 88);
  CHECK_FALSE(one.reached());
}

TEST_CASE("rejudging: between two steps reports are taken and judged by what holds now, and a second change begins anew") {
  Rejudged one(90);
  one.office.ingest = std::make_unique<Ingest>(one.store(), one.office.pepper, 1);
  one.to("6kajo", at(20));
  CHECK(one.step(at(20)));
  for (std::size_t i = 2; i < one.pcs.size(); ++i) one.office.receipt(one.pcs[i].report({1, 2}, at(25), kind(0)), at(25));
  CHECK(one.with_backup() == 88);
  one.to("5kajo", at(30));
  CHECK(one.reached()->judged == kJudgedAtOnce);
  CHECK(one.reached()->begun == at(30));
  CHECK(one.with_backup() > 0);
  CHECK(one.to_the_end(at(30)) == 4);  // in one of them what was judged ahead is thrown away
  CHECK(one.with_backup() == 0);
  // It is judged by what it said last.
  for (std::size_t i = 2; i < one.pcs.size(); ++i)
    CHECK(one.office.verdict(one.pcs[i], "antivirus") == one.office.verdict(one.pcs[3], "antivirus"));
}

TEST_CASE("rejudging: what was judged ahead counts for nothing once the PC said something else, or was answered for") {
  Rejudged one(90);
  one.office.ingest = std::make_unique<Ingest>(one.store(), one.office.pepper, 1);
  one.to("6kajo", at(20));
  CHECK(one.step(at(20)));  // and judged the next
  for (std::size_t i = 2; i < one.pcs.size(); ++i) one.office.receipt(one.pcs[i].report({1, 2}, at(21), kind(0)), at(21));
  const auto said = one.found();
  CHECK(one.to_the_end(at(22)) == 2);
  CHECK(one.found() == said);  // each was judged by the new pack when its report came
  CHECK_FALSE(one.reached());
}

TEST_CASE("rejudging: PCs that were removed or left for another company in the middle are left alone") {
  Rejudged one(90);
  one.to("6kajo", at(20));
  const auto last = one.reached()->last;
  const auto& removed = one.behind(last);
  const auto& left = one.behind(removed.id());
  one.remove(removed);
  one.office.add_company("sato");
  one.office.enrol(left, CodeKind::one_time, "sato");
  CHECK(one.to_the_end(at(30)) == 3);
  CHECK_FALSE(one.has_backup(removed));
  CHECK_FALSE(one.has_backup(left));
  CHECK_FALSE(one.store().rules("sato", left.id())->contains("backup"));
  CHECK(one.with_backup() == 86);
}

TEST_CASE("rejudging: who is erased leaves no id behind, and it is gone through from the first again") {
  Rejudged one(90);
  one.to("6kajo", at(20));
  CHECK(one.step(at(20)));
  const auto last = one.reached()->last;
  REQUIRE_FALSE(last.empty());
  one.written([&] { return one.store().erase_device("yamada", last, {}, "…"); });
  CHECK(one.reached()->last.empty());
  CHECK(one.reached()->judged == 0);
  CHECK(one.to_the_end(at(30)) == 6);  // 88, 20 in a step; before, what was judged ahead is thrown away
  CHECK_FALSE(one.reached());
  CHECK(one.with_backup() >= 87);
}

TEST_CASE("rejudging: a PC that cannot be judged passes nothing more and keeps no other from it") {
  Rejudged one(90);
  const auto& first = one.behind("");
  one.damage(first);
  CHECK(one.passes_something(first));
  one.to("6kajo", at(20));
  CHECK_FALSE(one.passes_something(first));
  CHECK(one.store().rules("yamada", first.id())->size() == 6);
  CHECK(one.store().findings("yamada", first.id())->front().form.find("malformed") != std::string::npos);
  const auto& later = one.behind(one.reached()->last);
  one.damage(later);
  CHECK(one.passes_something(later));
  CHECK(one.to_the_end(at(20)) == 3);
  CHECK_FALSE(one.passes_something(later));
  CHECK(one.with_backup() == 88);
  // Its next report is judged as any other.
  one.office.receipt(later.report({1, 2}, at(25), kind(0)), at(25));
  CHECK(one.passes_something(later));
}

TEST_CASE("rejudging: what fails stays failing where nothing can be judged any more") {
  Rejudged one(4);
  const auto& pc = one.pcs[2 + 2 % 2];  // of some kind
  const auto before = *one.store().findings("yamada", pc.id());
  one.damage(pc);
  one.to("6kajo", at(20));
  const auto after = *one.store().findings("yamada", pc.id());
  REQUIRE(after.size() == before.size());
  int failing = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    CAPTURE(after[i].check);
    CHECK(after[i].check == before[i].check);
    CHECK(after[i].required == before[i].required);
    CHECK(after[i].verdict == (is_good(before[i].verdict) ? Verdict::unknown : before[i].verdict));
    failing += after[i].verdict == Verdict::fail;
  }
  CHECK(failing > 0);
}

TEST_CASE("rejudging: a company with a pack nobody knows any more keeps no other from it") {
  Rejudged one(90);
  one.to("6kajo", at(20));
  auto yamada = *one.store().company("yamada");
  yamada.pack = "gone";
  one.written([&] { return one.store().put_company(yamada); });
  one.office.add_company("sato");
  one.written([&] { return rejudgings_of(one.store()).put_rejudging({"sato", at(21), "", 0, 3}); });
  CHECK(one.step(at(22)));
  CHECK_FALSE(one.reached("sato"));
  CHECK_FALSE(one.step(at(24)));
  CHECK(one.reached());
  yamada.pack = "5kajo";
  one.written([&] { return one.store().put_company(yamada); });
  CHECK(one.to_the_end(at(30)) == 3);
  CHECK_FALSE(one.reached());
}

TEST_CASE("PostgreSQL: of two hubs one judges again, and the other where the first is gone" * doctest::skip(!Place::on_postgres())) {
  Rejudged one(90);
  one.to("6kajo", at(20));
  CHECK(one.step(at(20)));
  const auto second = one.office.place.store();
  Rejudgings of_second(*second, nullptr, 1, kInStep);
  CHECK(*of_second.step(at(21)) == false);
  CHECK(one.reached()->judged == kJudgedAtOnce + kInStep);
  one.rejudgings.reset();
  one.office.ingest.reset();
  one.office.store = one.office.place.store();
  CHECK(*of_second.step(at(23)));
  CHECK(one.reached()->judged == kJudgedAtOnce + 2 * kInStep);
}

}  // namespace gokajo::tests
