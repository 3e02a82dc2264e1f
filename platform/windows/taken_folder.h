/// \file
/// The parts of taking a folder into possession (platform/state_directory.h) that a test gives a judge of its own: Wine keeps no access
/// lists.
#pragma once

#include <windows.h>

#include <functional>
#include <optional>
#include <string>

#include "platform/own_access.h"
#include "platform/state_directory.h"

namespace gokajo::platform {

inline constexpr int kMostSetAside = 16;

/// Of an open folder that is no link; nullopt: nothing can be said here (acl_unverifiable).
using FolderJudge = std::function<std::optional<OwnAccess>(HANDLE folder, const std::string& path)>;

/// take_state_directory() with that judge.
Result<TakenDirectory> take_folder(const std::string& path, Time now, const FolderJudge& judge);

/// By its owner and access list.
std::optional<OwnAccess> judge_folder(HANDLE folder, const std::string& path);

/// Whether nothing can be said of access lists in this folder: asked by a file that is gone at once. Only ever true under Wine.
bool keeps_no_access_lists(const std::string& folder);

}  // namespace gokajo::platform
