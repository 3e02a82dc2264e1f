/// \file
/// Who runs this program, and what it is connected to: for the places of our own files and the face of the command line. Never a fact.
#pragma once

#include <cstdint>
#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// `login`: the account's name, or its number where it has none. `home`: from the environment where it is absolute, else from the account.
/// `through_sudo`: a person's account started this as root.
struct Invoker {
  bool elevated = false;
  std::int64_t uid = 0;
  std::string login;
  std::string home;
  bool through_sudo = false;
};

Invoker current_invoker();

enum class Stream { in, out, err };
bool is_terminal(Stream stream);

/// Columns of the terminal standard output goes to; 80 where there is none.
int terminal_columns();

/// Makes `path` and what is missing above it (mode 0700). Error{denied} when it is no real directory, or belongs to another than the
/// invoker, or others may write to it: nothing in it can be trusted then. `detail` names it.
Status own_private_directory(const std::string& path);

}  // namespace gokajo::platform
