/// \file
/// What the agent of a demo's PC sends on one day. It starts from what a real agent sends of a PC that is known (hub/demo/data: a described
/// Windows PC, a recorded Linux one; a test holds them against today's agent) and changes the members that another PC has otherwise.
/// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence.h"
#include "compliance/windows_levels.h"

namespace gokajo::hub::demo {

using platform::Time;

/// What is not as it should be on a Windows PC; each as a file of tests/data/windows describes it (tests/hub/demo/pc_test.cpp names them).
enum class Trouble {
  no_length_rule,
  short_length_rule,
  updates_late,    ///< nothing was installed since the day it began
  updates_unseen,  ///< the update client tells no dates
  updates_paused,
  restart_waits,
  office_ended,
  antivirus_expired,  ///< a trial ended, and Defender had stood back for it
  real_time_off,
  definitions_old,
  share_open,          ///< to everybody, without a password; the item is its name
  share_for_accounts,  ///< to every account of the office; the item is its name
  shares_unseen,
  smb1_on,
  firewall_off,
  remote_desktop_open,
  auto_login,
  guest_on,
  screen_never_locks,
  disk_open,
};
BOOST_DESCRIBE_ENUM(Trouble, no_length_rule, short_length_rule, updates_late, updates_unseen, updates_paused, restart_waits, office_ended,
                    antivirus_expired, real_time_off, definitions_old, share_open, share_for_accounts, shares_unseen, smb1_on, firewall_off,
                    remote_desktop_open, auto_login, guest_on, screen_never_locks, disk_open)

struct Ailment {
  Trouble trouble = Trouble::no_length_rule;
  Time since{};
  std::string item;
};

/// `account`: of a-z and 0-9, of the one person who signs in; empty: nobody does. `read_at`: when that person understood the briefing of
/// that day. `updated_until`: the newest monthly update in force came out by then. `on`: calendar days it was on, of the last weeks.
struct PcOnDay {
  bool linux_pc = false;
  std::string host_name;
  std::string account;
  Time at{};
  Time updated_until{};
  std::vector<Time> on;
  std::optional<Time> read_at;
  std::vector<Ailment> ailments;
};

/// `known`: known_pc() of this PC.
compliance::Evidence evidence_of(const PcOnDay& pc, compliance::Evidence known, const compliance::WindowsLevels& levels);

/// The start: as the known PC's agent sends it, moved to another time and to other names.
compliance::Evidence known_pc(bool linux_pc, const std::string& host_name, const std::string& account);

/// Makes the PC fall ill with it.
void afflict(compliance::Evidence& evidence, const Ailment& ailment, Time at);

}  // namespace gokajo::hub::demo
