/// \file
/// Wi-Fi cards, saved networks and the network in use.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/wifi.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Wifi collect_wifi_linux(const platform::Host& host);
compliance::Wifi collect_wifi_windows(const platform::Host& host, const compliance::Device& device);

}  // namespace gokajo::collectors
