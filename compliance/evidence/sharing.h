/// \file
/// Facts of the topic "sharing": what this PC offers to other machines, and what its packet filter lets through. Only sockets that are
/// bound to more than the loopback address are kept. Who can reach a socket is computed from its address and the packet filter, never
/// probed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/sharing_windows.h"
#include "compliance/fact.h"

namespace gokajo::compliance {

/// Which other machines get through: any, some (by source address or interface), none; not_known when the packet filter could not be read.
enum class Reach { everyone, some, nobody, not_known };
BOOST_DESCRIBE_ENUM(Reach, everyone, some, nobody, not_known)

/// A socket that waits for other machines. `program`: path of the executable, empty for the kernel's own servers; `owner_known` is false
/// when it could not be seen. `reach`: from the networks in use now. `reach_elsewhere`: from a network this PC has not met before, so
/// without what rules allow single addresses and firewalld single interfaces.
struct OpenSocket {
  std::string protocol;  ///< "tcp" or "udp"
  std::string address;
  std::int64_t port = 0;
  std::string program;
  bool owner_known = false;
  Reach reach = Reach::not_known;
  Reach reach_elsewhere = Reach::not_known;
};
BOOST_DESCRIBE_STRUCT(OpenSocket, (), (protocol, address, port, program, owner_known, reach, reach_elsewhere))

/// What happens to a new connection from another machine to a port that no rule names: refused (dropped or rejected), accepted, or depends
/// (on an interface, an address or a rule that could not be read).
enum class Inbound { refused, accepted, depends };
BOOST_DESCRIBE_ENUM(Inbound, refused, accepted, depends)

/// The kernel's packet filter, nftables and iptables together, per IP version. `high_ports_open`: ports above 1024 are accepted as a whole
/// (Fedora Workstation's zone). `managers`: "ufw", "firewalld", as far as their chains are in force.
struct PacketFilter {
  Inbound ipv4 = Inbound::depends;
  Inbound ipv6 = Inbound::depends;
  bool high_ports_open = false;
  std::vector<std::string> managers;
};
BOOST_DESCRIBE_STRUCT(PacketFilter, (), (ipv4, ipv6, high_ports_open, managers))

/// A folder of the SMB server as smbd uses it. `strangers`: what another machine of the LAN may do without a password, after guest rights,
/// host lists and the rights of the folder. `everyone`: every account may open it (no list of valid users, or an access list with
/// Everyone). `hosts`: host lists let any, some or no other machine in. `defined_in`: "smb.conf" (with its registry and includes) or a
/// usershare's file.
struct SambaShare {
  std::string name;
  std::string path;
  std::string defined_in;
  Access strangers = Access::none;
  bool everyone = false;
  bool writable = false;
  Reach hosts = Reach::everyone;
};
BOOST_DESCRIBE_STRUCT(SambaShare, (), (name, path, defined_in, strangers, everyone, writable, hosts))

/// The SMB server's settings as `testparm -sv` prints them. Protocols: "NT1", "SMB2_02"; a client's "default" follows smb.conf(5).
struct Samba {
  std::vector<SambaShare> shares;
  std::string server_min_protocol;
  std::string server_max_protocol;
  std::string client_min_protocol;
};
BOOST_DESCRIBE_STRUCT(Samba, (), (shares, server_min_protocol, server_max_protocol, client_min_protocol))

/// What sshd answers to one kind of visitor (sshd -T -C): may `user` from `address` sign in with a password, and with an empty one. For
/// root PermitRootLogin is counted in.
struct SshCase {
  std::string user;
  std::string address;
  bool password = false;
  bool empty_password = false;
};
BOOST_DESCRIBE_STRUCT(SshCase, (), (user, address, password, empty_password))

/// `complete`: every Match block of the configuration was met by a case. `administrators`: those who may become root (root itself when its
/// password is in use) and can sign in with a password on this PC.
struct SshServer {
  std::vector<SshCase> cases;
  bool complete = false;
  std::vector<std::string> administrators;
};
BOOST_DESCRIBE_STRUCT(SshServer, (), (cases, complete, administrators))

/// To whom an NFS export in force is given: everybody, a network, or single machines; `kerberos`: only with Kerberos.
enum class Clients { everybody, network, machines };
BOOST_DESCRIBE_ENUM(Clients, everybody, network, machines)

struct NfsExport {
  std::string path;
  std::string client;  ///< as exportfs writes it: "*", "192.168.77.0/24"
  Clients clients = Clients::everybody;
  bool writable = false;
  bool kerberos = false;
  bool root_squash = true;
  std::string defined_in;  ///< "/etc/exports:3", empty when no line fits
};
BOOST_DESCRIBE_STRUCT(NfsExport, (), (path, client, clients, writable, kerberos, root_squash, defined_in))

/// An rsync module. `password`: it has auth users. `clients`: by hosts allow.
struct RsyncModule {
  std::string name;
  std::string path;
  bool password = false;
  bool writable = false;
  Clients clients = Clients::everybody;
};
BOOST_DESCRIBE_STRUCT(RsyncModule, (), (name, path, password, writable, clients))

/// An FTP server's answer to "anonymous". `anonymous` absent: its file does not say, and the program's default depends on its build.
struct FtpServer {
  std::string program;
  std::string defined_in;
  std::optional<bool> anonymous;
};
BOOST_DESCRIBE_STRUCT(FtpServer, (), (program, defined_in, anonymous))

struct Sharing {
  Fact<std::vector<OpenSocket>> sockets;
  Fact<PacketFilter> packet_filter;
  Fact<Samba> samba;
  Fact<SshServer> ssh;
  Fact<std::vector<NfsExport>> nfs;
  Fact<std::vector<RsyncModule>> rsync;
  Fact<FtpServer> ftp;
  Fact<std::vector<std::string>> shared_printers;
  // Asked on Windows only.
  Fact<std::vector<WindowsShare>> windows_shares;
  Fact<WindowsGuest> windows_guest;
  Fact<bool> windows_smb1_server;  ///< it answers SMB1
  Fact<bool> windows_smb1_client;  ///< its driver is there and not disabled
  Fact<std::vector<WindowsFirewallProfile>> windows_firewall;
  Fact<std::vector<std::string>> windows_other_firewalls;  ///< products beside Windows' own that are on
  Fact<SecurityHealth> windows_firewall_health;
  Fact<std::vector<std::string>> windows_services;  ///< names of those that run, of the few that are asked for
  Fact<WindowsRemoteDesktop> windows_remote_desktop;
  Fact<bool> windows_smb_signing;  ///< its file server demands signed packets, by the settings in force
};
BOOST_DESCRIBE_STRUCT(Sharing, (),
                      (sockets, packet_filter, samba, ssh, nfs, rsync, ftp, shared_printers, windows_shares, windows_guest,
                       windows_smb1_server, windows_smb1_client, windows_firewall, windows_other_firewalls, windows_firewall_health,
                       windows_services, windows_remote_desktop, windows_smb_signing))

}  // namespace gokajo::compliance
