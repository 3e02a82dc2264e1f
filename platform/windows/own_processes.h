/// \file
/// Other processes of this very program, by the path of their file.
#pragma once

#include <windows.h>

#include <vector>

#include "platform/result.h"
#include "platform/windows/handle.h"

namespace gokajo::platform {

struct OwnProcess {
  DWORD id = 0;
  Handle handle;
};

/// Those this one may open with `access`, itself left out.
Result<std::vector<OwnProcess>> others_of_this_program(DWORD access);

}  // namespace gokajo::platform
