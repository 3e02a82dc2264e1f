/// \file
/// The command "service" that both programs have on their command lines: install, uninstall, run.
#pragma once

#include <functional>

#include <CLI/App.hpp>

#include "platform/service_manager.h"

namespace gokajo::platform {

/// Adds it below `app`, in Japanese or English, and gives it back for more to be added. `ended` is told the exit code of whichever was run.
/// Of Windows only: elsewhere it says who brings the service. `state`: the folder that `uninstall --purge` removes.
CLI::App* add_service_command(CLI::App& app, bool in_japanese, const ServiceDescription& service, const std::string& state,
                              std::function<void(int)> ended);

}  // namespace gokajo::platform
