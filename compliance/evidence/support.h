/// \file
/// Facts about ends of support: what this PC itself says of its release, paid extensions it is attached to, and which office suites,
/// browsers and runtimes are installed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// /var/lib/ubuntu-advantage/status.json of Ubuntu Pro: `enabled` are the names of services whose status is "enabled".
struct UbuntuPro {
  bool attached = false;
  std::vector<std::string> enabled;
};
BOOST_DESCRIBE_STRUCT(UbuntuPro, (), (attached, enabled))

/// A file of the distribution on this PC that names the last supported day of this very release. `as_of`: when the file was made (its
/// mtime, which packages keep from their build). `free`: security fixes for everybody, LTS included where it costs nothing; `esm`,
/// `legacy`: of Ubuntu.
struct SaidEnd {
  std::string by;
  Time as_of{};
  std::optional<Time> free;
  std::optional<Time> esm;
  std::optional<Time> legacy;
};
BOOST_DESCRIBE_STRUCT(SaidEnd, (), (by, as_of, free, esm, legacy))

/// `pinned_to`: the minor release a PC of the RHEL family is held at ("9.4"), from `pinned_by`; empty where it follows the newest.
struct ReleasePin {
  std::string pinned_to;
  std::string pinned_by;
};
BOOST_DESCRIBE_STRUCT(ReleasePin, (), (pinned_to, pinned_by))

enum class SoftwareKind { office, browser, runtime };
BOOST_DESCRIBE_ENUM(SoftwareKind, office, browser, runtime)

/// Who brings the fixes of a copy: the release of the system, the vendor itself (its own packages, a tarball), a store (flatpak, snap).
enum class SoftwareOrigin { distribution, vendor, store, unknown };
BOOST_DESCRIBE_ENUM(SoftwareOrigin, distribution, vendor, store, unknown)

/// `product` and `version` as the table of support dates names them ("firefox-esr", "140.3.0"); `found_as`: package, store id or file.
/// `brought_up`: when its store, or on Windows its own updater, last installed everything newest by itself; absent where nothing does, or a
/// person holds it back. On Windows: `still_running` is the older version of a browser that works until it is started again, and
/// `updates_off` that the copy was told not to update itself.
struct SoftwareCopy {
  std::string product;
  SoftwareKind kind = SoftwareKind::office;
  std::string name;
  std::string version;
  SoftwareOrigin origin = SoftwareOrigin::unknown;
  std::string found_as;
  std::optional<Time> brought_up = std::nullopt;
  std::optional<std::string> still_running = std::nullopt;
  std::optional<bool> updates_off = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(SoftwareCopy, (), (product, kind, name, version, origin, found_as, brought_up, still_running, updates_off))

/// `looked_through`: packages the database lists; on Windows the lists of installed programs themselves and their entries, for a new server
/// has no entry yet. `silent`: stores that are installed and did not answer, by name: their copies may be
/// missing.
struct InstalledSoftware {
  std::int64_t looked_through = 0;
  std::vector<SoftwareCopy> copies;
  std::vector<std::string> silent;
};
BOOST_DESCRIBE_STRUCT(InstalledSoftware, (), (looked_through, copies, silent))

}  // namespace gokajo::compliance
