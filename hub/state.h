/// \file
/// The hub's directory: hub.db (unless hub.toml names another store, hub/store_setting.h), pepper (hub/secrets.h), tls/
/// (hub/certificates.h), serving.json (where it listens, for the enrolment sheet), packs/ and briefings/ (hub/shelf.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/library.h"
#include "hub/secrets.h"
#include "hub/store.h"

namespace gokajo::hub {

/// `named` (--state) if not empty, else GOKAJO_HUB_STATE, else /var/lib/gokajo-hub.
std::string hub_directory(const std::string& named);

/// Where PCs find the hub. `pin`: of the certificate it serves with. `started`: when it first served in this directory. `reached`: when a
/// PC other than this one was first heard. `own_certificate`: it is of the hub's own authority (tls/ca.pem), which PCs must be given.
struct Serving {
  std::vector<std::string> names;
  std::int64_t port = 8443;
  std::string pin;
  std::optional<Time> started;
  std::optional<Time> reached;
  std::optional<bool> own_certificate;
};
BOOST_DESCRIBE_STRUCT(Serving, (), (names, port, pin, started, reached, own_certificate))

struct HubState {
  std::string directory;
  std::string where;  ///< for open_store()
  std::unique_ptr<Store> store;
  Pepper pepper;
  std::shared_ptr<Library> library;
  const std::string& database() const { return where; }
};

/// Opens the directory (mode 0700, made where it is missing) and what is in it; root goes on as the directory's owner
/// (platform/act_as_owner.h). Error{denied}: it belongs to another, or others may write to it.
/// At a start of the service (`tell` is given) Windows' folder is taken into possession (platform/state_directory.h); `tell` hears of what
/// was done, a line of English each.
platform::Result<HubState> open_state(const std::string& directory, const std::function<void(const std::string&)>& tell = {});

platform::Status write_serving(const std::string& directory, const Serving& serving);
platform::Result<Serving> read_serving(const std::string& directory);
inline platform::Result<Serving> read_serving(const HubState& state) { return read_serving(state.directory); }

}  // namespace gokajo::hub
