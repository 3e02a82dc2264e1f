#include "collectors/accounts.h"
#include "collectors/seen.h"
#include "collectors/threats.h"

namespace gokajo::collectors {

using compliance::BriefingRead, compliance::BriefingReader, compliance::Fact;
using platform::ask, platform::Host, platform::ReadFile;

namespace {

using Read = std::vector<BriefingRead>;

// XDG_STATE_HOME of another person's session cannot be known, so the default of the XDG base directory specification is read.
Fact<Read> read_by(const Host& host, const Account& account) {
  const auto seen = ask(host, ReadFile{.path = account.home + "/.local/state/gokajo/briefings.json",
                                       .reducer = "briefings_read",
                                       .max_bytes = kMaxRecordBytes,
                                       .as_uid = account.uid});
  return read_record(seen);
}

}  // namespace

Fact<std::map<std::string, BriefingReader>> collect_briefing_readers_linux(const Host& host) {
  using People = std::map<std::string, BriefingReader>;
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return unavailable<People>(passwd);
  People people;
  for (const auto& account : parse_passwd(passwd->bytes.data))
    if (is_person(account) && can_sign_in(account))
      people.insert_or_assign(std::to_string(account.uid), BriefingReader{account.name, read_by(host, account)});
  return observed(std::move(people), passwd);
}

}  // namespace gokajo::collectors
