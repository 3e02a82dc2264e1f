#include "hub/postgres/text.h"

#include <doctest/doctest.h>

#include "platform/bytes.h"

namespace gokajo::tests {

using hub::to_database_text, hub::from_database_text;

TEST_CASE("every text comes back from PostgreSQL as it was, whatever bytes it has") {
  std::vector<std::string> texts = {"",
                                    "PC-01 設計",
                                    std::string("a\0b", 3),
                                    "\xFF",
                                    "\xE8\xA8",
                                    "\xE8\xA8\xAD\xE8",
                                    "\xF0\x9F\x98\x80",
                                    "（全角）",
                                    "\xEF\x9C\x80",
                                    "\xEF\x9F\xBF",
                                    "\xEF",
                                    "\xEF\x9C",
                                    "\xED\xA0\x80",
                                    "\xC0\x80",
                                    "a\xEF\x9D\x81z"};
  for (int first = 0; first < 256; ++first)
    for (int second = 0; second < 256; ++second) texts.push_back({static_cast<char>(first), static_cast<char>(second), 'x'});
  for (const auto& text : texts) {
    const auto stored = to_database_text(text);
    CHECK(platform::is_valid_utf8(stored));
    CHECK(stored.find('\0') == std::string::npos);
    CHECK(from_database_text(stored) == text);
  }
  CHECK(to_database_text("PC-01 設計（全角）") == "PC-01 設計（全角）");
}

}  // namespace gokajo::tests
