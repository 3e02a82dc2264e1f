#include "platform/state_directory.h"

namespace gokajo::platform {

std::vector<std::string> lines_of(const TakenDirectory& taken, const std::string& path) {
  std::vector<std::string> lines;
  if (!taken.set_aside.empty())
    lines.push_back("state folder " + path + " was not ours (" + taken.why + "): set aside as " + taken.set_aside +
                    ", nothing in it is used, and made anew");
  if (!taken.mended.empty())
    lines.push_back("access list of " + path +
                    (taken.stays_loose ? " is not as we make it and cannot be put right: " : " was put right: ") + taken.mended);
  if (taken.acl_unverifiable) lines.push_back("acl_unverifiable: this Wine keeps no access lists, whose " + path + " is cannot be told");
  return lines;
}

}  // namespace gokajo::platform
