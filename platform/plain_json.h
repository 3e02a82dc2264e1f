/// \file
/// The plain part of JSON, which is all that programs of ours write, read several times as fast as nlohmann's parser reads it. Whatever is
/// out of the ordinary, right or wrong, is left to that parser: it alone says what is JSON, and what is wrong with a text that is none.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/bytes.h"

namespace gokajo::platform {

/// One text, read once. `Events` is a handler as of nlohmann::json::sax_parse(); it bounds the depth.
template <class Events>
class PlainJson {
 public:
  PlainJson(std::string_view text, Events& events) : at_(text.data()), end_(text.data() + text.size()), events_(events) {}

  /// False: refused by the handler, or not plain: an escape in hex, a fraction, a number of more than 18 digits, or no JSON at all. What
  /// the handler got until then means nothing.
  bool read() {
    if (!value()) return false;
    skip_blanks();
    return at_ == end_;
  }

 private:
  bool value() {
    skip_blanks();
    if (at_ == end_) return false;
    switch (*at_) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return quoted() && events_.string(string_);
      case 't':
        return word("true") && events_.boolean(true);
      case 'f':
        return word("false") && events_.boolean(false);
      case 'n':
        return word("null") && events_.null();
      default:
        return number();
    }
  }

  bool object() {
    ++at_;
    if (!events_.start_object(kNotTold)) return false;
    if (next('}')) return events_.end_object();
    do {
      skip_blanks();
      if (!quoted() || !events_.key(string_) || !next(':') || !value()) return false;
    } while (next(','));
    return next('}') && events_.end_object();
  }

  bool array() {
    ++at_;
    if (!events_.start_array(kNotTold)) return false;
    if (next(']')) return events_.end_array();
    do {
      if (!value()) return false;
    } while (next(','));
    return next(']') && events_.end_array();
  }

  // Into string_.
  bool quoted() {
    if (at_ == end_ || *at_ != '"') return false;
    const char* from = ++at_;
    string_.clear();
    bool ascii = true;
    for (;; ++at_) {
      while (at_ != end_ && kOrdinary[static_cast<std::uint8_t>(*at_)]) ++at_;
      if (at_ == end_) return false;
      if (static_cast<std::uint8_t>(*at_) >= 0x80) {
        ascii = false;
        continue;
      }
      string_.append(from, at_);
      if (*at_ == '"') break;
      if (*at_ != '\\' || ++at_ == end_ || !unescaped(*at_)) return false;
      from = at_ + 1;
    }
    ++at_;
    return ascii || is_valid_utf8(string_);
  }

  bool unescaped(char escape) {
    static constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    const auto which = kEscapes.find(escape);
    if (which == std::string_view::npos) return false;
    string_ += kMeant[which];
    return true;
  }

  bool number() {
    const bool negative = *at_ == '-';
    if (negative) ++at_;
    const char* from = at_;
    std::uint64_t number = 0;
    while (at_ != end_ && *at_ >= '0' && *at_ <= '9' && at_ - from < kDigits)
      number = number * 10 + static_cast<std::uint64_t>(*at_++ - '0');
    if (at_ == from || (*from == '0' && at_ - from > 1)) return false;
    // A further digit, a fraction or an exponent; nothing else can follow a number that is JSON and is read on as something else.
    if (at_ != end_ && ((*at_ >= '0' && *at_ <= '9') || *at_ == '.' || *at_ == 'e' || *at_ == 'E')) return false;
    return negative ? events_.number_integer(-static_cast<std::int64_t>(number)) : events_.number_unsigned(number);
  }

  bool word(std::string_view expected) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  bool next(char expected) {
    skip_blanks();
    if (at_ == end_ || *at_ != expected) return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  }

  static constexpr std::size_t kNotTold = static_cast<std::size_t>(-1);
  static constexpr std::ptrdiff_t kDigits = 18;  // any such number fits into 64 bits with its sign
  static constexpr auto kOrdinary = [] {
    std::array<bool, 256> ordinary{};
    for (unsigned c = 0x20; c < 0x80; ++c) ordinary[c] = c != '"' && c != '\\';
    return ordinary;
  }();

  const char* at_;
  const char* end_;
  Events& events_;
  std::string string_;
};

}  // namespace gokajo::platform
