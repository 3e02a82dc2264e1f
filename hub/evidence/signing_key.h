/// \file
/// The key by which this hub signs its evidence packs: one for all its companies, made when it is first needed. Its seed lies in the store
/// sealed under the pepper (hub/web/sealed.h), so that a copy of the store alone signs nothing.
#pragma once

#include <optional>
#include <string>

#include "hub/secrets.h"
#include "hub/store.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

/// Inside a transaction that writes. A seed that another pepper sealed (a store brought back without its pepper) is lost: then a new key is
/// made, which the hub's own record tells. Errors: the store's.
platform::Result<protocol::DeviceKey> pack_key(Store& store, const Pepper& pepper, Time now);

/// Inside any transaction: the fingerprint of the key there is; none where none was made or its seed cannot be opened.
platform::Result<std::optional<std::string>> pack_key_fingerprint(Store& store, const Pepper& pepper);

}  // namespace gokajo::hub
