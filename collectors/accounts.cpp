#include "collectors/accounts.h"

#include "collectors/parse/lines.h"

namespace gokajo::collectors {

std::vector<Account> parse_passwd(std::string_view text) {
  std::vector<Account> accounts;
  for (const auto line : parse::lines(text)) {
    const auto field = parse::fields(line, ':');
    if (field.size() != 7 || field[0].empty()) continue;
    const auto uid = parse::number(field[2]), gid = parse::number(field[3]);
    if (!uid || !gid) continue;
    accounts.push_back({std::string(field[0]), *uid, *gid, std::string(field[5]), std::string(field[6])});
  }
  return accounts;
}

std::vector<Group> parse_group(std::string_view text) {
  std::vector<Group> groups;
  for (const auto line : parse::lines(text)) {
    const auto field = parse::fields(line, ':');
    if (field.size() != 4 || field[0].empty()) continue;
    const auto gid = parse::number(field[2]);
    if (!gid) continue;
    Group group{std::string(field[0]), *gid, {}};
    for (const auto member : parse::fields(field[3], ','))
      if (!member.empty()) group.members.emplace_back(member);
    groups.push_back(std::move(group));
  }
  return groups;
}

bool is_person(const Account& account) { return account.uid >= 1000 && account.uid < 60000; }

bool can_sign_in(const Account& account) {
  return !account.shell.ends_with("/nologin") && !account.shell.ends_with("/false") && !account.shell.ends_with("/sync");
}

}  // namespace gokajo::collectors
