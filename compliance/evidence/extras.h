/// \file
/// Facts of the extras: accounts that are administrators (backup, disk, Wi-Fi and AutoRun stand in headers of their own).
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// A person's account. `daily`: it can sign in (a shell, a uid of the people's range). `administrator_by`: why it is an administrator ("group
/// sudo"), empty when it is not.
struct PersonAccount {
  std::string name;
  bool daily = false;
  std::string administrator_by;
};
BOOST_DESCRIBE_STRUCT(PersonAccount, (), (name, daily, administrator_by))

struct Extras {
  Fact<std::vector<PersonAccount>> people;
};
BOOST_DESCRIBE_STRUCT(Extras, (), (people))

}  // namespace gokajo::compliance
