#include "hub/store_watch.h"

#include <doctest/doctest.h>

#include "hub/repeats.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace std::chrono_literals;
using hub::HttpReply, hub::Repeats, hub::StoreWatch;

TEST_CASE("a batch that could not be stored is told each time, its end once") {
  const TemporaryDirectory directory;
  StoreWatch watch(directory.path());
  const std::vector<HttpReply> well = {{200, {}, {}}, {401, {}, {}}}, troubled = {{200, {}, {}}, {503, {}, {}}}, refused = {{401, {}, {}}};
  CHECK_FALSE(watch.look(well));
  for (int i = 0; i < 2; ++i) {
    const auto told = watch.look(troubled);
    REQUIRE(told);
    CHECK(told->detail.find(hub::kStoredAgain) == std::string::npos);
    CHECK(told->detail.find(directory.path()) != std::string::npos);
  }
  CHECK_FALSE(watch.look(refused));  // says nothing of the store
  const auto again = watch.look(well);
  REQUIRE(again);
  CHECK(again->detail == hub::kStoredAgain);
  CHECK_FALSE(watch.look(well));
}

TEST_CASE("what lasts is told once in ten minutes, whatever else comes between") {
  Repeats repeats;
  const platform::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 26}};
  CHECK(repeats.shall_tell("full", start));
  CHECK_FALSE(repeats.shall_tell("full", start + 9min));
  CHECK(repeats.shall_tell("other", start + 9min));
  CHECK(repeats.shall_tell("full", start + 10min));
  CHECK_FALSE(repeats.shall_tell("full", start + 19min));
  CHECK(repeats.shall_tell("full", start));  // the clock was set back
}

}  // namespace gokajo::tests
