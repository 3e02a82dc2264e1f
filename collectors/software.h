/// \file
/// Which office suites, browsers and runtimes are installed, in which version, and who brings their fixes.
#pragma once

#include <optional>
#include <string_view>

#include "compliance/evidence/device.h"
#include "compliance/evidence/sign_in_windows.h"
#include "compliance/evidence/support.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// The package database of the system, snap and flatpak where they are, and tarballs of Firefox in /opt and /usr/local. Folders of people
/// are not searched.
compliance::Fact<compliance::InstalledSoftware> collect_software_linux(const platform::Host& host, const compliance::Device& device);

/// The lists of installed programs, of the PC and of people who are signed in; and what Office, Chrome and Edge noted of themselves. Apps
/// of the Microsoft Store are not seen.
compliance::Fact<compliance::InstalledSoftware> collect_software_windows(
    const platform::Host& host, const compliance::Fact<std::vector<compliance::WindowsProfile>>& people);

/// What an entry of that list is, or nullopt when it is none of interest. `publisher`: as written there.
std::optional<compliance::SoftwareCopy> software_of_entry(std::string_view name, std::string_view version, std::string_view publisher);

/// What a product id of Office (ProductReleaseIds of Click-to-Run) stands for; nullopt for what is no office suite, its version empty where
/// the id does not tell which release it is.
std::optional<compliance::SoftwareCopy> office_of_product(std::string_view id);

/// What a package of this name is, or nullopt when it is none of interest. `maker`: Maintainer of dpkg, Vendor of rpm.
std::optional<compliance::SoftwareCopy> software_of_package(std::string_view name, std::string_view version, std::string_view maker);

/// "1:24.8.7.2-1+deb12u5" -> "24.8.7.2": what the vendor calls it.
std::string vendor_version(std::string_view package_version);

}  // namespace gokajo::collectors
