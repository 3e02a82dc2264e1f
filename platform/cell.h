/// \file
/// One value of a table that Windows answers with (a registry value, a property of WMI, a field of an API's structure), and its row.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/bytes.h"
#include "platform/json_form.h"

namespace gokajo::platform {

/// Nothing (a VT_NULL, a field the call leaves open), a truth value, a whole number (unsigned 64-bit numbers above the largest signed one
/// are text of decimal digits), text in UTF-8 (what is no valid UTF-16 becomes U+FFFD), a list of texts, or bytes. In JSON: null, true, 5,
/// "text", ["a", "b"], {"base64": "…"}.
struct Cell {
  std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>, Bytes> value;

  std::optional<bool> truth() const { return as<bool>(); }
  std::optional<std::int64_t> number() const { return as<std::int64_t>(); }
  std::optional<std::string> text() const { return as<std::string>(); }
  std::optional<std::vector<std::string>> list() const { return as<std::vector<std::string>>(); }
  std::optional<Bytes> bytes() const { return as<Bytes>(); }

 private:
  template <class T>
  std::optional<T> as() const {
    const auto* held = std::get_if<T>(&value);
    return held ? std::optional<T>(*held) : std::nullopt;
  }
};

template <>
struct JsonForm<Cell> {
  static Json write(const Cell& cell);
  static Status read(const Json& json, Cell& out, const Place& place);
  static Json schema(SchemaDefinitions& definitions);
};

/// By name of property or column. What a row lacks, the system did not tell.
using Row = std::map<std::string, Cell>;

/// The cell of that name, or nullptr.
const Cell* cell_of(const Row& row, const std::string& name);

}  // namespace gokajo::platform
