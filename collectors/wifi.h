/// \file
/// Wi-Fi cards, saved networks and the network in use.
#pragma once

#include "compliance/evidence/wifi.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Wifi collect_wifi_linux(const platform::Host& host);

}  // namespace gokajo::collectors
