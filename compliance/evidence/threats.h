/// \file
/// Facts of the topic "threats".
#pragma once

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

struct Threats {};
BOOST_DESCRIBE_STRUCT(Threats, (), ())

}  // namespace gokajo::compliance
