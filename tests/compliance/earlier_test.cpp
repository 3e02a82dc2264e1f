#include "compliance/earlier.h"

#include <doctest/doctest.h>

#include "compliance/judge.h"
#include "compliance/wording.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Time kNow = *platform::parse_time("2026-11-24T00:00:00Z");
using platform::Days;

template <class T>
Fact<T> silent() {
  return no_fact<T>({ErrorKind::timed_out, "no answer"}, "class", kNow);
}

Evidence with_disk(bool encrypted, Time seen) {
  Evidence evidence;
  evidence.device.system = fact(System{.family = OsFamily::windows}, "system", kNow);
  evidence.extras.volumes = fact(std::vector<Volume>{{"C:", "BitLocker", fact(encrypted, "class", seen)}}, "class", seen);
  return evidence;
}

// What a scan gives whose question for volumes was answered `ago` for the last time.
Evidence silent_since(bool encrypted, Time seen) {
  auto evidence = with_disk(encrypted, seen);
  evidence.extras.volumes = silent<std::vector<Volume>>();
  take_earlier(evidence, with_disk(encrypted, kNow), seen);
  return evidence;
}

Finding disk(const Evidence& evidence, Time now = kNow) {
  const auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  for (const auto& one : judge(evidence, *pack, {kPolicyFormat, {}, {}, {}}, {}, now).findings)
    if (one.finding.check == "disk.encrypted") return one.finding;
  FAIL("no disk.encrypted in the pack");
  return {};
}

}  // namespace

TEST_CASE("an answer of an earlier scan counts for seven days, good or bad, and says of when it is") {
  for (const bool encrypted : {true, false})
    for (const int days : {0, 1, 3, 7, 8, 29}) {
      CAPTURE(encrypted);
      CAPTURE(days);
      const auto finding = disk(silent_since(encrypted, kNow - Days{days}));
      const auto said = encrypted ? Verdict::pass : Verdict::fail;
      CHECK(finding.verdict == (days <= 7 ? said : Verdict::unknown));
      REQUIRE(finding.earlier);
      CHECK(finding.earlier->counts == (days <= 7));
      CHECK(finding.earlier->verdict == said);
      CHECK(finding.earlier->days == days);
      CHECK(finding.earlier->observed_at == kNow - Days{days});
    }
  CHECK(disk(silent_since(true, kNow - Days{7} - std::chrono::seconds{1})).verdict == Verdict::unknown);
  CHECK_FALSE(disk(with_disk(true, kNow)).earlier);
}

TEST_CASE("what the PC says now stands, whatever it said earlier") {
  auto evidence = with_disk(false, kNow);
  take_earlier(evidence, with_disk(true, kNow), kNow - Days{1});
  CHECK(disk(evidence).verdict == Verdict::fail);
  CHECK_FALSE(disk(evidence).earlier);
  for (const auto reason : {ErrorKind::not_found, ErrorKind::denied, ErrorKind::too_large, ErrorKind::failed, ErrorKind::unsupported,
                            ErrorKind::malformed, ErrorKind::not_asked}) {
    auto refused = with_disk(true, kNow);
    refused.extras.volumes = no_fact<std::vector<Volume>>({reason, ""}, "class", kNow);
    take_earlier(refused, with_disk(true, kNow), kNow - Days{1});
    CHECK_FALSE(refused.extras.volumes);
    CHECK_FALSE(refused.extras.volumes.no_newer);
  }
}

TEST_CASE("inside a list, facts are taken over only where its entries are the same") {
  const auto pc = [](const char* drive, Fact<bool> encrypted) {
    Evidence evidence;
    evidence.extras.volumes = fact(std::vector<Volume>{{drive, "BitLocker", std::move(encrypted)}}, "class", kNow);
    return evidence;
  };
  auto same = pc("C:", silent<bool>());
  take_earlier(same, pc("C:", fact(true, "class", kNow)), kNow - Days{2});
  CHECK(same.extras.volumes->front().encrypted.value == true);
  CHECK(same.extras.volumes->front().encrypted.no_newer == ErrorKind::timed_out);
  CHECK(same.extras.volumes->front().encrypted.detail == "no answer");
  CHECK_FALSE(same.extras.volumes.no_newer);
  CHECK(times_of_earlier(same) == std::vector{kNow - Days{2}});
  auto another = pc("D:", silent<bool>());
  take_earlier(another, pc("C:", fact(true, "class", kNow)), kNow - Days{2});
  CHECK_FALSE(another.extras.volumes->front().encrypted);
}

TEST_CASE("without earlier facts, or those before a time, the reason is there again") {
  const auto evidence = silent_since(true, kNow - Days{3});
  CHECK(without_earlier(evidence, kNow - Days{3}).extras.volumes);
  for (const auto& bare : {without_earlier(evidence), without_earlier(evidence, kNow - Days{2})}) {
    CHECK_FALSE(bare.extras.volumes);
    CHECK(bare.extras.volumes.absent == ErrorKind::timed_out);
    CHECK(bare.extras.volumes.detail == "no answer");
    CHECK(times_of_earlier(bare).empty());
  }
  CHECK(times_of_earlier(with_disk(true, kNow)).empty());
}

TEST_CASE("an earlier fact travels with its mark, and only with a value") {
  const auto evidence = silent_since(true, kNow - Days{3});
  const auto json = write_evidence(evidence);
  CHECK(json["extras"]["volumes"]["no_newer"] == "timed_out");
  CHECK(json["extras"]["volumes"]["detail"] == "no answer");
  const auto read = read_evidence(json);
  REQUIRE(read);
  CHECK(write_evidence(*read) == json);
  CHECK(disk(*read).earlier);
  for (const char* text : {R"({"absent": "denied", "no_newer": "timed_out"})", R"({"value": true, "detail": "x"})",
                           R"({"value": true, "no_newer": "late"})"}) {
    CAPTURE(std::string(text));
    Fact<bool> fact;
    CHECK_FALSE(platform::read_form(platform::Json::parse(text), fact, platform::Place{}));
  }
}

TEST_CASE("what is remembered is what was learnt now") {
  const auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  const Policy policy{kPolicyFormat, {}, {}, {}};
  Memory memory;
  memory.first_seen["finding/disk.encrypted"] = kNow - Days{9};
  memory.first_seen["finding/disk.encrypted/C:"] = kNow - Days{9};
  for (const bool encrypted : {true, false}) {
    const auto evidence = silent_since(encrypted, kNow - Days{2});
    const auto next = remember(memory, evidence, judge(evidence, *pack, policy, memory, kNow), kNow);
    CHECK(next.first_seen.at("finding/disk.encrypted") == kNow - Days{9});
    CHECK_FALSE(next.last_good.contains("pass/disk.encrypted"));
  }
}

TEST_CASE("the sentences behind what was seen") {
  const Reader reader{540, {"windows"}};
  const auto said = [&](bool encrypted, int days) {
    const auto saw = render(disk(silent_since(encrypted, kNow - Days{days})), built_in_wording(), reader).saw;
    return saw.ja.substr(saw.ja.find("。") + 3) + "|" + saw.en.substr(saw.en.find(". ") + 2);
  };
  CHECK(said(true, 3) ==
        "今回は時間内に答えがなかったため、3日前（2026年11月21日）の答えで判定しました。|"
        "No answer came in time now, so this rests on the answer of 3 days ago (21 November 2026).");
  CHECK(said(true, 0).starts_with("今回は時間内に答えがなかったため、同じ日（2026年11月24日）の前の答えで判定しました。|"));
  CHECK(said(true, 12) ==
        "前の答え（2026年11月12日、適合）は7日を過ぎたため使いません。|"
        "The answer before (12 November 2026: OK) is more than 7 days old and is not used.");
}

}  // namespace gokajo::tests
