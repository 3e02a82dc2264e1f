#include "protocol/setup.h"

#include "platform/json_form.h"

namespace gokajo::protocol {

std::string write_setup(const Setup& setup) { return platform::to_form(setup).dump(2) + "\n"; }

}  // namespace gokajo::protocol
