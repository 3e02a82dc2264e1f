#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>

#include <doctest/doctest.h>

#include "platform/linux/filter_tables.h"

namespace gokajo::tests {

using namespace platform;

namespace {

// A message of linux/netlink.h: length, type, flags, sequence, port.
std::string message(std::uint16_t type, std::uint16_t flags, const std::string& body) {
  const std::uint32_t length = static_cast<std::uint32_t>(16 + body.size()), nothing = 0;
  std::string bytes(16, '\0');
  std::memcpy(bytes.data(), &length, 4);
  std::memcpy(bytes.data() + 4, &type, 2);
  std::memcpy(bytes.data() + 6, &flags, 2);
  std::memcpy(bytes.data() + 8, &nothing, 4);
  bytes += body;
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

std::string number(std::int32_t value) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &value, 4);
  return bytes;
}

// NFT_MSG_NEWTABLE (0x0a00) with NFTA_TABLE_NAME; `name` has at most three characters.
std::string table(std::uint8_t family, const std::string& name) {
  std::string attribute = {static_cast<char>(5 + name.size()), 0, 1, 0};
  attribute += name + std::string(4 - name.size(), '\0');
  return message(0x0a00, 2, std::string({static_cast<char>(family), 0, 0, 0}) + attribute);
}

std::string done(std::int32_t code = 0) { return message(3, 2, number(code)); }

ErrorKind refused_as(const std::string& datagram) {
  FilterTables tables;
  const auto last = parse_filter_tables(datagram, tables);
  REQUIRE_FALSE(last);
  return last.error().kind;
}

std::vector<std::string> names(const FilterTables& tables) {
  std::vector<std::string> all;
  for (const auto& one : tables.tables) all.push_back(one.family + " " + one.name);
  return all;
}

}  // namespace

TEST_CASE("the kernel's list of tables is read to its end, over several datagrams") {
  FilterTables tables;
  const auto first = parse_filter_tables(table(1, "a") + table(2, "bb") + table(10, "ccc"), tables);
  REQUIRE(first);
  CHECK_FALSE(*first);
  const auto second = parse_filter_tables(table(5, "d") + table(7, "e") + table(3, "f") + table(77, "g") + done(), tables);
  REQUIRE(second);
  CHECK(*second);
  CHECK(names(tables) == std::vector<std::string>{"inet a", "ip bb", "ip6 ccc", "netdev d", "bridge e", "arp f", "77 g"});
}

// What Linux 6.18 answered: without CAP_NET_ADMIN, to a subsystem no module answers for, while tables came and went.
TEST_CASE("a refusal, a kernel without nftables, a list that changed and a broken answer are no list without tables") {
  const std::string request(16, '\0');
  CHECK(refused_as(message(2, 0, number(-EPERM) + request)) == ErrorKind::denied);
  CHECK(refused_as(message(2, 0, number(-EINVAL) + request)) == ErrorKind::unsupported);
  CHECK(refused_as(message(2, 0, number(-ENOMEM) + request)) == ErrorKind::failed);
  CHECK(refused_as(message(2, 0, number(0) + request)) == ErrorKind::malformed);
  CHECK(refused_as(done(-ENOMEM)) == ErrorKind::failed);
  CHECK(refused_as(message(3, 2 | 0x10, number(0))) == ErrorKind::timed_out);
  CHECK(refused_as(message(4, 0, number(0))) == ErrorKind::failed);
  CHECK(refused_as(message(3, 2, "")) == ErrorKind::malformed);
  CHECK(refused_as(table(1, "")) == ErrorKind::malformed);
  CHECK(refused_as(message(0x0a00, 2, "")) == ErrorKind::malformed);
  CHECK(refused_as("short") == ErrorKind::malformed);
  std::string many;
  for (int i = 0; i < 5000; ++i) many += table(1, "a");
  CHECK(refused_as(many) == ErrorKind::too_large);
}

TEST_CASE("an answer that breaks off or is garbled never names the end too early, and never crashes") {
  const auto whole = table(1, "a") + table(2, "bb") + done();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    FilterTables tables;
    const auto last = parse_filter_tables(whole.substr(0, length), tables);
    CHECK_FALSE((last && *last));
  }
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    auto bytes = whole;
    for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
    FilterTables tables;
    (void)parse_filter_tables(bytes, tables);
  }
}

// The judge is the real nft, in a network namespace of a thread's own, which the programs it starts share. Needs root; a kernel without
// nftables or a PC without nft proves nothing here.
TEST_CASE("the tables are those that nft itself lists, of this network namespace") {
  if (geteuid() != 0 || std::system("command -v nft >/dev/null && nft list tables >/dev/null 2>&1") != 0) {
    MESSAGE("not root, or no nft: the real kernel was not asked");
    return;
  }
  const auto outside = list_filter_tables();
  REQUIRE(outside);
  struct Row {
    const char* command;
    std::vector<std::string> expected;
  };
  const Row rows[] = {
      {"true", {}},
      {"nft add table inet filter", {"inet filter"}},
      {"nft 'add table ip filter; add table ip6 filter'", {"ip filter", "ip6 filter"}},
      {"nft 'add table netdev early; add table bridge b; add table arp a'", {"arp a", "bridge b", "netdev early"}},
      {"for i in $(seq 1 900); do echo add table ip a-table-with-a-rather-long-name-$i; done | nft -f -", {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.command);
    bool own = false;
    int made = -1;
    Result<FilterTables> found = Error{};
    std::thread([&] {
      own = unshare(CLONE_NEWNET) == 0;
      if (!own) return;
      made = std::system(row.command);
      found = list_filter_tables();
    }).join();
    if (!own) {
      MESSAGE("no network namespace of its own: the real kernel was not asked");
      return;
    }
    CHECK(made == 0);
    REQUIRE(found);
    CHECK(found->nftables);
    if (std::strstr(row.command, "seq") != nullptr)
      CHECK(found->tables.size() == 900);
    else
      CHECK(names(*found) == row.expected);
  }
  CHECK(names(*list_filter_tables()) == names(*outside));
}

TEST_CASE("without the right to ask the kernel's tables are denied, not absent") {
  if (geteuid() != 0) {
    CHECK(list_filter_tables().error().kind == ErrorKind::denied);
    return;
  }
  // A child without capabilities: nfnetlink_rcv() looks at those of the process that opened the socket and of the one that sends.
  const pid_t child = fork();
  if (child == 0) {
    if (setuid(65534) != 0) _exit(3);
    const auto tables = list_filter_tables();
    _exit(!tables && tables.error().kind == ErrorKind::denied ? 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

}  // namespace gokajo::tests
