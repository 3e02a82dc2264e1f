#include "agent/kept_scan.h"

#include <filesystem>

#include <doctest/doctest.h>

#include "agent/files.h"
#include "collectors/installed_software.h"
#include "tests/support/fake_host.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;

namespace {

const auto kNow = *platform::parse_time("2026-11-26T00:00:00Z");
constexpr const char* kPackage = "kaigo-kiroku-client";

// What an earlier scan remembered: the list of packages.
platform::RememberedAnswers remembered_list() {
  const platform::Question list =
      platform::RunHelper{.helper = "dpkg-query",
                          .arguments = {"-W", "-f", R"(${Package}\t${Version}\t${db:Status-Status}\t${Maintainer}\n)"},
                          .unchanged_while = {"/var/lib/dpkg/status"}};
  REQUIRE(collectors::lists_installed_software(list));
  platform::HelperOutput output;
  output.out.data = std::string(kPackage) + "\t1.0\tinstalled\tsomebody\n";
  return {{platform::question_key(list), {1, {platform::Reply{output}, kNow - std::chrono::hours{1}}}}};
}

struct Pc {
  TemporaryDirectory place;
  std::string directory = place.path() + "/state";
  State state = *State::open(directory, true);

  std::string answers() const { return directory + "/answers.cbor"; }
  bool holds_package() const {
    const auto bytes = read_whole_file(answers(), 1U << 20U);
    return bytes && bytes->find(kPackage) != std::string::npos;
  }
  // A PC that tells nothing, so that nothing is remembered anew.
  bool scan(compliance::Collecting inventory) {
    ScanInput input;
    input.pack = *compliance::built_in_pack("5kajo");
    input.policy.inventory = inventory;
    const auto done = scan_and_keep(FakeHost{}, state, input, kNow, true);
    REQUIRE(done);
    return done->kept.has_value();
  }
};

}  // namespace

TEST_CASE("without an inventory no list of software stays with the remembered answers, readable or not") {
  const auto whole = platform::write_remembered(remembered_list());
  auto torn = whole;
  torn.back() ^= 1;
  for (const auto& bytes : {whole, torn, whole.substr(0, whole.size() - 1), std::string(kPackage)}) {
    Pc pc;
    REQUIRE(write_whole_file(pc.answers(), bytes));
    CHECK(pc.holds_package());
    if (bytes != whole) {  // control: where an inventory is wanted, what cannot be read lies there and harms nobody
      CHECK(pc.scan(compliance::Collecting::on));
      CHECK(pc.holds_package());
    }
    CHECK(pc.scan(compliance::Collecting::off));
    CHECK_FALSE(std::filesystem::exists(pc.answers()));
    CHECK(pc.scan(compliance::Collecting::off));
  }
}

TEST_CASE("nor where the memory cannot be written") {
  Pc pc;
  REQUIRE(pc.state.write_answers(remembered_list()));
  REQUIRE(std::filesystem::create_directories(pc.directory + "/memory.json/in-the-way"));
  CHECK_FALSE(pc.scan(compliance::Collecting::off));
  CHECK_FALSE(pc.holds_package());
}

}  // namespace gokajo::tests
