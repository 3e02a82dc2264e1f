/// \file
/// Files of [sections] with key=value lines, as GLib (Desktop Entry Specification), Qt and their like read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::collectors::parse {

struct KeyLine {
  std::string section;
  std::string key;
  std::string value;  ///< without blanks around it
  std::int64_t line = 0;
};

/// Every key line in order; lines that begin with # or ; are comments, lines without "=" are left out.
std::vector<KeyLine> parse_key_file(std::string_view text);

}  // namespace gokajo::collectors::parse
