#include "agent/spool.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "agent/sequence.h"
#include "protocol/device_key.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using agent::Sequence, agent::Spool, agent::SpoolKind, agent::SpoolLimits;
using platform::ErrorKind;
using protocol::Position, protocol::Receipt;

namespace {

namespace fs = std::filesystem;

const std::string kDevice = protocol::sha256_hex("a device");

Spool opened(const std::string& directory, SpoolLimits limits = {}) {
  auto spool = Spool::open(directory, limits);
  REQUIRE_MESSAGE(spool, spool.error().detail);
  return std::move(*spool);
}

Receipt receipt_for(Position position, std::string_view body, const std::string& device = kDevice) {
  Receipt receipt;
  receipt.device = device;
  receipt.epoch = position.epoch;
  receipt.seq = position.seq;
  receipt.body_sha256 = protocol::sha256_hex(body);
  return receipt;
}

std::vector<std::int64_t> numbers(const Spool& spool) {
  std::vector<std::int64_t> all;
  for (const auto& entry : spool.waiting()) all.push_back(entry.position.seq);
  return all;
}

fs::path only_report(const std::string& directory) {
  for (const auto& entry : fs::directory_iterator(directory))
    if (entry.path().extension() == ".report") return entry.path();
  return {};
}

}  // namespace

TEST_CASE("numbers are reserved before they are used: no restart uses one twice") {
  const TemporaryDirectory place;
  const auto file = place.path() + "/sequence.json";
  CHECK(Sequence::open(file).error().kind == ErrorKind::not_found);
  std::int64_t last = 0;
  {
    auto sequence = Sequence::begin(file, 7);
    REQUIRE(sequence);
    for (int i = 0; i < 100; ++i) {
      const auto next = sequence->next();
      REQUIRE(next);
      CHECK(*next == Position{7, last + 1});
      last = next->seq;
    }
  }
  for (int restart = 0; restart < 5; ++restart) {
    auto sequence = Sequence::open(file);
    REQUIRE(sequence);
    const auto next = sequence->next();
    REQUIRE(next);
    CHECK(next->epoch == 7);
    CHECK(next->seq > last);
    last = next->seq;
  }
  std::ofstream(file) << "{\"format\":\"gokajo-sequence/1\",\"epoch\":7,\"reserved\":-1}";
  CHECK_FALSE(Sequence::open(file));
  std::ofstream(file) << "";
  CHECK_FALSE(Sequence::open(file));
}

TEST_CASE("a number that could not be reserved is not given out") {
  const TemporaryDirectory place;
  fs::create_directory(place.path() + "/state");
  auto sequence = Sequence::begin(place.path() + "/state/sequence.json", 1);
  REQUIRE(sequence);
  fs::remove_all(place.path() + "/state");
  CHECK_FALSE(sequence->next());
}

TEST_CASE("a spooled report is read back as it was, also by the next process, and leaves for its receipt alone") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/spool";
  const std::string body = "{\"a\": \"\xE9\x87\x8E\n\"}\n";
  {
    auto spool = opened(directory);
    REQUIRE(spool.add({1, 5}, SpoolKind::change, body));
    REQUIRE(spool.add({1, 6}, SpoolKind::still_so, ""));
    CHECK_FALSE(spool.add({1, 6}, SpoolKind::change, body));
    CHECK_FALSE(spool.add({1, 4}, SpoolKind::change, body));
  }
  auto spool = opened(directory);
  CHECK(numbers(spool) == std::vector<std::int64_t>{5, 6});
  CHECK(*spool.read({1, 5}) == body);
  CHECK(spool.read({1, 6})->empty());

  CHECK(spool.take(receipt_for({1, 9}, body), kDevice).error().kind == ErrorKind::not_found);
  CHECK_FALSE(spool.take(receipt_for({1, 5}, body + " "), kDevice));
  CHECK_FALSE(spool.take(receipt_for({1, 5}, body, protocol::sha256_hex("another")), kDevice));
  CHECK_FALSE(spool.take(receipt_for({2, 5}, body), kDevice));
  CHECK(numbers(spool) == std::vector<std::int64_t>{5, 6});
  REQUIRE(spool.take(receipt_for({1, 5}, body), kDevice));
  CHECK(spool.take(receipt_for({1, 5}, body), kDevice).error().kind == ErrorKind::not_found);
  CHECK(numbers(opened(directory)) == std::vector<std::int64_t>{6});
  CHECK(spool.discarded().empty());
}

TEST_CASE("when room is short, what only says \"still so\" goes first, the newest never, and every one is counted") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/spool";
  {
    auto spool = opened(directory, {.max_bytes = 1 << 20, .max_entries = 4});
    for (std::int64_t seq = 1; seq <= 10; ++seq) REQUIRE(spool.add({1, seq}, seq % 2 == 0 ? SpoolKind::still_so : SpoolKind::change, "x"));
    // 2, 4, 6, 8 had gone before 1 had to.
    CHECK(numbers(spool) == std::vector<std::int64_t>{5, 7, 9, 10});
    CHECK(spool.discarded().at("no_room") == 6);
  }
  CHECK(opened(directory).discarded().at("no_room") == 6);
  auto spool = opened(directory, {.max_bytes = 2000, .max_entries = 100});
  REQUIRE(spool.add({1, 11}, SpoolKind::change, std::string(1500, 'y')));
  CHECK(spool.waiting().back().position.seq == 11);
  std::int64_t total = 0;
  for (const auto& entry : spool.waiting()) total += entry.bytes;
  CHECK(total <= 2000);
  CHECK(spool.discarded().at("no_room") + static_cast<std::int64_t>(spool.waiting().size()) == 11);
  CHECK(spool.add({1, 12}, SpoolKind::change, std::string(5 << 20, 'z')).error().kind == ErrorKind::too_large);
}

TEST_CASE("an entry that is not what was written goes to quarantine and is counted; the others are delivered") {
  const TemporaryDirectory place;
  for (const char* damage : {"cut", "bit", "empty", "more", "foreign"}) {
    CAPTURE(damage);
    const auto directory = place.path() + "/" + damage;
    auto spool = opened(directory);
    REQUIRE(spool.add({1, 1}, SpoolKind::change, "first report"));
    const auto file = only_report(directory);
    REQUIRE(spool.add({1, 2}, SpoolKind::change, "second report"));
    const auto size = fs::file_size(file);
    if (damage == std::string("cut")) fs::resize_file(file, size - 1);
    if (damage == std::string("empty")) fs::resize_file(file, 0);
    if (damage == std::string("more")) std::ofstream(file, std::ios::app) << "x";
    if (damage == std::string("foreign")) std::ofstream(file) << "gokajo-spool/2 12 abc\nfirst report";
    if (damage == std::string("bit")) {
      std::fstream stream(file, std::ios::in | std::ios::out);
      stream.seekp(static_cast<std::streamoff>(size - 2));
      stream.put('?');
    }
    const auto read = spool.read({1, 1});
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::malformed);
    CHECK(spool.discarded().at("damaged") == 1);
    CHECK(*spool.read({1, 2}) == "second report");
    CHECK(numbers(opened(directory)) == std::vector<std::int64_t>{2});
    CHECK(fs::exists(fs::path(directory) / "quarantine" / file.filename()));
  }
}

TEST_CASE("what a crash left half written was never spooled, and what it left half discarded is counted once") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/spool";
  fs::path file;
  {
    auto spool = opened(directory);
    REQUIRE(spool.add({1, 1}, SpoolKind::change, "a"));
    file = only_report(directory);
    REQUIRE(spool.add({1, 2}, SpoolKind::change, "b"));
  }
  std::ofstream(file.string() + ".a1B2c3") << "gokajo-spool/1 9";
  // Counted, and the power went before the file did.
  std::ofstream(directory + "/counts.json") << R"({"format":"gokajo-spool-counts/1","discarded":{"no_room":1},"going":[")"
                                            << file.filename().string() << "\"]}";
  fs::permissions(directory + "/counts.json", fs::perms::owner_read | fs::perms::owner_write);
  for (int start = 0; start < 2; ++start) {
    const auto spool = opened(directory);
    CHECK(numbers(spool) == std::vector<std::int64_t>{2});
    CHECK(spool.discarded().at("no_room") == 1);
    CHECK_FALSE(fs::exists(file.string() + ".a1B2c3"));
  }
}

TEST_CASE("a spool that others may write is refused") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/spool";
  fs::create_directory(directory);
  fs::permissions(directory, fs::perms::all);
  const auto spool = Spool::open(directory);
  REQUIRE_FALSE(spool);
  CHECK(spool.error().kind == ErrorKind::denied);
}

}  // namespace gokajo::tests
