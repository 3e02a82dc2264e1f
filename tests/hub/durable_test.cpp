// What a commit waits for (Durable, hub/store.h): SQLite's calls to the disk are counted on their way to the kernel.
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include <doctest/doctest.h>

#include "tests/hub/place.h"

namespace {

std::atomic<int> g_synced{0};

int synced(long call, int file) {
  ++g_synced;
  return static_cast<int>(syscall(call, file));
}

}  // namespace

// In the place of the C library's for the whole program. SQLite uses either, by how it was built.
extern "C" int fdatasync(int file) { return synced(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return synced(SYS_fsync, file); }

namespace gokajo::tests {

using namespace hub;

TEST_CASE("durable: only a transaction that says so does not wait for the disk, however they take turns" *
          doctest::skip(Place::on_postgres())) {
  const Place place;
  const auto store = place.store();
  int number = 0;
  const auto syncs_of = [&](const platform::Status& begun) {
    REQUIRE(begun);
    Company company;
    company.id = "c" + std::to_string(++number);
    company.name = "山田工務店";
    REQUIRE(store->put_company(company));
    const int before = g_synced;
    REQUIRE(store->commit());
    return g_synced - before;
  };
  REQUIRE(syncs_of(store->begin()) > 0);
  for (int turn = 0; turn < 3; ++turn) {
    CAPTURE(turn);
    CHECK(syncs_of(store->begin_reports({}, Durable::later)) == 0);
    CHECK(syncs_of(store->begin_reports({}, Durable::later)) == 0);
    CHECK(syncs_of(store->begin_reports({})) > 0);
    CHECK(syncs_of(store->begin_reports({}, Durable::later)) == 0);
    CHECK(syncs_of(store->begin()) > 0);
  }
  // Whoever reads meanwhile sees both.
  CHECK(store->companies()->size() == 16);
}

}  // namespace gokajo::tests
