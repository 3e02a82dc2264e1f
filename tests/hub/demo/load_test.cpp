#include "hub/demo/load.h"

#include <doctest/doctest.h>

#include "hub/demo/marker.h"
#include "hub/demo/plan.h"
#include "hub/review.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using platform::Days, platform::Time;

namespace {

const Time kNow = *platform::parse_time("2026-11-24T02:00:00Z");

struct Loaded {
  TemporaryDirectory directory;
  HubState state = std::move(*open_state(directory.path() + "/hub"));
  demo::Loaded counts;

  explicit Loaded(std::uint64_t seed) {
    const auto loaded = demo::load(state, {60, 2, 120, 30, seed}, kNow);
    REQUIRE_MESSAGE(loaded, loaded.error().detail);
    counts = *loaded;
  }

  std::vector<Device> devices(const std::string& tenant = demo::kYamada) {
    auto devices = state.store->devices(tenant);
    REQUIRE(devices);
    return std::move(*devices);
  }
};

}  // namespace

TEST_CASE("a hub for measuring has its PCs, their changes and a raw report a business day") {
  Loaded loaded(5);
  CHECK(demo::is_demo(loaded.state.directory));
  CHECK(loaded.devices().size() == 30);
  CHECK(loaded.devices("load-1").size() == 30);
  const auto changes = loaded.state.store->changes(demo::kYamada, kNow - Days{110});  // behind those of the first day
  REQUIRE(changes);
  CHECK(changes->size() > 10);
  int business_days = 0;
  const auto today = platform::local_day(kNow, 540);
  for (auto day = today - Days{30}; day <= today; day += Days{1}) business_days += is_business_day(day, {});
  for (const auto& device : loaded.devices()) {
    const auto marks = loaded.state.store->report_marks(device.tenant, device.id, Time{}, kNow);
    REQUIRE(marks);
    const bool silent = *device.last_receipt < kNow - Days{3};
    CHECK((silent ? marks->size() < static_cast<std::size_t>(business_days) : marks->size() == static_cast<std::size_t>(business_days)));
    CHECK(device.current == device.latest);
  }
}

TEST_CASE("what is stored of a PC for measuring is what the hub finds in its last report") {
  Loaded loaded(6);
  auto& store = *loaded.state.store;
  const Library library(loaded.state.directory);
  CompanyBook book(store, &library);
  Review review(store, book);
  for (const auto& device : loaded.devices()) {
    const auto before = store.rules(device.tenant, device.id);
    REQUIRE(before);
    REQUIRE(store.begin());
    REQUIRE(review.again(device, *device.last_receipt));
    REQUIRE(store.commit());
    CHECK(*store.rules(device.tenant, device.id) == *before);
  }
}

TEST_CASE("the same seed gives the same PCs for measuring") {
  Loaded one(7), again(7), other(8);
  const auto ids = [](Loaded& loaded) {
    std::string all;
    for (const auto& device : loaded.devices()) all += device.id + device.label;
    return all;
  };
  CHECK(ids(one) == ids(again));
  CHECK(ids(one) != ids(other));
  CHECK(one.counts.verdicts == again.counts.verdicts);
}

}  // namespace gokajo::tests
