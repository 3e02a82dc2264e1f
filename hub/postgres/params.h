/// \file
/// Values on their way into a statement of PostgreSQL, in its binary form. Text is made fit for it (hub/postgres/text.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::hub {

/// Bytes that are no text (bytea).
struct Blob {
  std::string_view bytes;
};
using Words = std::vector<std::string>;
using Numbers = std::vector<std::int64_t>;

/// A number is a bigint, a time the seconds since 1970. Not thread-safe.
class Params {
 public:
  Params() = default;
  template <class... Values>
  explicit Params(const Values&... values) {
    (add(values), ...);
  }

  void add(std::string_view text);
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(const char* text) { add(std::string_view(text)); }
  void add(std::int64_t number);
  void add(int number) { add(static_cast<std::int64_t>(number)); }
  void add(bool) = delete;
  void add(platform::Time time) { add(static_cast<std::int64_t>(time.time_since_epoch().count())); }
  void add(Blob blob);
  /// text[] and bigint[].
  void add(const Words& words);
  void add(const Numbers& numbers);
  template <class T>
  void add(const std::optional<T>& value) {
    if (value) {
      add(*value);
    } else {
      values_.emplace_back();
    }
  }
  template <class T>
  void add(const T* value) = delete;

  std::size_t size() const { return values_.size(); }
  /// nullopt: NULL.
  const std::optional<std::string>& operator[](std::size_t index) const { return values_[index]; }

 private:
  std::vector<std::optional<std::string>> values_;
};

/// A number as PostgreSQL sends it: the most significant byte first.
void append_big_endian(std::string& out, std::uint64_t value, int bytes);

}  // namespace gokajo::hub
