#include "collectors/parse/services.h"

#include <algorithm>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {

using compliance::Clients, compliance::NfsExport, compliance::RsyncModule;
using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::int64_t kHugeNetwork = 16;  // a prefix this short or shorter is no office's own network

// \040 and the like, exports(5).
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octal = text.substr(i + 1, 3);
    if (text[i] == '\\' && octal.size() == 3 && octal.find_first_not_of("01234567") == std::string_view::npos) {
      out += static_cast<char>((octal[0] - '0') * 64 + (octal[1] - '0') * 8 + (octal[2] - '0'));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

void set_options(NfsExport& found, std::string_view options) {
  found.root_squash = true;
  for (const auto option : fields(options, ',')) {
    if (option == "rw") found.writable = true;
    if (option == "ro") found.writable = false;
    if (option == "no_root_squash") found.root_squash = false;
    if (!option.starts_with("sec=")) continue;
    const auto flavours = fields(option.substr(4), ':');
    found.kerberos = std::all_of(flavours.begin(), flavours.end(), [](std::string_view flavour) { return flavour.starts_with("krb5"); });
  }
}

bool is_true(std::string_view value) {
  const auto lowered = lower(trimmed(value));
  return lowered == "yes" || lowered == "true" || lowered == "1" || lowered == "on";
}

// rsync ignores case and all blanks in names.
std::string rsync_name(std::string_view text) {
  std::string name;
  for (const char c : lower(text))
    if (c != ' ' && c != '\t' && c != '_') name += c;
  return name;
}

struct RsyncSettings {
  std::string path, users, hosts;
  bool read_only = true;
};

void set_rsync(RsyncSettings& settings, const std::string& name, std::string_view value) {
  if (name == "path") settings.path = std::string(value);
  if (name == "authusers") settings.users = std::string(value);
  if (name == "hostsallow") settings.hosts = std::string(value);
  if (name == "readonly") settings.read_only = is_true(value);
}

Clients rsync_clients(std::string hosts) {
  std::replace(hosts.begin(), hosts.end(), ',', ' ');
  const auto all = words(hosts);
  if (all.empty()) return Clients::everybody;
  auto widest = Clients::machines;
  for (const auto& host : all) widest = std::min(widest, clients_of(host));
  return widest;
}

}  // namespace

Clients clients_of(std::string_view client) {
  if (client.empty() || client == "*" || client == "0.0.0.0/0" || client == "::/0") return Clients::everybody;
  if (client.starts_with('@') || client.find_first_of("*?[") != std::string_view::npos) return Clients::network;
  const auto slash = client.find('/');
  if (slash == std::string_view::npos) return Clients::machines;
  const auto mask = client.substr(slash + 1);
  const bool six = client.find(':') != std::string_view::npos;
  if (const auto bits = number(mask)) {
    if (*bits == (six ? 128 : 32)) return Clients::machines;
    return *bits <= (six ? 32 : kHugeNetwork) ? Clients::everybody : Clients::network;
  }
  if (mask == "255.255.255.255") return Clients::machines;
  return mask.starts_with("255.255.") && !mask.ends_with(".0.0") ? Clients::network : Clients::everybody;
}

Result<std::vector<NfsExport>> parse_etab(std::string_view text) {
  std::vector<NfsExport> exports;
  for (const auto line : lines(text)) {
    if (trimmed(line).empty()) continue;
    const auto blank = line.find_first_of("\t ");
    const auto open = line.find('(', blank == std::string_view::npos ? 0 : blank);
    if (blank == std::string_view::npos || open == std::string_view::npos || !line.ends_with(')'))
      return Error{ErrorKind::malformed, "etab: expected path, client and (options)"};
    NfsExport found;
    found.path = unescaped(line.substr(0, blank));
    found.client = unescaped(trimmed(line.substr(blank, open - blank)));
    set_options(found, line.substr(open + 1, line.size() - open - 2));
    if (found.client.starts_with("gss/krb5")) found.kerberos = true;
    found.clients = clients_of(found.client);
    exports.push_back(std::move(found));
  }
  return exports;
}

std::vector<ExportLine> parse_exports(std::string_view text) {
  std::vector<ExportLine> found;
  std::int64_t number_of_line = 0, first = 0;
  std::string joined;
  for (const auto raw : lines(text)) {
    ++number_of_line;
    if (joined.empty()) first = number_of_line;
    joined += raw;
    if (joined.ends_with('\\')) {
      joined.pop_back();
      continue;
    }
    const auto line = std::string(trimmed(std::string_view(joined).substr(0, joined.find('#'))));
    joined.clear();
    if (line.empty()) continue;
    std::string path;
    std::string_view rest;
    if (line[0] == '"') {
      const auto end = line.find('"', 1);
      if (end == std::string::npos) return found;
      path = line.substr(1, end - 1);
      rest = std::string_view(line).substr(end + 1);
    } else {
      const auto end = std::min(line.find_first_of(" \t"), line.size());
      path = unescaped(line.substr(0, end));
      rest = std::string_view(line).substr(end);
    }
    if (path.empty() || path[0] != '/') return found;
    bool any = false;
    for (const auto& word : words(rest)) {
      if (word[0] == '-') continue;
      any = true;
      found.push_back({path, word.substr(0, word.find('(')), first});
    }
    if (!any) found.push_back({path, "", first});
  }
  return found;
}

Result<std::vector<RsyncModule>> parse_rsyncd(std::string_view text) {
  std::vector<RsyncModule> modules;
  RsyncSettings defaults, own;
  std::string name;
  const auto finish = [&] {
    if (!name.empty() && rsync_name(name) != "global")
      modules.push_back({name, own.path, !own.users.empty(), !own.read_only, rsync_clients(own.hosts)});
  };
  for (const auto raw : lines(text)) {
    const auto line = trimmed(raw);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    if (line[0] == '&') return Error{ErrorKind::unsupported, "rsyncd.conf includes other files"};
    if (line[0] == '[' && line.back() == ']') {
      finish();
      name = std::string(trimmed(line.substr(1, line.size() - 2)));
      own = defaults;
      continue;
    }
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const bool global = name.empty() || rsync_name(name) == "global";
    set_rsync(global ? defaults : own, rsync_name(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
  finish();
  return modules;
}

std::optional<bool> parse_vsftpd_anonymous(std::string_view text) {
  std::optional<bool> anonymous;
  for (const auto line : lines(text))
    if (line.starts_with("anonymous_enable=")) anonymous = is_true(line.substr(line.find('=') + 1));
  return anonymous;
}

std::optional<bool> parse_proftpd_anonymous(std::string_view text) {
  bool includes = false;
  for (const auto raw : lines(text)) {
    const auto line = lower(trimmed(raw));
    if (line.starts_with("<anonymous")) return true;
    // Debian's own modules.conf only loads modules.
    includes = includes || (line.starts_with("include") && !line.ends_with("/modules.conf"));
  }
  return includes ? std::nullopt : std::optional(false);
}

std::vector<std::string> parse_shared_printers(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  for (const auto raw : lines(text)) {
    const auto line = trimmed(raw);
    if (line.starts_with("<Printer ") || line.starts_with("<DefaultPrinter "))
      name = std::string(trimmed(line.substr(line.find(' '), line.size() - line.find(' ') - 1)));
    if (lower(line) == "shared yes" && !name.empty()) names.push_back(name);
    if (line.starts_with("</")) name.clear();
  }
  return names;
}

}  // namespace gokajo::collectors::parse
