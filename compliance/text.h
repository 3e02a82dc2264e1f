/// \file
/// A text in both languages of Gokajo. Japanese is the first.
#pragma once

#include <string>

#include <boost/describe.hpp>

namespace gokajo::compliance {

enum class Language { ja, en };
BOOST_DESCRIBE_ENUM(Language, ja, en)

struct Text {
  std::string ja;
  std::string en;
  const std::string& in(Language language) const { return language == Language::ja ? ja : en; }
};
BOOST_DESCRIBE_STRUCT(Text, (), (ja, en))

}  // namespace gokajo::compliance
