#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "collectors/accounts.h"
#include "collectors/people.h"
#include "collectors/seen.h"
#include "platform/json_form.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::PersonAccount;
using platform::ask, platform::Host, platform::ReadFile;

namespace {

// Groups whose members may do everything through sudo or polkit as the distributions ship them: sudo (Debian, Ubuntu), wheel (RHEL, Fedora,
// SUSE, Arch), admin (Ubuntu until 12.04).
constexpr std::array<std::string_view, 3> kAdministratorGroups = {"sudo", "wheel", "admin"};

struct SudoRule {
  std::vector<std::string> users, hosts;
};

// The form the reducer sudo_rules leaves. Which rule a changed one was cannot be told, so any other form is none.
std::optional<std::vector<SudoRule>> parse_sudo_rules(std::string_view text) {
  const auto json = platform::parse_json(text, platform::kHelperMaxBytes);
  if (!json || !json->is_array()) return std::nullopt;
  const auto texts = [](const platform::Json& rule, const char* key) -> std::optional<std::vector<std::string>> {
    const auto found = rule.find(key);
    if (found == rule.end() || !found->is_array()) return std::nullopt;
    std::vector<std::string> values;
    for (const auto& value : *found) {
      if (!value.is_string()) return std::nullopt;
      values.push_back(value.get<std::string>());
    }
    return values;
  };
  std::vector<SudoRule> rules;
  for (const auto& rule : *json) {
    if (!rule.is_object()) return std::nullopt;
    auto users = texts(rule, "users"), hosts = texts(rule, "hosts");
    if (!users || !hosts) return std::nullopt;
    rules.push_back({std::move(*users), std::move(*hosts)});
  }
  return rules;
}

bool is_one_of(std::string name, const Account& account, const std::vector<Group>& groups) {
  if (name == "ALL" || name == account.name || name == "#" + std::to_string(account.uid)) return true;
  if (name.empty() || name.front() != '%') return false;
  name.erase(0, 1);
  if (name == "#" + std::to_string(account.gid)) return true;
  return std::any_of(groups.begin(), groups.end(), [&](const Group& g) {
    const bool member = g.gid == account.gid || std::find(g.members.begin(), g.members.end(), account.name) != g.members.end();
    return member && (name == g.name || name == "#" + std::to_string(g.gid));
  });
}

/// In a list the last entry that matches decides, sudoers(5).
bool allowed_everything(const std::vector<SudoRule>& rules, const std::string& host_name, const Account& account,
                        const std::vector<Group>& groups) {
  const auto here = [&](const std::string& host) {
    return host == "ALL" || host == host_name || host == host_name.substr(0, host_name.find('.'));
  };
  for (const auto& rule : rules) {
    if (std::none_of(rule.hosts.begin(), rule.hosts.end(), here)) continue;
    bool allowed = false;
    for (const auto& entry : rule.users) {
      const bool negated = entry.starts_with('!');
      if (is_one_of(negated ? entry.substr(1) : entry, account, groups)) allowed = !negated;
    }
    if (allowed) return true;
  }
  return false;
}

/// Who may run everything, or why that cannot be told. Without /etc/sudoers there are no rules.
Fact<std::vector<SudoRule>> sudo_rules(const Host& host, bool elevated) {
  using Rules = std::vector<SudoRule>;
  const auto file = ask(host, platform::StatFile{.path = "/etc/sudoers"});
  if (!file && file.error().kind == platform::ErrorKind::not_found) return observed(Rules{}, file);
  const auto printed =
      ask(host, platform::RunHelper{.helper = "cvtsudoers", .arguments = {"-e", "-f", "json", "/etc/sudoers"}, .reducer = "sudo_rules"});
  if (!printed) return unavailable<Rules>(printed);
  if (printed->exit_code != 0) {
    const auto kind = elevated ? platform::ErrorKind::failed : platform::ErrorKind::denied;
    return compliance::no_fact<Rules>({kind, "cvtsudoers"}, printed.source, printed.observed_at);
  }
  auto rules = parse_sudo_rules(printed->out.data);
  if (!rules) return malformed<Rules>("expected the rules of sudo", printed);
  return observed(std::move(*rules), printed);
}

}  // namespace

Fact<std::vector<PersonAccount>> collect_people_linux(const Host& host) {
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return unavailable<std::vector<PersonAccount>>(passwd);
  const auto group = ask(host, ReadFile{.path = "/etc/group"});
  if (!group) return unavailable<std::vector<PersonAccount>>(group);
  // doas makes administrators too, and its rules are not read yet: where it is set up, nobody can be called an ordinary user.
  const auto doas = ask(host, platform::StatFile{.path = "/etc/doas.conf"});
  if (doas)
    return compliance::no_fact<std::vector<PersonAccount>>({platform::ErrorKind::unsupported, "/etc/doas.conf"}, doas.source,
                                                           doas.observed_at);
  if (doas.error().kind != platform::ErrorKind::not_found) return unavailable<std::vector<PersonAccount>>(doas);
  const auto system = ask(host, platform::DescribeSystem{});
  const auto rules = sudo_rules(host, system && system->elevated);
  if (!rules) return compliance::no_fact<std::vector<PersonAccount>>({rules.absent, rules.detail}, rules.source, rules.observed_at);
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
    if (person.administrator_by.empty() && allowed_everything(*rules, system ? system->host_name : "", account, groups))
      person.administrator_by = "sudoers";
    people.push_back(std::move(person));
  }
  return observed(std::move(people), group);
}

}  // namespace gokajo::collectors
