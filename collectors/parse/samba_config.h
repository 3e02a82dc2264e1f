/// \file
/// What Samba's own programs print and keep: `testparm -sv`, smb.conf(5), and usershare files, net(8).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/sharing.h"
#include "platform/result.h"

namespace gokajo::collectors::parse {

/// One section of testparm's output: values by lower-case key. For shares a key that is missing has the value of [global].
struct SambaSection {
  std::string name;
  std::map<std::string, std::string, std::less<>> values;
};

/// [global] first. Error{malformed} when there is no [global] or a line before it; Error{too_large} above 10,000 sections.
platform::Result<std::vector<SambaSection>> parse_testparm(std::string_view text);

/// A usershare file. `access`: what Everyone (S-1-1-0) gets by the list. Error{malformed} when smbd would not take it.
struct Usershare {
  std::string name;
  std::string path;
  compliance::Access everyone = compliance::Access::none;
  bool guests = false;
};
platform::Result<Usershare> parse_usershare(std::string_view text);

/// Which other machines `hosts allow` and `hosts deny` let in, hosts_access(5) as smb.conf(5) describes it: a list to allow decides first,
/// then a list to deny, then everybody may. everyone: machines of the LAN too; some: only single machines; nobody: this PC alone.
compliance::Reach samba_hosts(std::string_view allow, std::string_view deny);

}  // namespace gokajo::collectors::parse
