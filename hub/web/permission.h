/// \file
/// Who may open which page. Every route names its need (hub/web/routes.inc); tests try each with each role.
#pragma once

#include <boost/describe.hpp>

#include "hub/people.h"

namespace gokajo::hub {

/// nobody: open to all (signing in). person: whoever signed in. look, manage: in a company, to see it and to change what is kept of it.
/// run_hub: makes companies.
enum class Need { nobody, person, look, manage, run_hub };
BOOST_DESCRIBE_ENUM(Need, nobody, person, look, manage, run_hub)

/// Of a member of the company it is about.
constexpr bool may(Role role, Need need) { return need == Need::look || (need == Need::manage && role != Role::viewer); }

}  // namespace gokajo::hub
