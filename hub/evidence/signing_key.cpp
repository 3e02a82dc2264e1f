#include "hub/evidence/signing_key.h"

#include "hub/web/sealed.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;
using protocol::DeviceKey;

namespace {

constexpr const char* kKey = "evidence.key";

// nullopt: none there, or not to be opened.
Result<std::optional<DeviceKey>> kept_key(Store& store, const Pepper& pepper) {
  const auto sealed = store.hub_value(kKey);
  if (!sealed && sealed.error().kind == ErrorKind::not_found) return std::optional<DeviceKey>();
  if (!sealed) return sealed.error();
  auto seed = unseal(pepper, kKey, *sealed);
  if (!seed) return std::optional<DeviceKey>();
  auto key = DeviceKey::from_seed(*seed);
  protocol::wipe(*seed);
  if (!key) return std::optional<DeviceKey>();
  return std::optional<DeviceKey>(std::move(*key));
}

}  // namespace

Result<DeviceKey> pack_key(Store& store, const Pepper& pepper, Time now) {
  auto kept = kept_key(store, pepper);
  if (!kept) return kept.error();
  if (*kept) return std::move(**kept);
  auto key = DeviceKey::make();
  auto seed = key.seed();
  const auto put = store.put_hub_value(kKey, seal(pepper, kKey, seed));
  protocol::wipe(seed);
  if (!put) return put.error();
  if (auto told = store.add_deed({"", now, "gokajo-hub", "evidence.key", "", "", key.id()}); !told) return told.error();
  return key;
}

Result<std::optional<std::string>> pack_key_fingerprint(Store& store, const Pepper& pepper) {
  auto kept = kept_key(store, pepper);
  if (!kept) return kept.error();
  if (!*kept) return std::optional<std::string>();
  return std::optional<std::string>((*kept)->id());
}

}  // namespace gokajo::hub
