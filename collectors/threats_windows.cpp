#include "collectors/seen.h"
#include "collectors/threats.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::collectors {

using compliance::BriefingRead, compliance::BriefingReader, compliance::Fact, compliance::WindowsSignIn;
using platform::ask, platform::Host, platform::ReadFile;

namespace {

using Read = std::vector<BriefingRead>;
using People = std::map<std::string, BriefingReader>;

template <class Absent>
Fact<People> people_unseen(const Fact<Absent>& fact) {
  return compliance::no_fact<People>({fact.absent, fact.detail}, fact.source, fact.observed_at);
}

// Where `gokajo learn` writes: FOLDERID_LocalAppData, at its usual place.
Fact<Read> read_by(const Host& host, const std::string& folder) {
  const auto seen =
      ask(host,
          ReadFile{.path = folder + "\\AppData\\Local\\Gokajo\\briefings.json", .reducer = "briefings_read", .max_bytes = kMaxRecordBytes});
  return read_record(seen);
}

// The built-in Administrator of a server is kept for its upkeep; at a PC somebody who signs in with it works there.
bool may_sign_in(const WindowsSignIn& sign_in, const std::string& sid, bool server) {
  if (compliance::kept_here(*sign_in.accounts, sid)) {
    for (const auto& account : *sign_in.accounts)
      if (const auto rid = compliance::rid_of(sid); account.sid == sid && account.enabled)
        return rid >= compliance::kFirstOwnRid || (rid == compliance::kAdministratorRid && !server);
    return false;
  }
  return sid.starts_with("S-1-12-1-") ? sign_in.join->entra : sign_in.join->domain;
}

}  // namespace

Fact<People> collect_briefing_readers_windows(const Host& host, const compliance::Device& device, const WindowsSignIn& sign_in) {
  if (!sign_in.profiles) return people_unseen(sign_in.profiles);
  if (!sign_in.accounts) return people_unseen(sign_in.accounts);
  if (!sign_in.join) return people_unseen(sign_in.join);
  if (!device.windows) return people_unseen(device.windows);
  const bool server = device.windows->kind != compliance::WindowsKind::workstation;
  People people;
  for (const auto& profile : *sign_in.profiles)
    if (may_sign_in(sign_in, profile.sid, server))
      people.insert_or_assign(profile.sid, BriefingReader{compliance::name_of(sign_in, profile.sid), read_by(host, profile.folder)});
  return compliance::fact(std::move(people), sign_in.profiles.source, sign_in.profiles.observed_at);
}

}  // namespace gokajo::collectors
