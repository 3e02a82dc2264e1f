/// \file
/// All collectors in one call: questions to the PC, answers to facts. Collectors hold no opinion.
#pragma once

#include "compliance/evidence.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Told before each topic is looked at (a key like "updates"); may be empty.
using Progress = void (*)(const char* topic, void* context);

/// What is looked at beside what the checks need.
struct Scope {
  bool inventory = true;
};

/// Asks `host` everything. Never fails: what could not be had is an absent fact with its reason. Declarations are not filled in here.
compliance::Evidence collect(const platform::Host& host, Scope scope = {}, Progress progress = nullptr, void* context = nullptr);

}  // namespace gokajo::collectors
