/// \file
/// What a statement of PostgreSQL answered, in its binary form. A value that this program never wrote makes the whole answer an Error
/// (`damage`), which is looked at once, after reading.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>
#include <libpq-fe.h>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

class Rows;

/// One row; belongs to its Rows. Columns count from 0.
class Row {
 public:
  Row(Rows& rows, int number) : rows_(&rows), number_(number) {}
  bool null(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;
  std::int64_t number(int column) const;
  platform::Time time(int column) const;
  std::optional<std::int64_t> optional_number(int column) const;
  std::optional<platform::Time> optional_time(int column) const;
  template <class E>
  E named(int column) const {
    E value{};
    const auto name = text(column);
    if (!boost::describe::enum_from_string(name.c_str(), value)) damaged(name);
    return value;
  }
  void damaged(const std::string& what) const;

 private:
  std::string_view raw(int column) const;
  Rows* rows_;
  int number_;
};

class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result, PQclear) {}
  int size() const { return PQntuples(result_.get()); }
  Row operator[](int number) { return {*this, number}; }
  int columns() const { return PQnfields(result_.get()); }
  std::string column(int number) const { return PQfname(result_.get(), number); }
  /// What a column holds, else text.
  bool holds_numbers(int column) const;
  bool holds_blobs(int column) const;
  /// Rows that were written or removed.
  std::int64_t changed() const;
  /// As "COMMIT" or "ROLLBACK".
  std::string tag() const { return PQcmdStatus(result_.get()); }
  const std::optional<platform::Error>& damage() const { return damage_; }

  /// All rows, each read by `read`.
  template <class Read>
  auto all(const Read& read) -> platform::Result<std::vector<decltype(read(std::declval<const Row&>()))>> {
    std::vector<decltype(read(std::declval<const Row&>()))> found;
    found.reserve(static_cast<std::size_t>(size()));
    for (int i = 0; i < size(); ++i) found.push_back(read((*this)[i]));
    if (damage_) return *damage_;
    return found;
  }
  /// The first; Error{not_found} naming `what` where there is none.
  template <class Read>
  auto first(const char* what, const Read& read) -> platform::Result<decltype(read(std::declval<const Row&>()))> {
    if (size() == 0) return platform::Error{platform::ErrorKind::not_found, std::string("store: no such ") + what};
    auto found = read((*this)[0]);
    if (damage_) return *damage_;
    return found;
  }

 private:
  friend class Row;
  std::unique_ptr<PGresult, void (*)(PGresult*)> result_;
  std::optional<platform::Error> damage_;
};

}  // namespace gokajo::hub
