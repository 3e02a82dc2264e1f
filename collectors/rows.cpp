#include "collectors/rows.h"

namespace gokajo::collectors {

using platform::Error, platform::ErrorKind, platform::Result, platform::Row, platform::Seen;

namespace {

template <class T>
Result<std::optional<T>> typed(const Row& row, const std::string& name, std::optional<T> (platform::Cell::*read)() const,
                               const char* what) {
  const auto* cell = platform::cell_of(row, name);
  if (!cell) return std::optional<T>();
  auto value = (cell->*read)();
  if (!value) return Error{ErrorKind::malformed, name + ": expected " + what};
  return value;
}

}  // namespace

Result<std::optional<std::int64_t>> number_in(const Row& row, const std::string& name) {
  return typed(row, name, &platform::Cell::number, "a number");
}

Result<std::optional<std::string>> text_in(const Row& row, const std::string& name) {
  return typed(row, name, &platform::Cell::text, "text");
}

Result<std::optional<bool>> truth_in(const Row& row, const std::string& name) {
  return typed(row, name, &platform::Cell::truth, "true or false");
}

Error missing_in(const Row& row, const std::string& name) {
  const auto* cell = platform::cell_of(row, name + "_error");
  ErrorKind kind = ErrorKind::not_asked;
  if (cell && !boost::describe::enum_from_string(cell->text().value_or("").c_str(), kind)) kind = ErrorKind::failed;
  return {kind, name};
}

Seen<Row> values_of(const platform::Host& host, const platform::ReadRegistry& question) {
  auto seen = ask(host, question);
  Seen<Row> values{Error{}, seen.source, seen.observed_at};
  if (!seen && seen.error().kind == ErrorKind::not_found)
    values.result = Row{};
  else if (!seen)
    values.result = seen.error();
  else if (seen->keys.empty() || !seen->keys.front().path.empty())
    values.result = Error{ErrorKind::malformed, seen.source + ": the answer lacks the key itself"};
  else
    values.result = std::move(seen.result->keys.front().values);
  return values;
}

}  // namespace gokajo::collectors
