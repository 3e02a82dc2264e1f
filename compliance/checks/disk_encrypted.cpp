#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  const auto& around = evidence.device.surroundings;
  if (!around) return unmeasured(around);
  if (around->container) return not_applicable("container", around.observed_at);
  if (around->wsl) return not_applicable("wsl", around.observed_at);
  if (around->live_medium) return not_applicable("live-medium", around.observed_at);
  const auto& volumes = evidence.extras.volumes;
  if (!volumes) return unmeasured(volumes);
  std::vector<Parameters> open;
  const Fact<bool>* unseen = nullptr;
  for (const auto& volume : *volumes) {
    if (!volume.encrypted)
      unseen = unseen ? unseen : &volume.encrypted;
    else if (!*volume.encrypted)
      open.push_back({{"name", Name{volume.place}}, {"device", Name{volume.device}}});
  }
  if (!open.empty()) return fail("open", volumes.observed_at, {}, std::move(open));
  if (unseen) return unmeasured(*unseen);
  if (volumes->empty()) return unknown("no-volume", volumes.observed_at);
  return pass("encrypted", volumes.observed_at, {{"count", Count{static_cast<std::int64_t>(volumes->size())}}});
}

}  // namespace

const Check disk_encrypted{.id = "disk.encrypted", .judge = judge};

}  // namespace gokajo::compliance
