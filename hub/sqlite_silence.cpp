// Which PCs are silent or at rest, and the marks of those put down as silent.
#include "hub/sqlite_rows.h"
#include "hub/sqlite_store_body.h"

namespace gokajo::hub {

using platform::Done;

Result<std::vector<Device>> SqliteStore::quiet_devices(const std::string& tenant, Time unheard_before, Time now) {
  return answered([&]() -> Result<std::vector<Device>> {
    auto query = prepared(
        "SELECT " GOKAJO_DEVICE_COLUMNS
        " FROM devices WHERE tenant = ?1 AND device IN (SELECT device FROM devices INDEXED BY devices_by_heard WHERE "
        "tenant = ?1 AND heard_day <= ?2 AND standing <> 'removed' AND silent_at IS NULL UNION SELECT device FROM devices INDEXED BY "
        "devices_resting WHERE tenant = ?1 AND resting_until IS NOT NULL) AND standing = 'approved' AND silent_at IS NULL AND "
        "(coalesce(last_receipt, enrolled) <= ?3 OR resting_until > ?4) ORDER BY label, host_name, device");
    query.bind(1, tenant);
    query.bind(2, heard_day_of(unheard_before));
    query.bind(3, seconds(unheard_before));
    query.bind(4, seconds(now));
    std::vector<Device> found;
    while (query.executeStep()) found.push_back(read_device(query.raw()));
    return found;
  });
}

void SqliteStore::set_mark(const std::string& tenant, const std::string& device, std::optional<Time> at) {
  count(tenant, device, -1);
  {
    auto mark = prepared("UPDATE devices SET silent_at = ?3 WHERE tenant = ?1 AND device = ?2");
    mark.bind(1, tenant);
    mark.bind(2, device);
    bind_optional(mark.raw(), 3, at);
    mark.exec();
  }
  count(tenant, device, +1);
}

Status SqliteStore::mark_silent(const std::string& tenant, const std::vector<std::string>& devices, Time now) {
  return answered([&]() -> Status {
    for (const auto& device : devices)
      if (const auto stands = standing(tenant, device); stands.word == name_of(Standing::approved) && !stands.silent)
        set_mark(tenant, device, now);
    return Done{};
  });
}

Status SqliteStore::end_marks(const std::string& tenant, Time since) {
  return answered([&]() -> Status {
    std::vector<std::string> ending;
    {
      auto query =
          prepared("SELECT device FROM devices INDEXED BY devices_marked WHERE tenant = ? AND silent_at IS NOT NULL AND silent_at >= ?");
      query.bind(1, tenant);
      query.bind(2, seconds(since));
      while (query.executeStep()) ending.push_back(query.getColumn(0).getString());
    }
    for (const auto& device : ending) set_mark(tenant, device, std::nullopt);
    return Done{};
  });
}

Result<std::vector<NamedDevice>> SqliteStore::marked_silent(const std::string& tenant) {
  return answered([&]() -> Result<std::vector<NamedDevice>> {
    auto query = prepared(
        "SELECT device, name FROM devices INDEXED BY devices_marked WHERE tenant = ? AND silent_at IS NOT NULL ORDER BY name, device");
    query.bind(1, tenant);
    return all_named(query.raw());
  });
}

}  // namespace gokajo::hub
