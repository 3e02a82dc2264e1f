/// \file
/// Text on its way into PostgreSQL, which takes valid UTF-8 without zeros only. SQLite takes any bytes, and a name cut in the middle of a
/// letter must not keep a PC's reports out. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gokajo::hub {

/// `text` with each byte that PostgreSQL would refuse as a letter of its own: U+F700 and its value. What comes as such a letter is written
/// in the same way, so that every text comes back as it was.
std::string to_database_text(std::string_view text);
std::string from_database_text(std::string_view stored);

}  // namespace gokajo::hub
