/// \file
/// The lists of installed software that a Linux PC keeps: its package manager's, snap's and flatpak's. Whoever needs one goes through it
/// here, so that within one scan each is asked once (platform/snapshot.h, RecordingHost).
#pragma once

#include <functional>
#include <string_view>

#include "compliance/evidence/device.h"
#include "platform/host.h"

namespace gokajo::collectors {

enum class PackageDatabase { dpkg, rpm, pacman };

/// Of the system's own package manager; dpkg where it is not known which one that is.
PackageDatabase package_database_of(const compliance::Device& device);

/// `maker`: Maintainer of dpkg, Vendor of rpm, "arch linux" for pacman's own databases and empty for what came from elsewhere. The views
/// end with the call.
using TakePackage = std::function<void(std::string_view name, std::string_view version, std::string_view maker)>;
/// Calls `take` for every installed package; removed ones whose configuration stays are none. Errors: those of the helper, failed,
/// malformed; then what was taken is not the list.
platform::Seen<platform::Done> for_each_package(const platform::Host& host, PackageDatabase database, const TakePackage& take);

/// Snaps in use. `held`: a person holds its updates back.
using TakeSnap = std::function<void(std::string_view name, std::string_view version, bool held)>;
platform::Seen<platform::Done> for_each_snap(const platform::Host& host, const TakeSnap& take);

/// Applications installed for everybody, by their id ("org.mozilla.firefox").
using TakeFlatpak = std::function<void(std::string_view id, std::string_view version)>;
platform::Seen<platform::Done> for_each_flatpak(const platform::Host& host, const TakeFlatpak& take);

/// Whether the answer to this question is a list of all that is installed.
bool lists_installed_software(const platform::Question& question);

}  // namespace gokajo::collectors
