/// \file
/// Facts of Wi-Fi: saved networks and those in use, and how they are encrypted. Of a saved network only its file's name is known, on
/// Windows only its number ("#2"), never its keys or SSID.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// `wpa2`: WPA2, WPA3 and enterprise forms of them. `owe`: encrypted without a password. `other`: a form this program does not know.
enum class WifiSecurity { open, wep, wpa1, wpa2, owe, other };
BOOST_DESCRIBE_ENUM(WifiSecurity, open, wep, wpa1, wpa2, owe, other)

/// `joins_by_itself`: the PC connects to it without being told.
struct WifiNetwork {
  std::string name;
  WifiSecurity security = WifiSecurity::other;
  bool joins_by_itself = true;
};
BOOST_DESCRIBE_STRUCT(WifiNetwork, (), (name, security, joins_by_itself))

/// `devices`: network interfaces that are Wi-Fi cards.
struct Wifi {
  Fact<std::vector<std::string>> devices;
  Fact<std::vector<WifiNetwork>> saved;
  Fact<std::vector<WifiNetwork>> in_use;
};
BOOST_DESCRIBE_STRUCT(Wifi, (), (devices, saved, in_use))

}  // namespace gokajo::compliance
