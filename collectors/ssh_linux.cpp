#include <algorithm>
#include <array>
#include <cstdio>

#include "collectors/accounts.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/sshd_config.h"
#include "collectors/people.h"
#include "collectors/seen.h"
#include "collectors/ssh.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::SshCase, compliance::SshServer;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadFile, platform::RunHelper, platform::Status;

namespace {

constexpr int kMaxIncludeDepth = 16;              // SERVCONF_MAX_DEPTH of servconf.c
constexpr const char* kStranger = "203.0.113.7";  // an address of the Internet that nobody has, RFC 5737

bool fits(std::string_view name, std::string_view pattern) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*') {
    for (std::size_t i = 0; i <= name.size(); ++i)
      if (fits(name.substr(i), pattern.substr(1))) return true;
    return false;
  }
  return !name.empty() && (pattern[0] == '?' || pattern[0] == name[0]) && fits(name.substr(1), pattern.substr(1));
}

// Files an Include names: relative to /etc/ssh, "*" and "?" in the last part only (in others the files cannot be found this way).
std::vector<std::string> included(const Host& host, const std::string& pattern, bool& understood) {
  const std::string path = pattern.starts_with('/') ? pattern : "/etc/ssh/" + pattern;
  const auto slash = path.rfind('/');
  const auto folder = path.substr(0, slash), name = path.substr(slash + 1);
  if (path.find_first_of("*?[") == std::string::npos) return {path};
  if (folder.find_first_of("*?[") != std::string::npos || name.find('[') != std::string::npos) {
    understood = false;
    return {};
  }
  const auto listed = ask(host, platform::ListDirectory{.path = folder});
  if (!listed && listed.error().kind != ErrorKind::not_found) understood = false;
  std::vector<std::string> files;
  if (!listed) return files;
  for (const auto& entry : listed->entries)
    if (!entry.name.starts_with('.') && fits(entry.name, name)) files.push_back(folder + "/" + entry.name);
  return files;
}

void merge(std::vector<std::string>& into, const std::vector<std::string>& more) {
  for (const auto& one : more)
    if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(one);
}

// Collects the Match criteria of a file and what it includes. A file that is not there is left out, as sshd does for includes.
void read_matches(const Host& host, const std::string& path, int depth, parse::SshMatches& all) {
  const auto file = ask(host, ReadFile{.path = path, .reducer = "sshd_matches"});
  if (!file) {
    if (file.error().kind != ErrorKind::not_found) all.understood = false;
    return;
  }
  const auto own = parse::parse_sshd_matches(file->bytes.data);
  merge(all.users, own.users);
  merge(all.groups, own.groups);
  merge(all.addresses, own.addresses);
  all.understood = all.understood && own.understood && depth < kMaxIncludeDepth;
  if (depth >= kMaxIncludeDepth) return;
  for (const auto& pattern : own.includes)
    for (const auto& more : included(host, pattern, all.understood)) read_matches(host, more, depth + 1, all);
}

// The first machine of each connected network, from the kernel's routing table (addresses in hex, in the byte order of the machine).
std::vector<std::string> neighbours(const Host& host) {
  std::vector<std::string> found;
  const auto routes = ask(host, ReadFile{.path = "/proc/net/route"});
  if (!routes) return found;
  for (const auto line : parse::lines(routes->bytes.data)) {
    const auto column = parse::words(line);
    if (column.size() < 8 || column[1].size() != 8 || column[2] != "00000000" || column[1] == "00000000") continue;
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (std::sscanf(column[1].c_str(), "%2x%2x%2x%2x", &d, &c, &b, &a) != 4) continue;  // NOLINT(cert-err34-c): the count is checked
    merge(found, {std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c) + "." + std::to_string(d + 1)});
    if (found.size() >= 4) break;
  }
  return found;
}

// Accounts whose password opens something: a hash in /etc/shadow that is not locked, or none at all.
std::vector<std::string> administrators(const Host& host) {
  std::vector<std::string> names;
  const auto shadow = ask(host, ReadFile{.path = "/etc/shadow", .reducer = "shadow"});
  const auto people = collect_people_linux(host);
  const auto in_use = [&](const std::string& name) {
    if (!shadow) return true;  // not seen: not called closed
    for (const auto line : parse::lines(shadow->bytes.data)) {
      const auto field = parse::fields(line, ':');
      if (field.size() > 1 && field[0] == name) return !field[1].starts_with("locked") && field[1] != "unusable";
    }
    return false;
  };
  if (in_use("root")) names.emplace_back("root");
  if (people)
    for (const auto& person : *people)
      if (person.daily && !person.administrator_by.empty() && in_use(person.name)) names.push_back(person.name);
  return names;
}

std::vector<std::string> members_of(const Host& host, const std::vector<std::string>& wanted, bool& understood) {
  std::vector<std::string> names;
  if (wanted.empty()) return names;
  const auto group = ask(host, ReadFile{.path = "/etc/group"}), passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!group || !passwd) {
    understood = false;
    return names;
  }
  const auto groups = parse_group(group->bytes.data);
  const auto accounts = parse_passwd(passwd->bytes.data);
  for (const auto& name : wanted)
    for (const auto& one : groups) {
      if (one.name != name) continue;
      if (!one.members.empty()) merge(names, {one.members.front()});
      for (const auto& account : accounts)
        if (account.gid == one.gid) {
          merge(names, {account.name});
          break;
        }
    }
  return names;
}

platform::Result<SshCase> asked(const Host& host, const std::string& user, const std::string& address,
                                platform::Seen<platform::HelperOutput>& seen) {
  seen = ask(host, RunHelper{.helper = "sshd", .arguments = {"-T", "-C", "user=" + user + ",host=" + address + ",addr=" + address}});
  if (!seen) return seen.error();
  if (seen->exit_code != 0) {
    const auto& said = seen->err.data;
    const bool denied = said.find("no hostkeys available") != std::string::npos || said.find("Permission denied") != std::string::npos;
    return Error{denied ? ErrorKind::denied : ErrorKind::failed, "sshd -T: " + said.substr(0, 200)};
  }
  const auto effective = parse::parse_sshd_effective(seen->out.data);
  const auto root = effective.find("permitrootlogin"), empty = effective.find("permitemptypasswords");
  if (root == effective.end() || empty == effective.end() || !effective.contains("passwordauthentication"))
    return Error{ErrorKind::malformed, "sshd -T: no permitrootlogin, permitemptypasswords or passwordauthentication"};
  SshCase one{user, address, parse::accepts_password(effective), false};
  one.empty_password = one.password && empty->second == "yes";
  if (user == "root" && root->second != "yes") one.password = false;
  return one;
}

}  // namespace

Fact<SshServer> collect_ssh_linux(const Host& host) {
  parse::SshMatches matches;
  read_matches(host, "/etc/ssh/sshd_config", 0, matches);
  SshServer server;
  server.complete = true;
  server.administrators = administrators(host);
  std::vector<std::string> users = {"root"}, addresses = {kStranger};
  merge(users, server.administrators);
  merge(users, matches.users);
  merge(users, members_of(host, matches.groups, matches.understood));
  merge(addresses, neighbours(host));
  merge(addresses, matches.addresses);
  platform::Seen<platform::HelperOutput> seen{Error{}, "sshd -T -C", {}};
  for (const auto& user : users)
    for (const auto& address : addresses) {
      if (server.cases.size() >= kMaxSshCases) {
        server.complete = false;
        break;
      }
      auto one = asked(host, user, address, seen);
      if (!one) return compliance::no_fact<SshServer>(one.error(), seen.source, seen.observed_at);
      server.cases.push_back(std::move(*one));
    }
  server.complete = server.complete && matches.understood;
  seen.source = "sshd -T -C";
  return observed(std::move(server), seen);
}

}  // namespace gokajo::collectors
