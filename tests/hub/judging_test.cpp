#include "hub/judging.h"

#include <algorithm>

#include "hub/review.h"
#include "tests/hub/office.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Declaration, compliance::Verdict, platform::Json;

namespace {

Declaration said(const char* answer, int when) { return {"nas", "", answer, "田中", at(when), at(86400 * 300)}; }

}  // namespace

TEST_CASE("the newest statement to a question counts, and a withdrawal is one") {
  const auto first = [](const std::vector<Declaration>& all) { return all.empty() ? std::string("none") : all.front().answer; };
  const KeptDeclaration of_hub{"", said("hub", 10), std::nullopt};
  CHECK(first(merged_declarations({said("pc", 5)}, {of_hub}, "d")) == "hub");
  CHECK(merged_declarations({said("pc", 5)}, {of_hub}, "d").size() == 1);
  CHECK(merged_declarations({said("pc", 15)}, {of_hub}, "d").size() == 2);  // judging takes the newer
  const KeptDeclaration withdrawn{"", said("hub", 10), at(20)};
  CHECK(first(merged_declarations({said("hub", 10)}, {withdrawn}, "d")) == "none");  // the PC's copy of it
  CHECK(first(merged_declarations({said("pc", 25)}, {withdrawn}, "d")) == "pc");
  const KeptDeclaration of_other{"other", said("hub", 10), std::nullopt};
  CHECK(first(merged_declarations({said("pc", 5)}, {of_other}, "d")) == "pc");
}

TEST_CASE("a PC that forgot cannot start its days anew") {
  compliance::Memory of_pc;
  of_pc.first_seen = {{"finding/a", at(100)}, {"finding/b", at(1)}};
  compliance::Memory of_hub;
  of_hub.first_seen = {{"finding/a", at(10)}, {"finding/b", at(50)}, {"finding/c", at(7)}};
  const auto merged = merged_memory(of_pc, of_hub);
  CHECK(merged.first_seen.at("finding/a") == at(10));
  CHECK(merged.first_seen.at("finding/b") == at(1));
  CHECK(merged.first_seen.at("finding/c") == at(7));
}

TEST_CASE("still so: what a PC said stays judged by the hub's clock, and grows old") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(0), content_of_pc("falcon-on", at(0))), at(60));
  CHECK(office.verdict(pc, "updates") == Verdict::pass);
  CompanyBook book(*office.store);
  Review review(*office.store, book);
  const auto later = [&](int days) {
    REQUIRE(office.store->begin());
    REQUIRE(review.company_again("yamada", at(86400 * days)));
    REQUIRE(office.store->commit());
    return office.verdict(pc, "updates");
  };
  CHECK(later(1) == Verdict::pass);
  CHECK(later(40) != Verdict::pass);  // the index of updates is older than 7 days
}

TEST_CASE("a clock far ahead makes nothing fresh: what passes must pass by both clocks, and no fact is newer than its receipt") {
  auto content = content_of_pc("falcon-on", at(0));
  const auto sent = [&](Office& office, const Pc& pc, int ahead_days) {
    const auto when = at(86400 * ahead_days);
    office.receipt(pc.report({1, 1}, when, content), at(0));
    const auto findings = office.store->findings("yamada", pc.id());
    REQUIRE(findings);
    for (const auto& kept : *findings) {
      CAPTURE(kept.check);
      CHECK(*platform::parse_time(Json::parse(kept.form)["finding"]["observed_at"].get<std::string>()) <= at(0));
    }
    return office.verdict(pc, "updates");
  };
  const auto with_clock = [&](int ahead_days) {
    Office office;
    const Pc pc;
    office.enrol(pc);
    const auto verdict = sent(office, pc, ahead_days);
    CHECK(office.device(pc).clock_ahead_s == 86400 * ahead_days);
    return verdict;
  };
  CHECK(with_clock(0) == Verdict::pass);
  CHECK(with_clock(2) == Verdict::pass);
  // The index of updates was fetched on the day that is the hub's today: by the PC's clock that is long ago.
  for (const int ahead_days : {40, 400, 4000}) CHECK(with_clock(ahead_days) != Verdict::pass);

  const auto say_observed = [](const auto& self, Json& json, const std::string& time) -> void {
    if (json.is_object() && json.contains("source") && (json.contains("value") || json.contains("absent"))) json["observed_at"] = time;
    if (json.is_structured())
      for (auto& member : json) self(self, member, time);
  };
  say_observed(say_observed, content["evidence"], platform::format_time(at(86400 * 2)));
  CHECK(with_clock(2) == Verdict::pass);
}

TEST_CASE("times that a PC remembers of its future are cut to the time of receipt") {
  const auto content = [] {
    auto said = content_of_pc("eset", at(0));
    said["memory"]["first_seen"]["finding/antivirus.active"] = platform::format_time(at(86400 * 100));
    return said;
  }();
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(0), content), at(10));
  const auto findings = *office.store->findings("yamada", pc.id());
  const auto active = std::find_if(findings.begin(), findings.end(), [](const auto& one) { return one.check == "antivirus.active"; });
  REQUIRE(active != findings.end());
  CHECK(Json::parse(active->form)["finding"]["first_seen"] == platform::format_time(at(10)));
}

TEST_CASE("another pack or policy is judged by at once, and the PC's own findings decide nothing") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  auto content = content_of_pc("eset", at(0));
  for (auto& finding : content["findings"]) finding["finding"]["verdict"] = "pass";  // what the PC says of itself
  office.receipt(pc.report({1, 1}, at(0), content), at(1));
  CHECK(office.verdict(pc, "antivirus") == Verdict::fail);
  CHECK_FALSE(office.store->rules("yamada", pc.id())->contains("backup"));
  auto company = *office.store->company("yamada");
  company.pack = "6kajo";
  CompanyBook book(*office.store);
  Review review(*office.store, book);
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_company(company));
  REQUIRE(review.company_again("yamada", at(2)));
  REQUIRE(office.store->commit());
  CHECK(office.store->rules("yamada", pc.id())->size() == 6);
}

}  // namespace gokajo::tests
