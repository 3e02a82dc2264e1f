#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "collectors/accounts.h"
#include "collectors/people.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::PersonAccount;
using platform::ask, platform::Host, platform::ReadFile;

namespace {

// Groups whose members may do everything through sudo or polkit as the distributions ship them: sudo (Debian, Ubuntu), wheel (RHEL, Fedora,
// SUSE, Arch), admin (Ubuntu until 12.04).
constexpr std::array<std::string_view, 3> kAdministratorGroups = {"sudo", "wheel", "admin"};

}  // namespace

Fact<std::vector<PersonAccount>> collect_people_linux(const Host& host) {
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return unavailable<std::vector<PersonAccount>>(passwd);
  const auto group = ask(host, ReadFile{.path = "/etc/group"});
  if (!group) return unavailable<std::vector<PersonAccount>>(group);
  const auto groups = parse_group(group->bytes.data);
  std::vector<PersonAccount> people;
  for (const auto& account : parse_passwd(passwd->bytes.data)) {
    if (!is_person(account)) continue;
    PersonAccount person{account.name, can_sign_in(account), ""};
    if (account.uid == 0) person.administrator_by = "uid 0";
    for (const auto& g : groups) {
      if (std::find(kAdministratorGroups.begin(), kAdministratorGroups.end(), g.name) == kAdministratorGroups.end()) continue;
      if (g.gid == account.gid || std::find(g.members.begin(), g.members.end(), account.name) != g.members.end())
        person.administrator_by = "group " + g.name;
    }
    people.push_back(std::move(person));
  }
  return observed(std::move(people), group);
}

}  // namespace gokajo::collectors
