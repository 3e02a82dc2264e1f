/// \file
/// Which accounts belong to people, and which of them are administrators.
#pragma once

#include <vector>

#include "compliance/evidence/extras.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Fact<std::vector<compliance::PersonAccount>> collect_people_linux(const platform::Host& host);

}  // namespace gokajo::collectors
