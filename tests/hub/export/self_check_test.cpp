#include "hub/export/self_check.h"

#include <doctest/doctest.h>

#include "hub/demo/load.h"
#include "hub/demo/plan.h"
#include "hub/export/pdf.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;

namespace {

const platform::Time kNow = *platform::parse_time("2026-11-24T02:00:00Z");

}  // namespace

TEST_CASE("the printed self-check counts all PCs, lists 500 of them, and says so") {
  TemporaryDirectory directory;
  auto state = open_state(directory.path() + "/hub");
  REQUIRE(state);
  REQUIRE(demo::load(*state, {520, 1, 2, 1, 1}, kNow));
  REQUIRE(state->store->begin_reading());
  for (const auto language : {compliance::Language::ja, compliance::Language::en}) {
    const auto check = self_check_of({*state->store, state->library.get(), language, kNow}, demo::kYamada);
    REQUIRE(check);
    CHECK(check->pcs.size() == 501);
    CHECK(std::any_of(check->notes.begin(), check->notes.end(), [](const auto& note) { return note.find("500") != std::string::npos; }));
    REQUIRE(check->rules.size() == 6);
    for (std::size_t i = 1; i < check->rules.size(); ++i) {
      int pcs = 0;
      for (std::size_t column = 1; column < check->rules[i].size(); ++column) pcs += std::stoi(check->rules[i][column]);
      CHECK(pcs == 520);
    }
    const auto pdf = pdf_of(*check);
    CHECK(pdf.has_value() == can_write_pdf());
    if (pdf) CHECK(pdf->starts_with("%PDF-"));
  }
  CHECK(state->store->commit());
}

}  // namespace gokajo::tests
