#include <algorithm>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/sharing.h"
#include "platform/sddl.h"

namespace gokajo::collectors {

using compliance::Access, compliance::Device, compliance::Fact, compliance::WindowsGuest, compliance::WindowsShare;
using platform::ask, platform::AskApi, platform::Error, platform::ErrorKind, platform::Host, platform::ReadRegistry, platform::Result,
    platform::Row, platform::SecurityDescriptor;

namespace {

constexpr std::int64_t kTypeBits = 0xFF;  // of shi502_type; the others say special, temporary, clustered
constexpr std::int64_t kDisk = 0, kPrinter = 1;
constexpr std::int64_t kSpecial = 0x80000000;
constexpr std::int64_t kAccountDisabled = 0x2;  // UF_ACCOUNTDISABLE
constexpr const char* kDenyNetwork = "SeDenyNetworkLogonRight";
constexpr const char* kGuests = "S-1-5-32-546";
constexpr const char* kLsa = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";
constexpr const char* kServer = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters";

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 'a' - 'A');
  return text;
}

bool made_by_windows(const std::string& name, std::int64_t type, const Device& device) {
  if ((type & kSpecial) != 0) return true;
  const auto plain = lower(name);
  if (plain == "print$" || plain == "fax$") return true;
  const bool controller = device.windows && device.windows->kind == compliance::WindowsKind::domain_controller;
  return controller && (plain == "sysvol" || plain == "netlogon");
}

// Who comes in without a name: to every share, or only to those that are listed (RestrictNullSessAccess, NullSessionShares).
struct Nameless {
  bool everywhere = false;
  std::vector<std::string> shares;
  bool are_everyone = false;  // everyoneincludesanonymous
};

Result<Nameless> nameless(const Host& host) {
  const auto lsa = values_of(host, ReadRegistry{kLsa, {"everyoneincludesanonymous"}});
  const auto server = values_of(host, ReadRegistry{kServer, {"RestrictNullSessAccess", "NullSessionShares"}});
  if (!lsa) return lsa.error();
  if (!server) return server.error();
  const auto everyone = number_in(*lsa, "everyoneincludesanonymous"), restricted = number_in(*server, "RestrictNullSessAccess");
  if (!everyone) return everyone.error();
  if (!restricted) return restricted.error();
  Nameless found;
  found.are_everyone = everyone->value_or(0) != 0;
  found.everywhere = restricted->value_or(1) == 0;
  if (const auto* cell = platform::cell_of(*server, "NullSessionShares")) {
    const auto names = cell->list();
    if (!names) return Error{ErrorKind::malformed, "NullSessionShares: expected a list"};
    for (const auto& name : *names) found.shares.push_back(lower(name));
  }
  return found;
}

// A descriptor that is "" or has no access list at all refuses nothing. Of a folder "" is none: there is always an owner.
Result<SecurityDescriptor> rights_in(const Row& row, const char* column, bool may_be_none) {
  const auto text = text_in(row, column);
  if (!text) return text.error();
  if (!*text) return missing_in(row, column);
  if ((*text)->empty()) {
    if (!may_be_none) return Error{ErrorKind::malformed, std::string(column) + ": empty"};
    SecurityDescriptor none;
    none.everybody_may = true;
    return none;
  }
  auto descriptor = platform::parse_sddl(**text);
  if (descriptor && descriptor->entries.empty() && (*text)->find("D:") == std::string::npos) descriptor->everybody_may = true;
  return descriptor;
}

void add_sids_ending(const Result<SecurityDescriptor>& rights, const char* ending, std::vector<std::string>& sids) {
  if (!rights) return;
  for (const auto& entry : rights->entries)
    if (entry.sid.starts_with("S-1-5-21-") && entry.sid.ends_with(ending)) sids.push_back(entry.sid);
}

Access named(std::uint32_t rights) {
  if ((rights & platform::kAnyWrite) != 0) return Access::write;
  return (rights & platform::kReadData) != 0 ? Access::read : Access::none;
}

// What both halves give. One half is enough where it gives nothing.
std::optional<Access> through(const Result<SecurityDescriptor>& share, const Result<SecurityDescriptor>& folder,
                              const std::vector<std::string>& sids) {
  constexpr auto kWanted = platform::kReadData | platform::kAnyWrite;
  if (!share && !folder) return std::nullopt;
  const auto by_share = share ? rights_of(*share, sids, kWanted) : kWanted,
             by_folder = folder ? rights_of(*folder, sids, kWanted) : kWanted;
  const auto access = named(by_share & by_folder);
  if ((!share || !folder) && access != Access::none) return std::nullopt;
  return access;
}

void add_access(const Row& row, const Result<Nameless>& without_name, WindowsShare& found) {
  const auto share = rights_in(row, "share_sddl", true), folder = rights_in(row, "folder_sddl", false);
  std::vector<std::string> guests = {"S-1-1-0", "S-1-5-2", kGuests, "LG"};
  std::vector<std::string> accounts = {"S-1-1-0", "S-1-5-2", "S-1-5-11", "S-1-5-15", "S-1-5-32-545", "S-1-5-113", "DU"};
  for (const auto* rights : {&share, &folder}) {
    add_sids_ending(*rights, "-501", guests);
    add_sids_ending(*rights, "-513", accounts);
  }
  found.guests = through(share, folder, guests);
  found.accounts = through(share, folder, accounts);
  if (without_name) {
    const auto& listed = without_name->shares;
    const bool let_in = without_name->everywhere || std::find(listed.begin(), listed.end(), lower(found.name)) != listed.end();
    std::vector<std::string> anonymous = {"S-1-5-7", "S-1-5-2"};
    if (without_name->are_everyone) anonymous.emplace_back("S-1-1-0");
    found.anonymous = let_in ? through(share, folder, anonymous) : Access::none;
  }
  for (const auto* error :
       {share ? nullptr : &share.error(), folder ? nullptr : &folder.error(), without_name ? nullptr : &without_name.error()}) {
    if (!error) continue;
    if (!found.unread.empty()) found.unread += "; ";
    found.unread += error->detail + ": " + boost::describe::enum_to_string(error->kind, "");
  }
}

}  // namespace

Fact<std::vector<WindowsShare>> collect_shares_windows(const Host& host, const Device& device) {
  using Shares = std::vector<WindowsShare>;
  const auto seen = ask(host, AskApi{.api = "shares"});
  if (!seen) return unavailable<Shares>(seen);
  // A server that runs has IPC$ at least.
  if (seen->rows.empty()) return malformed<Shares>("no share at all, not even IPC$", seen);
  const auto without_name = nameless(host);
  Shares shares;
  for (const auto& row : seen->rows) {
    const auto name = text_in(row, "name"), path = text_in(row, "path");
    const auto type = number_in(row, "type");
    if (!name || !*name || !type || !*type || !path) return malformed<Shares>("expected name, type and path", seen);
    const auto kind = **type & kTypeBits;
    if ((kind != kDisk && kind != kPrinter) || made_by_windows(**name, **type, device)) continue;
    WindowsShare share;
    share.name = **name;
    share.path = path->value_or("");
    share.printer = kind == kPrinter;
    if (!share.printer) add_access(row, without_name, share);
    shares.push_back(std::move(share));
  }
  return observed(std::move(shares), seen);
}

Fact<WindowsGuest> collect_guest_windows(const Host& host) {
  const auto users = ask(host, AskApi{.api = "users"});
  if (!users) return unavailable<WindowsGuest>(users);
  if (users->rows.empty()) return malformed<WindowsGuest>("no account at all", users);
  WindowsGuest found;
  for (const auto& row : users->rows) {
    const auto sid = text_in(row, "sid");
    const auto flags = number_in(row, "flags");
    if (!sid || !*sid || !flags || !*flags) return malformed<WindowsGuest>("expected sid and flags", users);
    if (!(*sid)->starts_with("S-1-5-21-") || !(*sid)->ends_with("-501")) continue;
    found.enabled = (**flags & kAccountDisabled) == 0;
    if (!found.enabled) break;
    for (const auto& whose : {**sid, std::string(kGuests)}) {
      const auto rights = ask(host, AskApi{.api = "account_rights", .arguments = {whose}});
      if (!rights) return unavailable<WindowsGuest>(rights);
      for (const auto& right : rights->rows) {
        const auto text = text_in(right, "right");
        if (!text || !*text) return malformed<WindowsGuest>("expected a right", rights);
        found.denied = found.denied || **text == kDenyNetwork;
      }
      if (found.denied) break;
    }
  }
  return observed(found, users);
}

}  // namespace gokajo::collectors
