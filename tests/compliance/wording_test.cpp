#include "compliance/wording.h"

#include <doctest/doctest.h>

#include "compliance/check.h"
#include "platform/embedded.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

const Reader kReader{540, {"ubuntu", "debian", "linux"}};

Wording sample() {
  auto wording = read_wording(R"json({"a.b": {"name": {"ja": "名", "en": "Name"}, "looks_at": {"ja": "見る", "en": "looks"}, "situations": {
    "bad": {"verdict": "fail", "saw": {"ja": "{days}前から{items}。{first_seen}", "en": "{items} for {days}, {first_seen}"},
            "item": {"ja": "{name}（{version}）", "en": "{name} ({version})"},
            "fix": [{"ja": "どこでも", "en": "anywhere"}], "fix_on": {"debian": [{"ja": "apt", "en": "apt"}], "rhel": [{"ja": "dnf", "en": "dnf"}]}}}}})json");
  REQUIRE_MESSAGE(wording, wording.error().detail);
  return *wording;
}

std::string ja(const Parameter& parameter) { return render_parameter(parameter, Language::ja, kReader); }
std::string en(const Parameter& parameter) { return render_parameter(parameter, Language::en, kReader); }

}  // namespace

TEST_CASE("every wording file compiled in is read") {
  for (const auto& file : embedded::wording()) {
    CAPTURE(file.name);
    const auto wording = read_wording(file.text);
    CHECK_MESSAGE(wording, wording.error().detail);
  }
  for (const auto* check : all_checks()) CHECK_MESSAGE(built_in_wording().contains(check->id), check->id);
}

TEST_CASE("every reason for which a fact can be absent has its sentence, and it is never called good or bad") {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorKind>>([](auto reason) {
    Finding finding;
    finding.check = "accounts.admin-separate";
    finding.situation = "unmeasured";
    finding.absence = Absence{reason.value, "", "", {}};
    const auto words = render(finding, built_in_wording(), kReader);
    CAPTURE(reason.name);
    CHECK(words.saw.ja.find(words.name.ja) != std::string::npos);
    CHECK(words.saw.en.find(words.name.en) != std::string::npos);
    CHECK(words.saw.ja.find('{') == std::string::npos);
    REQUIRE(words.why);
    CHECK(words.why->ja.find("危険という意味ではありません") != std::string::npos);
  });
}

TEST_CASE("each type of parameter is written as its language writes it") {
  CHECK(ja(Count{3}) == "3");
  CHECK(ja(DayCount{41}) == "41日");
  CHECK(en(DayCount{41}) == "41 days");
  CHECK(en(DayCount{1}) == "1 day");
  CHECK(ja(Date{*platform::parse_time("2026-11-21T15:00:00Z")}) == "2026年11月22日");
  CHECK(en(Date{*platform::parse_time("2026-11-21T14:59:59Z")}) == "21 November 2026");
  CHECK(ja(List{{"a", "b"}}) == "a、b");
  CHECK(en(List{{"a", "b", "c", "d", "e", "f", "g"}}) == "a, b, c, d, e and 2 more");
  CHECK(ja(List{{"a", "b", "c", "d", "e", "f", "g"}}) == "a、b、c、d、e、ほか2件");
  CHECK(ja(Name{"evil\x1B[2J\n"}) == "evil [2J\n");
}

TEST_CASE("a finding is rendered from its parameters and items, with the steps of the reader's own system") {
  Finding finding;
  finding.check = "a.b";
  finding.situation = "bad";
  finding.parameters = {{"days", DayCount{3}}};
  finding.items = {{{"name", Name{"openssl"}}, {"version", Version{"1.1"}}}, {{"name", Name{"bash"}}, {"version", Version{"5"}}}};
  finding.first_seen = *platform::parse_time("2026-11-01");
  const auto words = render(finding, sample(), kReader);
  CHECK(words.saw.ja == "3日前からopenssl（1.1）、bash（5）。2026年11月1日");
  CHECK(words.saw.en == "openssl (1.1), bash (5) for 3 days, 1 November 2026");
  REQUIRE(words.fix.size() == 1);
  CHECK(words.fix[0].ja == "apt");
  CHECK(render(finding, sample(), {540, {"arch", "linux"}}).fix[0].ja == "どこでも");
}

TEST_CASE("a sentence names the first five items and counts the rest; the list of items has them all") {
  Finding finding;
  finding.check = "a.b";
  finding.situation = "bad";
  finding.parameters = {{"days", DayCount{3}}};
  for (int i = 1; i <= 7; ++i) finding.items.push_back({{"name", Name{"p" + std::to_string(i)}}, {"version", Version{"1"}}});
  const auto words = render(finding, sample(), kReader);
  CHECK(words.saw.ja.find("p5（1）、ほか2件") != std::string::npos);
  CHECK(words.saw.ja.find("p6") == std::string::npos);
  CHECK(words.saw.en.find("p5 (1) and 2 more") != std::string::npos);
  CHECK(words.items.size() == 7);
}

TEST_CASE("a sentence can name the items alone, while the list says all of each") {
  Finding finding;
  finding.check = "updates.security-installed";
  finding.situation = "within-days";
  finding.parameters = {{"days", DayCount{14}}, {"count", Count{2}}};
  for (const char* name : {"openssl", "bash"})
    finding.items.push_back({{"name", Name{name}}, {"installed", Version{"1"}}, {"fix", Version{"2"}}});
  const auto words = render(finding, built_in_wording(), kReader);
  CHECK(words.saw.ja.ends_with("openssl、bash"));
  CHECK(words.saw.en.ends_with("openssl, bash"));
  REQUIRE(words.items.size() == 2);
  CHECK(words.items[0].ja == "openssl（1 → 2）");
}

TEST_CASE("a name of the PC's own is text, never a placeholder or a sentence of ours") {
  Finding finding;
  finding.check = "a.b";
  finding.situation = "bad";
  finding.parameters = {{"days", DayCount{3}}};
  finding.items = {{{"name", Name{"{days}{items}"}}, {"version", Version{"{check}"}}}};
  CHECK(render(finding, sample(), kReader).saw.en.find("{days}{items} ({check}) for 3 days") == 0);
}

TEST_CASE("wording that is not as documented is refused with its place") {
  CHECK(read_wording("{\"a\": {}}").error().detail == "a.name: missing");
  CHECK(read_wording(R"({"a": {"name": {"ja": "x", "en": "x", "fr": "x"}, "looks_at": {"ja": "x", "en": "x"}, "situations": {}}})")
            .error()
            .detail == "a.name.fr: unknown key");
  CHECK(
      read_wording(
          R"({"a": {"name": {"ja": "x", "en": "x"}, "looks_at": {"ja": "x", "en": "x"}, "situations": {"s": {"verdict": "ok", "saw": {"ja": "x", "en": "x"}}}}})")
          .error()
          .detail == "a.situations.s.verdict: unknown name \"ok\"");
}

}  // namespace gokajo::tests
