#include <algorithm>
#include <iterator>

#include "compliance/checks.h"
#include "compliance/is_windows.h"

namespace gokajo::compliance {
namespace {

// What proves that this PC has no disk of its own to encrypt; nullopt where there is one, or where it was not told.
std::optional<Finding> without_own_disk(const Evidence& evidence) {
  const auto& around = evidence.device.surroundings;
  if (!around) return unmeasured(around);
  if (around->container) return not_applicable("container", around.observed_at);
  if (around->wsl) return not_applicable("wsl", around.observed_at);
  if (around->live_medium) return not_applicable("live-medium", around.observed_at);
  return std::nullopt;
}

// On a server BitLocker is a feature to be added; every workstation has it or Device Encryption, so there its absence is unmeasured.
bool server_without_bitlocker(const Device& device, const Fact<std::vector<Volume>>& volumes) {
  return device.windows && device.windows->kind != WindowsKind::workstation && volumes.absent == ErrorKind::unsupported;
}

Parameters item_of(const Volume& volume) { return {{"name", Name{volume.place}}, {"device", Name{volume.device}}}; }

Finding judge_volumes(const Fact<std::vector<Volume>>& volumes) {
  std::vector<Parameters> open, key_open, changing;
  const Fact<bool>* unseen = nullptr;
  for (const auto& volume : *volumes) {
    if (volume.state == VolumeState::changing)
      changing.push_back(item_of(volume));
    else if (!volume.encrypted)
      unseen = unseen ? unseen : &volume.encrypted;
    else if (!*volume.encrypted)
      (volume.state == VolumeState::key_open ? key_open : open).push_back(item_of(volume));
  }
  if (!open.empty()) {
    std::move(key_open.begin(), key_open.end(), std::back_inserter(open));
    return fail("open", volumes.observed_at, {}, std::move(open));
  }
  if (!key_open.empty()) return fail("key-open", volumes.observed_at, {}, std::move(key_open));
  if (unseen) return unmeasured(*unseen);
  if (!changing.empty()) return unknown("changing", volumes.observed_at, {}, std::move(changing));
  if (volumes->empty()) return unknown("no-volume", volumes.observed_at);
  return pass("encrypted", volumes.observed_at, {{"count", Count{static_cast<std::int64_t>(volumes->size())}}});
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (!is_windows(evidence))
    if (auto without = without_own_disk(evidence)) return std::move(*without);
  const auto& volumes = evidence.extras.volumes;
  if (!volumes && server_without_bitlocker(evidence.device, volumes))
    return not_applicable("no-bitlocker", evidence.device.windows.observed_at);
  return volumes ? judge_volumes(volumes) : unmeasured(volumes);
}

}  // namespace

const Check disk_encrypted{.id = "disk.encrypted", .judge = judge};

}  // namespace gokajo::compliance
