/// \file
/// Filling a row: what a call told, or why it did not.
#pragma once

#include <windows.h>

#include <string>
#include <utility>

#include "platform/cell.h"
#include "platform/result.h"
#include "platform/windows/error.h"

namespace gokajo::platform::api {

inline Cell cell(bool truth) { return Cell{truth}; }
inline Cell cell(std::int64_t number) { return Cell{number}; }
inline Cell cell(int number) { return Cell{static_cast<std::int64_t>(number)}; }
inline Cell cell(unsigned int number) { return Cell{static_cast<std::int64_t>(number)}; }
inline Cell cell(unsigned long number) { return Cell{static_cast<std::int64_t>(number)}; }
inline Cell cell(std::string text) { return Cell{std::move(text)}; }
inline Cell cell(std::vector<std::string> list) { return Cell{std::move(list)}; }

/// "<column>_error": the name of the error's kind.
inline void put_error(Row& row, const std::string& column, unsigned long code) {
  row[column + "_error"] = Cell{std::string(boost::describe::enum_to_string(kind_of_windows(code), "failed"))};
}

/// A function of a DLL of System32 that this Windows may lack; nullptr then. The DLL stays loaded.
template <class Function>
Function find_function(const wchar_t* library, const char* name) {
  const auto module = LoadLibraryExW(library, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  return module ? reinterpret_cast<Function>(reinterpret_cast<void*>(GetProcAddress(module, name))) : nullptr;
}

}  // namespace gokajo::platform::api
