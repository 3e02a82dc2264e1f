#include "collectors/dconf.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Result;

namespace {

std::optional<std::string> value_in(std::string_view database, std::string_view path) {
  for (const auto line : parse::lines(database))
    if (line.size() > path.size() && line.starts_with(path) && line[path.size()] == '=') return std::string(line.substr(path.size() + 1));
  return std::nullopt;
}

bool locked_in(std::string_view database, std::string_view path) {
  for (const auto line : parse::lines(database))
    if (line.starts_with("lock ") && line.substr(5) == path) return true;
  return false;
}

}  // namespace

Result<DconfSystem> read_dconf_system(const Host& host) {
  DconfSystem system;
  const auto profile = ask(host, ReadFile{.path = "/etc/dconf/profile/user"});
  if (!profile && profile.error().kind == ErrorKind::not_found)
    return system;  // dconf(7): without a profile only the person's own database
  if (!profile) return profile.error();
  bool first = true;
  for (auto line : parse::lines(profile->bytes.data)) {
    line = parse::trimmed(line.substr(0, std::min(line.find('#'), line.size())));
    if (line.empty()) continue;
    if (first) system.user_first = line.starts_with("user-db:");
    first = false;
    if (!line.starts_with("system-db:")) continue;
    const auto database = ask(host, ReadFile{.path = "/etc/dconf/db/" + std::string(line.substr(10)), .reducer = "dconf_settings"});
    if (database)
      system.databases.push_back(database->bytes.data);
    else if (database.error().kind != ErrorKind::not_found)
      return database.error();
  }
  return system;
}

Fact<std::optional<std::string>> dconf_value(const Host& host, const Result<DconfSystem>& system, const Account& person,
                                             std::string_view path) {
  using Value = std::optional<std::string>;
  const std::string source = "dconf " + std::string(path);
  const auto own = ask(host, ReadFile{.path = person.home + "/.config/dconf/user", .reducer = "dconf_settings", .as_uid = person.uid});
  if (!system) return compliance::no_fact<Value>(system.error(), source, own.observed_at);
  // A lock makes everything above it unwritable: the value comes from the database with the lock or one below.
  std::size_t from = 0;
  bool locked = false;
  for (std::size_t i = 0; i < system->databases.size(); ++i)
    if (locked_in(system->databases[i], path)) {
      locked = true;
      from = i;
    }
  if (!locked && system->user_first) {
    if (!own && own.error().kind != ErrorKind::not_found) return compliance::no_fact<Value>(own.error(), own.source, own.observed_at);
    if (own)
      if (auto value = value_in(own->bytes.data, path)) return compliance::fact(Value(std::move(value)), own.source, own.observed_at);
  }
  for (std::size_t i = from; i < system->databases.size(); ++i)
    if (auto value = value_in(system->databases[i], path)) return compliance::fact(Value(std::move(value)), source, own.observed_at);
  return compliance::fact(Value(), source, own.observed_at);
}

}  // namespace gokajo::collectors
