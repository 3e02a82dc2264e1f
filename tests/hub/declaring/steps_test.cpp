#include "hub/declaring/steps.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::embedded {
std::span<const File> hub_web_files();
}  // namespace gokajo::embedded

namespace gokajo::tests {

using namespace hub;

namespace {

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + path, std::ios::binary).rdbuf();
  return text.str();
}

platform::Json data(const std::string& name) { return platform::Json::parse(text_of("/hub/declaring/data/" + name)); }

template <class Read>
std::string refusal(const Read& read, platform::Json json, const char* at, platform::Json value) {
  json[platform::Json::json_pointer(at)] = std::move(value);
  const auto taken = read(json.dump());
  return taken ? "taken" : taken.error().detail;
}

const DeclaringStepText& step(DeclaringStep id) { return declaring_steps().steps.at(static_cast<std::size_t>(id)); }

}  // namespace

TEST_CASE("steps and subsidies that are compiled in are read, and others are refused with the place") {
  CHECK(declaring_steps().steps.size() == 7);
  CHECK(subsidies().schemes.size() == 9);
  const auto steps = data("steps.json"), schemes = data("subsidies.json");
  const auto of_steps = [&](const char* at, platform::Json value) { return refusal(read_declaring_steps, steps, at, std::move(value)); };
  CHECK(of_steps("/about", "x") == "taken");
  CHECK(of_steps("/format", "x").starts_with("declaring.format"));
  CHECK(of_steps("/as_of", "2026-11").starts_with("declaring.as_of"));
  CHECK(of_steps("/steps/1/id", "policy").starts_with("declaring.steps[1].id"));
  CHECK(of_steps("/steps/1/star", 3).starts_with("declaring.steps[1].star"));
  CHECK(of_steps("/steps/2/sources", {"S99"}).starts_with("declaring.steps[2].sources"));
  CHECK(of_steps("/steps/2/hints/0/sources", {"S99"}).starts_with("declaring.steps[2].hints[0].sources"));
  CHECK(of_steps("/steps", platform::Json::array()).starts_with("declaring.steps"));
  const auto of_schemes = [&](const char* at, platform::Json value) { return refusal(read_subsidies, schemes, at, std::move(value)); };
  CHECK(of_schemes("/about", "x") == "taken");
  CHECK(of_schemes("/schemes/0/last_deadline", "2026-8-25").starts_with("subsidies.schemes[0].last_deadline"));
  CHECK(of_schemes("/schemes/0/sources", {"S99"}).starts_with("subsidies.schemes[0].sources"));
  CHECK(of_schemes("/schemes/0/star/sources", {"S99"}).starts_with("subsidies.schemes[0].star.sources"));
}

TEST_CASE("what is not sure is never worded as a fact") {
  // The data says so of each sentence; the words must follow (confidence L is a report, M what is said).
  const auto steps = data("steps.json"), schemes = data("subsidies.json");
  const platform::Json sure = {{"ja", "4で始まるIDは使えません。"}, {"en", "An ID that begins with 4 cannot be used."}};
  const auto of_steps = [&](const char* at, platform::Json value) { return refusal(read_declaring_steps, steps, at, std::move(value)); };
  CHECK(of_steps("/steps/2/hints/4/text", sure).starts_with("declaring.steps[2].hints[4].text"));  // low
  CHECK(of_steps("/steps/2/hints/0/text", sure).starts_with("declaring.steps[2].hints[0].text"));  // medium
  CHECK(of_steps("/steps/2/hints/1/text", sure) == "taken");                                       // high
  CHECK(refusal(read_subsidies, schemes, "/schemes/2/star/text", sure).starts_with("subsidies.schemes[2].star.text"));
}

TEST_CASE("the way to a star is that of the sources") {
  // IPA's notice on the new system (S1): an account comes before everything, and it is prime or member.
  CHECK(declaring_steps().steps.front().id == DeclaringStep::gbizid);
  CHECK(step(DeclaringStep::gbizid).hints.front().text.ja.find("プライムかメンバー") != std::string::npos);
  CHECK(step(DeclaringStep::gbizid).hints.front().confidence == Confidence::high);
  // IPA's answers and Tokyo's handbook (S2, S3): one star is a promise to work on the rules; two ask for check and policy.
  for (const auto id : {DeclaringStep::gbizid, DeclaringStep::rules, DeclaringStep::star_one}) CHECK(step(id).star == 1);
  for (const auto id : {DeclaringStep::questions, DeclaringStep::policy, DeclaringStep::star_two}) CHECK(step(id).star == 2);
  // No source makes the yearly review a duty.
  CHECK(step(DeclaringStep::review).text.ja.find("お勧め") != std::string::npos);
  CHECK(step(DeclaringStep::review).sources.empty());
}

TEST_CASE("a subsidy whose last known deadline is over is history, whatever the file said when it was made") {
  Subsidy scheme;
  scheme.stale = false;
  scheme.last_deadline = "2026-08-25";
  CHECK_FALSE(scheme.is_history("2026-08-25"));
  CHECK(scheme.is_history("2026-08-26"));
  scheme.last_deadline.clear();
  CHECK_FALSE(scheme.is_history("2026-08-26"));
  scheme.stale = true;
  CHECK(scheme.is_history("2026-01-01"));
}

TEST_CASE("nobody is told that a star is given by somebody: it is declared") {
  // IPA's page for supporters and the handbook (S3, S4): these words are improper beside the star.
  const auto clean = [](const std::string& text, const std::string& where) {
    for (const char* word : {"認定", "取得", "認証", "合格", "お墨付き"})
      CHECK_MESSAGE(text.find(word) == std::string::npos, where << word);
    for (const char* word : {"certif", "accredit", "acquire"}) CHECK_MESSAGE(text.find(word) == std::string::npos, where << word);
  };
  for (const char* name : {"steps.json", "subsidies.json"}) clean(text_of(std::string("/hub/declaring/data/") + name), name);
  bool found = false;
  for (const auto& file : embedded::hub_web_files()) {
    if (file.name != "declaring.json" && file.name != "declaring.html") continue;
    found = true;
    clean(std::string(file.text), std::string(file.name));
  }
  CHECK(found);
}

}  // namespace gokajo::tests
