/// \file
/// Evidence of a PC that offers something to other machines, for the tests of rule "sharing".
#pragma once

#include "compliance/evidence.h"

namespace gokajo::tests {

inline const platform::Time kSeenAt = *platform::parse_time("2026-11-22T00:00:00Z");

inline compliance::OpenSocket tcp_socket(std::int64_t port, const std::string& program,
                                         compliance::Reach reach = compliance::Reach::everyone, const std::string& address = "0.0.0.0") {
  return {"tcp", address, port, program, true, reach, reach};
}

/// A PC on which these sockets wait; nothing else is known of it.
inline compliance::Evidence waiting(std::vector<compliance::OpenSocket> sockets) {
  compliance::Evidence evidence;
  evidence.sharing.sockets = compliance::fact(std::move(sockets), "listening sockets", kSeenAt);
  return evidence;
}

/// A PC whose smbd shares these.
inline compliance::Evidence serving(std::vector<compliance::SambaShare> shares, compliance::Reach reach = compliance::Reach::everyone) {
  auto evidence = waiting({tcp_socket(445, "/usr/sbin/smbd", reach)});
  evidence.sharing.samba = compliance::fact(compliance::Samba{std::move(shares), "SMB2_02", "SMB3", "SMB2_02"}, "testparm -sv", kSeenAt);
  return evidence;
}

inline compliance::SambaShare share(const std::string& name, compliance::Access strangers, bool everyone = true) {
  return {name, "/srv/" + name, "smb.conf", strangers, everyone, true, compliance::Reach::everyone};
}

template <class T>
compliance::Fact<T> absent(platform::ErrorKind kind) {
  return compliance::no_fact<T>({kind, "told to be"}, "somewhere", kSeenAt);
}

}  // namespace gokajo::tests
