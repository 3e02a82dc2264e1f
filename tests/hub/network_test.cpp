#include "hub/network.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using hub::network_of;

// RFC 4291, 2.5.4: of a unicast address the last 64 bits are the interface's own to choose.
TEST_CASE("an address of IPv6 stands for its network, any other for itself") {
  CHECK(network_of("2001:db8:0:1::1") == "2001:db8:0:1::/64");
  CHECK(network_of("2001:db8:0:1:ffff:ffff:ffff:ffff") == network_of("2001:db8:0:1::1"));
  CHECK(network_of("2001:db8:0:2::1") != network_of("2001:db8:0:1::1"));
  for (const char* itself : {"192.0.2.1", "::ffff:192.0.2.1", "fe80::1", "", "unknown"}) CHECK(network_of(itself) == itself);
}

}  // namespace gokajo::tests
