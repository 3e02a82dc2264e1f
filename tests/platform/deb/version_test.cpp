#include "platform/deb/version.h"

#include <unistd.h>

#include <iterator>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "platform/process.h"

namespace gokajo::tests {

namespace {

// A version as deb-version(7) allows it, made to collide: few characters, short parts.
std::string random_version(std::mt19937& random) {
  const std::string upstream = "0019az.+~Z-";
  const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  std::string text;
  if (pick(4) == 0) text = std::to_string(pick(3)) + ":";
  text += static_cast<char>('0' + pick(3));
  for (std::size_t n = pick(6); n > 0; --n) text += upstream[pick(upstream.size())];
  if (pick(2) == 0) {
    text += "-";
    for (std::size_t n = 1 + pick(3); n > 0; --n) text += upstream[pick(upstream.size() - 1)];
  }
  return text.ends_with('-') ? text + "0" : text;  // an empty revision is no version
}

// What dpkg itself says: the program whose order this is.
bool dpkg_says(const std::string& a, const char* relation, const std::string& b) {
  const auto output = platform::run_process(
      {.program = "/usr/bin/dpkg", .arguments = {"--compare-versions", a, relation, b}, .environment = {"PATH=/usr/bin:/bin", "LC_ALL=C"}});
  REQUIRE(output);
  REQUIRE_MESSAGE(output->exit_code <= 1, a << " " << b << ": " << output->err);
  return output->exit_code == 0;
}

}  // namespace

TEST_CASE("Debian versions are ordered as dpkg orders them") {
  if (access("/usr/bin/dpkg", X_OK) != 0) return;  // other families have no dpkg to ask
  std::mt19937 random(20261123);
  for (int i = 0; i < 300; ++i) {
    const auto a = random_version(random), b = random_version(random);
    const int ours = platform::deb::compare_versions(a, b);
    CAPTURE(a);
    CAPTURE(b);
    CHECK(dpkg_says(a, ours < 0 ? "lt" : ours > 0 ? "gt" : "eq", b));
  }
}

TEST_CASE("the examples of deb-version(7): a tilde sorts before the end of a part, letters before other characters") {
  const char* ordered[] = {"~~", "~~a", "~", "", "a"};
  for (std::size_t i = 0; i + 1 < std::size(ordered); ++i) CHECK(platform::deb::compare_versions(ordered[i], ordered[i + 1]) < 0);
}

TEST_CASE("any two texts have one order, whatever they are") {
  std::mt19937 random(7);
  const auto garbage = [&] {
    std::string text(std::uniform_int_distribution<std::size_t>(0, 12)(random), ' ');
    for (auto& c : text) c = static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    return text;
  };
  for (int i = 0; i < 2000; ++i) {
    const auto a = garbage(), b = garbage();
    const int one = platform::deb::compare_versions(a, b), other = platform::deb::compare_versions(b, a);
    CHECK(((one < 0 && other > 0) || (one > 0 && other < 0) || (one == 0 && other == 0)));
    CHECK(platform::deb::compare_versions(a, a) == 0);
  }
}

}  // namespace gokajo::tests
