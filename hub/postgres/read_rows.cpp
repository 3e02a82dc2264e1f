#include "hub/postgres/read_rows.h"

#include <algorithm>

#include "platform/json_form.h"

namespace gokajo::hub {
namespace {

std::vector<std::string> names_of(const Row& row, int column) {
  const auto text = row.text(column);
  const auto json = platform::parse_json(text, compliance::kMaxPackBytes);
  std::vector<std::string> names;
  if (!json || !platform::read_form(*json, names, {})) row.damaged(text);
  return names;
}

}  // namespace

Company company_of(const Row& row) {
  Company company;
  company.id = row.text(0);
  company.name = row.text(1);
  company.pack = row.text(2);
  auto policy = compliance::read_policy(row.text(3));
  if (policy) {
    company.policy = std::move(*policy);
  } else {
    row.damaged(policy.error().detail);
  }
  company.offset_minutes = row.number(4);
  company.stated_devices = row.optional_number(5);
  company.closed_days = names_of(row, 6);
  company.responsible = row.text(7);
  company.staff_told = row.optional_time(8);
  company.owner_name = row.text(9);
  company.owner_mail = row.text(10);
  company.person_in_charge = row.text(11);
  company.schedule = row.text(12);
  company.created = row.time(13);
  company.confirmed = row.optional_time(14);
  return company;
}

Params params_of(const Company& company) {
  return Params(company.id, company.name, company.pack, platform::to_form(company.policy).dump(), company.offset_minutes,
                company.stated_devices, platform::to_form(company.closed_days).dump(), company.responsible, company.staff_told,
                company.owner_name, company.owner_mail, company.person_in_charge, company.schedule, company.created, company.confirmed);
}

Code code_of(const Row& row) {
  return {row.text(0), row.number(1), row.text(2), row.named<CodeKind>(3), row.number(4), row.time(5), row.time(6), row.optional_time(7)};
}

Device device_of(const Row& row) {
  Device device;
  device.tenant = row.text(0);
  device.id = row.text(1);
  const auto key = row.blob(2);
  if (key.size() == device.key.size()) {
    std::copy(key.begin(), key.end(), device.key.begin());
  } else {
    row.damaged("a key of another length");
  }
  device.label = row.text(3);
  device.host_name = row.text(4);
  device.agent_version = row.text(5);
  device.standing = row.named<Standing>(6);
  device.epoch = row.number(7);
  device.current = {row.number(8), row.number(9)};
  device.latest = {row.number(10), row.number(11)};
  device.code_hash = row.text(12);
  device.clock_ahead_s = row.number(13);
  device.discarded = row.number(14);
  device.enrolled = row.time(15);
  device.last_receipt = row.optional_time(16);
  device.last_scanned = row.optional_time(17);
  device.scan_wanted = row.optional_time(18);
  device.resting_since = row.optional_time(19);
  device.resting_until = row.optional_time(20);
  device.machine = {row.text(21), row.text(22), row.text(23), row.number(24)};
  device.silent_at = row.optional_time(25);
  return device;
}

Params params_of(const Device& device) {
  const Blob key{{reinterpret_cast<const char*>(device.key.data()), device.key.size()}};
  return Params(device.tenant, device.id, key, device.label, device.host_name, device.agent_version, word_of(device.standing), device.epoch,
                device.current.epoch, device.current.seq, device.latest.epoch, device.latest.seq, device.code_hash, device.clock_ahead_s,
                device.discarded, device.enrolled, device.last_receipt, device.last_scanned, device.scan_wanted, device.resting_since,
                device.resting_until, device.machine.system, device.machine.vendor, device.machine.model, device.machine.memory_mib,
                device.silent_at);
}

NamedDevice named_of(const Row& row) { return {row.text(0), row.text(1)}; }

Change change_of(const Row& row) {
  return {row.text(0), row.time(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.optional_time(7)};
}

Deed deed_of(const Row& row) { return {row.text(0), row.time(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)}; }

}  // namespace gokajo::hub
