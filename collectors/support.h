/// \file
/// What a PC's own files say of the end of its release, and which paid extension it is attached to.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compliance/evidence/device.h"
#include "compliance/evidence/support.h"
#include "compliance/evidence/windows_updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Fact<compliance::UbuntuPro> collect_ubuntu_pro_linux(const platform::Host& host, const compliance::Device& device);
compliance::Fact<std::vector<compliance::SaidEnd>> collect_ends_said_linux(const platform::Host& host, const compliance::Device& device);
compliance::Fact<compliance::ReleasePin> collect_release_pin_linux(const platform::Host& host, const compliance::Device& device);

/// Extended updates of Windows 10; of every other Windows they are unsupported and nothing is asked.
compliance::Fact<compliance::ExtendedLicences> collect_extended_licences_windows(const platform::Host& host,
                                                                                 const compliance::Device& device);
compliance::Fact<compliance::ExtendedEnrolment> collect_extended_enrolment_windows(const platform::Host& host,
                                                                                   const compliance::Device& device);

/// The row of debian.csv or ubuntu.csv whose version is `version_id` ("24.04" of "24.04 LTS"); empty when it has none. `free` is eol-lts
/// where that column is (Debian: LTS is free), else eol.
std::optional<compliance::SaidEnd> parse_distro_info(std::string_view csv, std::string_view version_id);

}  // namespace gokajo::collectors
