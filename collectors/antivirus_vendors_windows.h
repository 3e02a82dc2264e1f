/// \file
/// Antivirus products of others than Microsoft on Windows: their services, the names they register by, and where they write the date of
/// their definitions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/antivirus.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// `names`: pieces of the names it registers by. `services`: any of them running shows that it works. `definitions`: false for products
/// that know none.
struct WindowsVendor {
  std::string_view name;
  std::vector<std::string_view> names;
  std::vector<std::string_view> services;
  bool definitions = true;
};

const std::vector<WindowsVendor>& windows_vendors();

/// Asks for the services of all of them, and of Microsoft Defender.
platform::AskApi antivirus_services();

/// By the name a product registers by; nullptr for one that is not known.
const WindowsVendor* vendor_named(std::string_view product);

/// The date the product itself writes; nullopt where it writes none, or none that can be read.
std::optional<compliance::Time> written_date(const platform::Host& host, const WindowsVendor& vendor);

}  // namespace gokajo::collectors
