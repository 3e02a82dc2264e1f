/// \file
/// Display managers of Linux: which is here, and its settings merged as it reads them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/device.h"
#include "compliance/evidence/passwords.h"
#include "platform/host.h"

namespace gokajo::collectors {

struct Setting {
  std::string value;
  std::string origin;  ///< file and line
};

/// Settings by "section/key", the last file's word kept. LightDM's seat sections are put together by lightdm_seat().
using Settings = std::map<std::string, Setting>;

/// Lays the key lines of one file over what is there.
void lay_over(std::string_view text, const std::string& path, Settings& settings);

compliance::Fact<std::vector<compliance::AutoLogin>> collect_auto_logins_linux(const platform::Host& host,
                                                                               const compliance::Device& device);
compliance::Fact<std::vector<compliance::GuestSession>> collect_guests_linux(const platform::Host& host);

/// Whether GDM takes the words as true: "true" in any case, or "1" (gdm3 43.0, common/gdm-settings-utils.c).
bool gdm_says_true(std::string_view value);

/// The user of agetty's --autologin or -a in an ExecStart= line; empty when there is none. agetty(8) of util-linux 2.38.
std::string autologin_of_getty(std::string_view command);

/// greetd's [initial_session] user, greetd(5): a string between quotes.
std::string greetd_string(std::string_view value);

}  // namespace gokajo::collectors
