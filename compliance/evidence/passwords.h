/// \file
/// Facts of the topic "passwords".
#pragma once

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

struct Passwords {};
BOOST_DESCRIBE_STRUCT(Passwords, (), ())

}  // namespace gokajo::compliance
