/// \file
/// Which addresses the hub may connect to on its way to a feed: nobody outside may send it to a machine of the office, or to itself.
#pragma once

#include <string_view>

namespace gokajo::hub {

/// Of the whole Internet: not loopback, private, link-local, shared, reserved, multicast or for documentation, in IPv4 and IPv6, also where
/// an IPv6 address carries an IPv4 one. False where it is no address.
bool is_public_address(std::string_view address);
bool is_loopback_address(std::string_view address);

/// The host of "https://host[:port]/…" without brackets; empty where there is none or it holds a user.
std::string_view host_in(std::string_view url);
/// Whether the host is written as an address of this machine itself: 127.0.0.1, ::1 or localhost.
bool is_own_machine(std::string_view host);

}  // namespace gokajo::hub
