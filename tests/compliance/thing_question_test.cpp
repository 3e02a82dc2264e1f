#include "compliance/thing_question.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "compliance/check.h"

namespace gokajo::tests {

using namespace compliance;

// A question whose answer moves nothing must not be put to anybody, and one that does must not be left out.
TEST_CASE("a thing is asked about for just those checks that heed the answer") {
  int heeding = 0;
  for (const auto* check : all_checks()) {
    std::string file(check->id);
    for (auto& c : file)
      if (c == '.' || c == '-') c = '_';
    std::ostringstream text;
    text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/compliance/checks/" + file + ".cpp").rdbuf();
    REQUIRE_MESSAGE(!text.str().empty(), file);
    const bool looks = text.str().find("declared(evidence, kId, ") != std::string::npos;
    CHECK_MESSAGE(heeds_answers(check->id) == looks, check->id);
    heeding += looks ? 1 : 0;
  }
  CHECK(heeding >= 3);
  CHECK_FALSE(heeds_answers("no.such-check"));
}

TEST_CASE("a thing is asked about by the check's name, in both languages") {
  const auto text = ask_about("sharing.folders-restricted", "見積");
  CHECK(text.ja.find("「見積」はこれでよいですか。") != std::string::npos);
  CHECK(text.en.find("\"見積\"") != std::string::npos);
  CHECK(ask_about("sharing.folders-restricted", "").ja.find("「") == std::string::npos);
  CHECK(settling_question(*built_in_pack("5kajo"), "passwords.length")->id == "passwords");
  CHECK_FALSE(settling_question(*built_in_pack("5kajo"), "sharing.folders-restricted"));
  // Nothing that a person does not know becomes 適合.
  for (const auto& choice : thing_choices()) CHECK((choice.id == "yes") == (choice.verdict == "pass"));
}

}  // namespace gokajo::tests
