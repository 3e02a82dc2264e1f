#include <algorithm>

#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& products = evidence.antivirus.products;
  if (!products) return unmeasured(products);
  const AntivirusProduct* defender = nullptr;
  for (const auto& product : *products) {
    if (product.name == "Microsoft Defender")
      defender = &product;
    else if (standing_of(product, now) == Standing::active && product.real_time.value == RealTime::on)
      return not_applicable("another-product", products.observed_at, {{"name", Name{product.name}}});
  }
  if (!defender) return not_applicable("no-defender", products.observed_at);
  const auto& guarded = defender->tamper_protected;
  if (!guarded) return unmeasured(guarded);
  const auto standing = standing_of(*defender, now);
  if (standing == Standing::stopped || standing == Standing::passive) return not_applicable("not-active", guarded.observed_at);
  if (standing == Standing::hidden) return unmeasured_for(hidden_fact(*defender));
  return *guarded ? pass("on", guarded.observed_at) : fail("off", guarded.observed_at);
}

}  // namespace

const Check antivirus_tamper_protected{.id = "antivirus.tamper-protected", .judge = judge};

}  // namespace gokajo::compliance
