/// \file
/// Windows' error numbers as our kinds of error. The number is said, never Windows' text for it, which is in the PC's language.
#pragma once

#include <windows.h>

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Of a Win32 error code (GetLastError, NET_API_STATUS) or an HRESULT.
ErrorKind kind_of_windows(unsigned long code);

/// "<where>: error 5"; HRESULTs as "0x80070005".
Error windows_error(const std::string& where, unsigned long code);

/// Of the calling thread's last error; to be called before anything else can change it.
Error last_windows_error(const std::string& where);

}  // namespace gokajo::platform
