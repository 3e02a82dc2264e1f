#include "hub/commands/link.h"

#include <cstdio>

#include "platform/bytes.h"

namespace gokajo::hub {

void tell_of_link(const Session& session, const std::string& url, const std::optional<LinkFailure>& failure) {
  if (!failure) {
    print(session.say("メールのリンク: ", "link in mails: ") + url);
    return;
  }
  const auto text = explanation(*failure);
  std::fprintf(stderr, "gokajo-hub: %s (%s)\n", (session.ja() ? text.ja : text.en).c_str(),
               platform::printable_utf8(failure->detail).c_str());
}

}  // namespace gokajo::hub
