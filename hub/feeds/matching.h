/// \file
/// Which notices are about programs that a company has. What a PC is called is nowhere in it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "hub/feeds/notice.h"

namespace gokajo::hub {

/// Installed on so many PCs, by the name that the PCs write.
struct ProgramCount {
  std::string name;
  std::int64_t pcs = 0;
};

/// By name in small letters. `pcs`: that sent a list, `without`: that sent none, `left_out`: that were not looked at, for there are too
/// many.
struct Programs {
  std::map<std::string, ProgramCount> programs;
  std::int64_t pcs = 0;
  std::int64_t without = 0;
  std::int64_t left_out = 0;
};

/// Notices about one product that the company has on `pcs` PCs (at least: of the program that most have), the newest first.
struct Match {
  compliance::Text name;
  std::int64_t pcs = 0;
  std::vector<Notice> notices;
  bool exploited = false;
};

/// So far back notices are looked at for a month's briefing.
inline constexpr platform::Days kNoticeReaches{45};

/// A known product (hub/feeds/data/products.json) by the words of title, product or CPE; another where the product's name is what an
/// installed program's name begins with. What is exploited first, then what most PCs have.
std::vector<Match> matches(const std::vector<Notice>& notices, const Programs& programs, platform::Time now);

/// Words of letters and digits, in small letters; other characters are between them. Japanese words are as they are written.
std::vector<std::string> words_in(std::string_view text);

}  // namespace gokajo::hub
