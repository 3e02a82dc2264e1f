#include "compliance/data_file.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace compliance;

TEST_CASE("an id may be a file's name and nothing else") {
  for (const char* good : {"5kajo", "2026-autumn-ransomware", "a"}) CHECK_MESSAGE(is_data_id(good), good);
  CHECK(is_data_id(std::string(64, 'a')));
  for (const char* bad : {"", "-a", "../x", "a/b", "a\\b", "A", ".", "..", "a.json", "a b", "a\n", "\u3042"})
    CHECK_MESSAGE(!is_data_id(bad), bad);
  CHECK_FALSE(is_data_id(std::string(65, 'a')));
  CHECK_FALSE(is_data_id(std::string_view("a\0b", 3)));
}

TEST_CASE("versions are compared number by number") {
  for (const char* good : {"1", "2026.11.1", "0.0.0.0", "999999999"}) CHECK_MESSAGE(is_data_version(good), good);
  for (const char* bad : {"", ".", "1.", ".1", "1..2", "01", "1.2.3.4.5", "1a", "-1", "1000000000", " 1"})
    CHECK_MESSAGE(!is_data_version(bad), bad);
  CHECK(is_later_version("2026.11.10", "2026.11.9"));
  CHECK(is_later_version("2027", "2026.11.9"));
  CHECK(is_later_version("2026.11.1", "2026.11"));
  CHECK_FALSE(is_later_version("2026.11", "2026.11.1"));
  CHECK_FALSE(is_later_version("2026.11.1", "2026.11.1"));
  CHECK_FALSE(is_later_version("9999", "x"));
  CHECK_FALSE(is_later_version("x", "1"));
}

}  // namespace gokajo::tests
