/// \file
/// Which office suites, browsers and runtimes are installed, in which version, and who brings their fixes.
#pragma once

#include <optional>
#include <string_view>

#include "compliance/evidence/device.h"
#include "compliance/evidence/support.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// The package database of the system, snap and flatpak where they are, and tarballs of Firefox in /opt and /usr/local. Folders of people
/// are not searched.
compliance::Fact<compliance::InstalledSoftware> collect_software_linux(const platform::Host& host, const compliance::Device& device);

/// What a package of this name is, or nullopt when it is none of interest. `maker`: Maintainer of dpkg, Vendor of rpm.
std::optional<compliance::SoftwareCopy> software_of_package(std::string_view name, std::string_view version, std::string_view maker);

/// "1:24.8.7.2-1+deb12u5" -> "24.8.7.2": what the vendor calls it.
std::string vendor_version(std::string_view package_version);

}  // namespace gokajo::collectors
