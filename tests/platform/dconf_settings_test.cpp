#include <doctest/doctest.h>

#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using platform::find_reducer;

TEST_CASE("of a person's dconf database only the settings checks look at come through") {
  const auto reduced = find_reducer("dconf_settings")(test_data("linux/dconf/user"));
  REQUIRE_MESSAGE(reduced, reduced.error().detail);
  CHECK(reduced->find("/org/gnome/desktop/media-handling/autorun-never=false\n") != std::string::npos);
  CHECK(reduced->find("/org/gnome/deja-dup/last-backup=2026-11-20T03:00:05.123456Z\n") != std::string::npos);
  CHECK(reduced->find("/org/gnome/deja-dup/periodic=true\n") != std::string::npos);
  CHECK(reduced->find("kazoku") == std::string::npos);
}

TEST_CASE("a system database gives its values and its locks") {
  const auto reduced = find_reducer("dconf_settings")(test_data("linux/dconf/local"));
  REQUIRE(reduced);
  CHECK(reduced->find("/org/gnome/desktop/media-handling/autorun-never=true\n") != std::string::npos);
  CHECK(reduced->find("lock /org/gnome/desktop/media-handling/autorun-never\n") != std::string::npos);
  CHECK(reduced->find("/org/gnome/desktop/screensaver/lock-delay=30\n") != std::string::npos);
  CHECK(reduced->find("lock /org/gnome/desktop/screensaver") == std::string::npos);
}

TEST_CASE("every damaged dconf database is refused or read without running out of it") {
  const std::string whole = test_data("linux/dconf/local");
  for (std::size_t length = 1; length < whole.size(); ++length)
    (void)find_reducer("dconf_settings")(std::string_view(whole).substr(0, length));
  for (std::size_t at = 8; at < whole.size(); ++at)
    for (const char c : {'\0', '\x7f', '\xff'}) {
      std::string damaged = whole;
      damaged[at] = c;
      (void)find_reducer("dconf_settings")(damaged);
    }
  CHECK_FALSE(find_reducer("dconf_settings")("GVariant"));
  CHECK_FALSE(find_reducer("dconf_settings")("text that is no database at all"));
  CHECK(find_reducer("dconf_settings")(""));
}

}  // namespace gokajo::tests
