/// \file
/// Facts of AutoRun: what a desktop does when a medium is plugged in.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// `gnome`: asks before starting a program from a medium, unless told never to (also Cinnamon, MATE, Budgie). `plasma`: never starts one.
/// `other`: not known here.
enum class DesktopKind { gnome, plasma, other };
BOOST_DESCRIBE_ENUM(DesktopKind, gnome, plasma, other)

struct Desktop {
  std::string name;  ///< of the session file, such as "gnome"
  DesktopKind kind = DesktopKind::other;
};
BOOST_DESCRIBE_STRUCT(Desktop, (), (name, kind))

/// `never`: autorun-never is set for this person, by themselves or by the administrator.
struct AutorunPerson {
  std::string name;
  Fact<bool> never;
};
BOOST_DESCRIBE_STRUCT(AutorunPerson, (), (name, never))

/// `desktops`: those that can be signed in to. `people`: by uid.
struct Autorun {
  Fact<std::vector<Desktop>> desktops;
  Fact<std::map<std::string, AutorunPerson>> people;
};
BOOST_DESCRIBE_STRUCT(Autorun, (), (desktops, people))

}  // namespace gokajo::compliance
