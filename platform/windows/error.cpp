#include "platform/windows/error.h"

#include <cstdio>

namespace gokajo::platform {

// evidence of each number: Microsoft, "System Error Codes", "WMI Error Constants", "Network Management Error Codes".
ErrorKind kind_of_windows(unsigned long code) {
  switch (code) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_NOT_FOUND:
    case ERROR_INVALID_DRIVE:
    case ERROR_BAD_NETPATH:
    case ERROR_SERVICE_DOES_NOT_EXIST:
    case ERROR_NONE_MAPPED:
    case 0x80070002UL:  // the same two as HRESULT
    case 0x80070003UL:
    case 2220:  // NERR_GroupNotFound
    case 2221:  // NERR_UserNotFound
      return ErrorKind::not_found;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_WRITE_PROTECT:
    case ERROR_PRIVILEGE_NOT_HELD:
    case ERROR_CANT_ACCESS_FILE:
    case 0x80070005UL:
    case 0x80041003UL:  // WBEM_E_ACCESS_DENIED
    case 0xC0000022UL:  // STATUS_ACCESS_DENIED
      return ErrorKind::denied;
    case WAIT_TIMEOUT:
    case ERROR_TIMEOUT:
    case ERROR_SEM_TIMEOUT:
    case 0x00040004UL:  // WBEM_S_TIMEDOUT
    case 0x800705B4UL:
      return ErrorKind::timed_out;
    case ERROR_CALL_NOT_IMPLEMENTED:
    case ERROR_NOT_SUPPORTED:
    case ERROR_SERVICE_NOT_ACTIVE:
    case ERROR_PROC_NOT_FOUND:
    case ERROR_MOD_NOT_FOUND:
    case ERROR_INVALID_FUNCTION:
    case 0x8004100EUL:  // WBEM_E_INVALID_NAMESPACE
    case 0x80041010UL:  // WBEM_E_INVALID_CLASS
    case 0x80041002UL:  // WBEM_E_NOT_FOUND
    case 0x8004102EUL:  // WBEM_E_INVALID_METHOD
    case 0x80040154UL:  // REGDB_E_CLASSNOTREG
    case 0x80004001UL:  // E_NOTIMPL
    case 0x80004002UL:  // E_NOINTERFACE
      return ErrorKind::unsupported;
    default:
      return ErrorKind::failed;
  }
}

Error windows_error(const std::string& where, unsigned long code) {
  char number[32];
  if (code > 0xFFFFUL)
    std::snprintf(number, sizeof(number), "0x%08lX", code);
  else
    std::snprintf(number, sizeof(number), "%lu", code);
  return {kind_of_windows(code), where + ": error " + number};
}

Error last_windows_error(const std::string& where) {
  const auto code = GetLastError();
  return windows_error(where, code);
}

}  // namespace gokajo::platform
