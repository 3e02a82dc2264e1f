// What reports will ask for, fetched in one go.
#include "hub/postgres/store_body.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

// Of standing devices only: others are rare, and asked for one by one.
#define GOKAJO_STANDING " JOIN devices d USING (tenant, device) WHERE d.device = ANY($1::text[]) AND d.standing <> 'removed'"
constexpr const char* kDevices = "SELECT " GOKAJO_DEVICE_COLUMNS " FROM devices WHERE device = ANY($1::text[]) AND standing <> 'removed'";
constexpr const char* kMemories = "SELECT device, memory FROM memories" GOKAJO_STANDING;
constexpr const char* kFindings =
    "SELECT device, check_id, rule, required, verdict, since, to_do, situation, late_since FROM findings" GOKAJO_STANDING
    " ORDER BY device, place";
constexpr const char* kRules = "SELECT device, rule, verdict FROM rules" GOKAJO_STANDING;
#undef GOKAJO_STANDING
constexpr const char* kGenerations =
    "SELECT tenant, generation FROM companies WHERE tenant IN (SELECT tenant FROM devices WHERE device = ANY($1::text[]) AND standing <> "
    "'removed')";
constexpr const char* kStored =
    "SELECT d.device FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS e (device, epoch, seq) JOIN devices d ON d.device = e.device "
    "AND "
    "d.standing <> 'removed' JOIN reports r ON r.tenant = d.tenant AND r.device = d.device AND r.epoch = e.epoch AND r.seq = e.seq";

}  // namespace

PostgresStore::Known* PostgresStore::known(const std::string& tenant, const std::string& device) {
  const auto found = known_.find(device);
  return found == known_.end() || found->second.device.tenant != tenant ? nullptr : &found->second;
}

void PostgresStore::expect(std::span<const Awaited> reports) {
  known_.clear();
  generations_.clear();
  Words devices;
  Numbers epochs, seqs;
  for (const auto& one : reports) {
    devices.push_back(one.device);
    epochs.push_back(one.position.epoch);
    seqs.push_back(one.position.seq);
  }
  if (devices.empty()) return;
  const Params ids(devices);
  connection_->within(kWholeHub);
  // A hint: what cannot be fetched now is asked for later, and fails then. The devices come first: what another hub changes while the rest
  // is read moves a device's row (Store::reports_beside()), and is so found out by whoever compares it.
  auto answered = connection_->ask_all(
      {{kDevices, ids}, {kMemories, ids}, {kFindings, ids}, {kRules, ids}, {kGenerations, ids}, {kStored, Params(devices, epochs, seqs)}});
  if (!answered) return;
  auto& all = *answered;
  for (int i = 0; i < all[0].size(); ++i) {
    auto device = device_of(all[0][i]);
    auto id = device.id;
    known_[std::move(id)].device = std::move(device);
  }
  const auto of = [&](const Row& row) -> Known* {
    const auto found = known_.find(row.text(0));
    return found == known_.end() ? nullptr : &found->second;
  };
  const auto each = [&](Rows& rows, const auto& read) {
    for (int i = 0; i < rows.size(); ++i)
      if (auto* one = of(rows[i])) read(*one, rows[i]);
  };
  each(all[1], [](Known& one, const Row& row) { one.memory = row.text(1); });
  each(all[2], [](Known& one, const Row& row) {
    one.findings.push_back({row.text(1),
                            row.text(2),
                            row.number(3) != 0,
                            row.named<Verdict>(4),
                            row.time(5),
                            {},
                            row.named<ToDo>(6),
                            row.text(7),
                            row.optional_time(8)});
  });
  each(all[3], [](Known& one, const Row& row) { one.rules.emplace(row.text(1), row.named<Verdict>(2)); });
  for (int i = 0; i < all[4].size(); ++i) generations_[all[4][i].text(0)] = all[4][i].number(1);
  each(all[5], [](Known& one, const Row&) { one.stored = true; });
  for (const auto& report : reports)
    if (const auto found = known_.find(report.device); found != known_.end()) found->second.expected.insert(report.position);
  for (const auto& rows : all)
    if (rows.damage()) known_.clear();  // said by who asks for it
}

}  // namespace gokajo::hub
