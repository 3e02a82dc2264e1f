/// \file
/// Facts of the topic "sharing".
#pragma once

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

struct Sharing {};
BOOST_DESCRIBE_STRUCT(Sharing, (), ())

}  // namespace gokajo::compliance
