// Which PCs are silent or at rest, and the marks of those put down as silent.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using platform::Done;

Result<std::vector<Device>> PostgresStore::quiet_devices(const std::string& tenant, Time unheard_before, Time now) {
  auto rows = ask(tenant,
                  "SELECT " GOKAJO_DEVICE_COLUMNS
                  " FROM devices WHERE tenant = $1 AND standing = 'approved' AND silent_at IS NULL AND device IN (SELECT device FROM "
                  "devices WHERE tenant = $1 "
                  "AND heard_day <= $2 AND standing <> 'removed' AND silent_at IS NULL UNION SELECT device FROM devices WHERE tenant = $1 "
                  "AND resting_until IS "
                  "NOT NULL) AND (coalesce(last_receipt, enrolled) <= $3 OR resting_until > $4) ORDER BY label, host_name, device",
                  Params(tenant, heard_day_of(unheard_before), unheard_before, now));
  if (!rows) return rows.error();
  return rows->all(device_of);
}

Status PostgresStore::set_mark(const std::string& tenant, const std::string& device, std::optional<Time> at) {
  const auto before = standing(tenant, device);
  if (!before) return before.error();
  if (auto counted = count(tenant, device, *before, -1); !counted) return counted;
  if (auto counted = count(tenant, device, {before->word, at.has_value()}, +1); !counted) return counted;
  if (auto* one = known(tenant, device)) one->device.silent_at = at;
  return tell(tenant, "UPDATE devices SET silent_at = $3 WHERE tenant = $1 AND device = $2", Params(tenant, device, at));
}

Status PostgresStore::mark_silent(const std::string& tenant, const std::vector<std::string>& devices, Time now) {
  for (const auto& device : devices) {
    const auto stands = standing(tenant, device);
    if (!stands) return stands.error();
    if (stands->word != word_of(Standing::approved) || stands->silent) continue;
    if (auto marked = set_mark(tenant, device, now); !marked) return marked;
  }
  return Done{};
}

Status PostgresStore::end_marks(const std::string& tenant, Time since) {
  auto rows = ask(tenant, "SELECT device FROM devices WHERE tenant = $1 AND silent_at IS NOT NULL AND silent_at >= $2 ORDER BY device",
                  Params(tenant, since));
  if (!rows) return rows.error();
  for (int i = 0; i < rows->size(); ++i)
    if (auto ended = set_mark(tenant, (*rows)[i].text(0), std::nullopt); !ended) return ended;
  return Done{};
}

Result<std::vector<NamedDevice>> PostgresStore::marked_silent(const std::string& tenant) {
  auto rows =
      ask(tenant, "SELECT device, name FROM devices WHERE tenant = $1 AND silent_at IS NOT NULL ORDER BY name, device", Params(tenant));
  if (!rows) return rows.error();
  return rows->all(named_of);
}

}  // namespace gokajo::hub
