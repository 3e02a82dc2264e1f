/// \file
/// passwd(5) and group(5), and who of them is a person.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gokajo::collectors {

struct Account {
  std::string name;
  std::int64_t uid = 0;
  std::int64_t gid = 0;
  std::string home;
  std::string shell;
};

struct Group {
  std::string name;
  std::int64_t gid = 0;
  std::vector<std::string> members;
};

/// Lines that are not as the manual says are left out ("+" lines of NIS too).
std::vector<Account> parse_passwd(std::string_view text);
std::vector<Group> parse_group(std::string_view text);

/// uid of the people's range: 1000 to 59999 (login.defs of Debian, RHEL, Fedora, SUSE, Arch), and not nobody.
bool is_person(const Account& account);

/// A shell that is not nologin or false. An empty shell field means /bin/sh, passwd(5).
bool can_sign_in(const Account& account);

}  // namespace gokajo::collectors
