#include "platform/bytes.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

// RFC 3629 section 4 (the ABNF of UTF8-octets) and Unicode 15.0 table 3-7.
TEST_CASE("valid UTF-8 is what RFC 3629 says, no overlong form, no surrogate, nothing above U+10FFFF") {
  for (const char* good : {"", "plain", "共有フォルダー", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CAPTURE(good);
    CHECK(is_valid_utf8(good));
  }
  for (const char* bad :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2 ", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE3\x81", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF", "ok\xFF"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_valid_utf8(bad));
  }
}

TEST_CASE("printable text keeps letters, newline and tab, and nothing that moves a cursor or breaks a document") {
  CHECK(printable_utf8("共有\tA\n") == "共有\tA\n");
  CHECK(printable_utf8("\x1B[2Jx") == " [2Jx");
  CHECK(printable_utf8(std::string_view("a\0b", 3)) == "a b");
  CHECK(printable_utf8("a\rb\x7F") == "a b ");
  CHECK(printable_utf8("\xC2\x9B"
                       "31m") == " 31m");  // CSI as one C1 character
  CHECK(printable_utf8("\xFFz") == "\xEF\xBF\xBDz");
  CHECK(printable_utf8("\xE3\x81") == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("printable text cannot be read from behind") {
  CHECK(printable_utf8("PC\xE2\x80\xAE"
                       "fdp.exe") == "PC fdp.exe");
  for (const char* turning : {"\xD8\x9C", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"})
    CHECK(printable_utf8(turning) == " ");
  // Their neighbours stay: zero-width joiner, per mille sign, line separator's end, invisible plus.
  for (const char* other : {"\xE2\x80\x8D", "\xE2\x80\xB0", "\xE2\x80\xAF", "\xE2\x81\xA4", "\xE2\x81\xAA", "\xD8\x9B"})
    CHECK(printable_utf8(other) == other);
  CHECK(printable_utf8("\xD8\xA7") == "\xD8\xA7");  // Arabic letters themselves stay
}

TEST_CASE("printable text holds nothing that is no character") {
  for (const char* none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xEF\xB7\x90", "\xEF\xB7\xAF", "\xF0\x9F\xBF\xBE", "\xF4\x8F\xBF\xBF"})
    CHECK(printable_utf8(none) == " ");
  // Their neighbours stay: the mark of a replaced letter, Arabic ligatures, an emoji, letters of private use.
  for (const char* other : {"\xEF\xBF\xBD", "\xEF\xB7\x8F", "\xEF\xB7\xB0", "\xF0\x9F\xA7\xBE", "\xF4\x8F\xBF\xBD", "\xEF\xAF\xBF"})
    CHECK(printable_utf8(other) == other);
}

TEST_CASE("printable text is valid UTF-8 whatever the bytes were") {
  for (int first = 0; first < 256; ++first)
    for (int second = 0; second < 256; ++second)
      for (const int third : {0x00, 0x1B, 0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xFF}) {
        const std::string text{static_cast<char>(first), static_cast<char>(second), static_cast<char>(third)};
        const auto printed = printable_utf8(text);
        REQUIRE(is_valid_utf8(printed));
        REQUIRE(printed.find('\x1B') == std::string::npos);
        REQUIRE(printed.find('\0') == std::string::npos);
      }
}

}  // namespace gokajo::tests
