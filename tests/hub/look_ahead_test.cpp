#include "hub/look_ahead.h"

#include <stdexcept>

#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::Error, platform::Json, platform::Status;
using protocol::Position;

namespace {

const Json& green() {
  static const Json content = content_of_pc("falcon-on", at(0));
  return content;
}

HttpRequest report(const Pc& pc, std::int64_t seq) { return pc.report({1, seq}, at(seq), green()); }

// The parts of a hub that looks ahead.
struct Desk {
  Office office;
  std::unique_ptr<Store> reading = office.place.store();
  CompanyBook book{*office.store};
  Review review{*office.store, book};
  TokenBuckets rate{1, 1000, 1000};
  ReportIntake intake{*office.store, book, review, rate, 2};
  LookAhead ahead{*reading, nullptr, intake};

  // How many of those behind a batch are judged when their turn comes.
  std::size_t ready_behind(
      std::span<const HttpRequest> batch, std::span<const HttpRequest> behind, bool commits = true,
      const std::function<void()>& in_between = [] {}) {
    REQUIRE(office.store->begin());
    const auto version = office.store->version();
    REQUIRE(version);
    std::vector<HttpReply> replies;
    while (replies.size() < batch.size()) REQUIRE(intake.take(batch.subspan(replies.size()), at(0), replies));
    const auto commit = [&]() -> Status { return commits ? office.store->commit() : Error{platform::ErrorKind::failed, "disk full"}; };
    const auto ended =
        ahead.over(commit, batch, *version, [&](std::size_t wanted) { return behind.first(std::min(wanted, behind.size())); }, at(1));
    CHECK(ended.has_value() == commits);
    if (!commits) office.store->rollback();
    in_between();
    REQUIRE(office.store->begin());
    const auto ready = ahead.ready(behind, office.store->version(), *office.store);
    CHECK(ahead.ready(behind, office.store->version(), *office.store).empty());  // once
    office.store->rollback();
    return ready.size();
  }
};

}  // namespace

TEST_CASE("what throws while one looks ahead leaves the commit alone, and nothing is ready then") {
  Desk desk;
  const Pc a, b;
  for (const auto* pc : {&a, &b}) desk.office.enrol(*pc);
  const std::vector<HttpRequest> first = {report(a, 1)}, behind = {report(b, 1)};
  REQUIRE(desk.office.store->begin());
  const auto version = desk.office.store->version();
  REQUIRE(version);
  std::vector<HttpReply> replies;
  REQUIRE(desk.intake.take(first, at(0), replies));
  const auto ended = desk.ahead.over([&] { return desk.office.store->commit(); }, first, *version,
                                     [](std::size_t) -> std::span<const HttpRequest> { throw std::runtime_error("behind"); }, at(1));
  CHECK(ended);
  CHECK(desk.office.store->report("yamada", a.id(), {1, 1}));
  REQUIRE(desk.office.store->begin());
  CHECK(desk.ahead.ready(behind, desk.office.store->version(), *desk.office.store).empty());
  desk.office.store->rollback();
}

TEST_CASE("what stands behind a commit is judged meanwhile, but for PCs that are in it or stood before") {
  Desk desk;
  const Pc a, b, c;
  for (const auto* pc : {&a, &b, &c}) desk.office.enrol(*pc);
  const std::vector<HttpRequest> first = {report(a, 1)};
  const auto behind = [&](const std::vector<HttpRequest>& requests) { return desk.ready_behind(first, requests); };
  CHECK(behind({report(b, 1), report(c, 1)}) == 2);
  CHECK(behind({report(b, 1), report(a, 2), report(c, 1)}) == 1);
  CHECK(behind({report(a, 2), report(b, 1)}) == 0);
  CHECK(behind({report(b, 1), report(b, 2), report(c, 1)}) == 1);
  CHECK(behind({report(b, 1), c.request("GET", "/v1/settings", {1, 0}, ""), report(c, 1)}) == 1);
  CHECK(behind({}) == 0);
}

TEST_CASE("what was judged ahead is thrown away when the commit failed, and when anybody wrote since") {
  Desk desk;
  const Pc a, b;
  for (const auto* pc : {&a, &b}) desk.office.enrol(*pc);
  const std::vector<HttpRequest> first = {report(a, 1)};
  const std::vector<HttpRequest> second = {report(b, 1)};
  CHECK(desk.ready_behind(first, second, false) == 0);
  CHECK(desk.ready_behind(first, second) == 1);
  const auto remove_with = [&](Store& store, const char* label) {
    auto device = desk.office.device(b);
    device.standing = Standing::removed;
    device.label = label;  // what is written anew as it was is no change
    REQUIRE(store.begin());
    REQUIRE(store.put_device(device));
    REQUIRE(store.commit());
  };
  CHECK(desk.ready_behind(first, second, true, [&] { remove_with(*desk.office.store, "PC-A"); }) == 0);
  const auto other = desk.office.place.store();  // as another program does
  CHECK(desk.ready_behind(first, second, true, [&] { remove_with(*other, "PC-B"); }) == 0);
}

TEST_CASE("a report that rests on one that is being committed is judged by it") {
  Office office;
  const auto reading = office.place.store();
  office.ingest = std::make_unique<Ingest>(*office.store, office.pepper, 2, nullptr, reading.get());
  auto now = green();
  now["memory"]["last_good"]["pass/x"] = "2026-11-25T00:00:00Z";
  for (int i = 0; i < 10; ++i) {
    const Pc pc;
    office.enrol(pc);
    const std::vector<HttpRequest> first = {report(pc, 1)};
    const std::vector<HttpRequest> second = {pc.changes({1, 2}, at(2), 1, green(), now)};
    std::size_t looked = 0;
    const auto replies = office.ingest->handle_all(first, at(1), [&](std::size_t) {
      ++looked;
      return std::span(second);
    });
    CHECK(looked == 1);
    CHECK(replies.at(0).status == 200);
    const auto receipt = protocol::read_receipt(office.ingest->handle_all(second, at(2)).at(0).body);
    REQUIRE(receipt);
    CHECK_FALSE(receipt->wants_full.has_value());
    CHECK(office.device(pc).current == Position{1, 2});
  }
}

}  // namespace gokajo::tests
