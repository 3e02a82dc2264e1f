/// \file
/// Facts of the topic "updates".
#pragma once

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

struct Updates {};
BOOST_DESCRIBE_STRUCT(Updates, (), ())

}  // namespace gokajo::compliance
