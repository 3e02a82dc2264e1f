/// \file
/// Facts of the topic "inventory".
#pragma once

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

struct Inventory {};
BOOST_DESCRIBE_STRUCT(Inventory, (), ())

}  // namespace gokajo::compliance
