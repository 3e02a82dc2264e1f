/// \file
/// Facts of the topic "antivirus".
#pragma once

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

struct Antivirus {};
BOOST_DESCRIBE_STRUCT(Antivirus, (), ())

}  // namespace gokajo::compliance
