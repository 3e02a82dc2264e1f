#include "hub/postgres/rows.h"

#include <charconv>
#include <cstring>

#include "hub/postgres/text.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Time;

std::string_view Row::raw(int column) const {
  const auto* result = rows_->result_.get();
  return {PQgetvalue(result, number_, column), static_cast<std::size_t>(PQgetlength(result, number_, column))};
}

bool Row::null(int column) const { return PQgetisnull(rows_->result_.get(), number_, column) != 0; }

std::string Row::text(int column) const { return from_database_text(raw(column)); }

std::string Row::blob(int column) const { return std::string(raw(column)); }

std::int64_t Row::number(int column) const {
  const auto bytes = raw(column);
  if (bytes.size() != 8) {
    damaged("no number");
    return 0;
  }
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

Time Row::time(int column) const {
  const auto seconds = number(column);
  const auto time = platform::time_from_unix(seconds);
  if (!time) damaged(std::to_string(seconds));
  return time.value_or(Time{});
}

std::optional<std::int64_t> Row::optional_number(int column) const {
  if (null(column)) return std::nullopt;
  return number(column);
}

std::optional<Time> Row::optional_time(int column) const {
  if (null(column)) return std::nullopt;
  return time(column);
}

void Row::damaged(const std::string& what) const {
  if (!rows_->damage_) rows_->damage_ = Error{ErrorKind::failed, "database: a row holds \"" + what + "\""};
}

bool Rows::holds_numbers(int column) const {
  constexpr Oid kBigint = 20;  // pg_type.dat: never another
  return PQftype(result_.get(), column) == kBigint;
}

bool Rows::holds_blobs(int column) const {
  constexpr Oid kBytea = 17;
  return PQftype(result_.get(), column) == kBytea;
}

std::int64_t Rows::changed() const {
  const char* count = PQcmdTuples(result_.get());
  std::int64_t value = 0;
  std::from_chars(count, count + std::strlen(count), value);
  return value;
}

}  // namespace gokajo::hub
