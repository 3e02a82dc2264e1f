/// \file
/// What the list of PCs and the page of one have in common.
#pragma once

#include <string>
#include <vector>

#include "hub/silence.h"
#include "hub/web/visit.h"

namespace gokajo::hub {

/// When it was heard of last, that it rests or waits, and what keeps its newest results away.
std::vector<std::string> contact_sentences(const Visit& visit, const Device& device, Contact contact);

}  // namespace gokajo::hub
