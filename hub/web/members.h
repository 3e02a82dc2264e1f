/// \file
/// People of a company, and what is asked of their names and passwords.
#pragma once

#include <string>
#include <vector>

#include "hub/people.h"

namespace gokajo::hub {

/// One line of 1 to 100 bytes.
bool is_name(const std::string& name);
/// Why this password may not be used, as the last part of a key "problem.…"; empty: it may. `companies`: names of the person's.
std::string password_problem(const std::string& password, const Person& person, const std::vector<std::string>& companies);

}  // namespace gokajo::hub
