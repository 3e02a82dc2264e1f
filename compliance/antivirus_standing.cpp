#include "compliance/antivirus_standing.h"

namespace gokajo::compliance {
namespace {

// "This product has no way to tell" is accepted for what a product need not have; any other reason hides what decides.
template <class T>
bool hides(const Fact<T>& fact) {
  return !fact && fact.absent != ErrorKind::unsupported;
}

}  // namespace

Standing standing_of(const AntivirusProduct& product, Time now) {
  if (product.running && !*product.running) return Standing::stopped;
  if (product.licensed && !*product.licensed) return Standing::unlicensed;
  if (product.expires && *product.expires <= now) return Standing::expired;
  if (product.real_time.value == RealTime::passive) return Standing::passive;
  if (product.real_time.value == RealTime::blind) return Standing::blind;
  const bool hidden = !product.running || hides(product.licensed) || hides(product.expires) || hides(product.real_time);
  return hidden ? Standing::hidden : Standing::active;
}

Absence hidden_fact(const AntivirusProduct& product) {
  if (!product.running) return absence_of(product.running);
  if (hides(product.licensed)) return absence_of(product.licensed);
  if (hides(product.expires)) return absence_of(product.expires);
  return absence_of(product.real_time);
}

Finding unmeasured_for(Absence absence) {
  Finding finding = unknown("unmeasured", absence.observed_at);
  finding.absence = std::move(absence);
  return finding;
}

std::optional<Finding> without_product(const Antivirus& antivirus, Verdict verdict) {
  if (!antivirus.products) return unmeasured(antivirus.products);
  if (!antivirus.products->empty()) return std::nullopt;
  const auto& guards = antivirus.other_guards;
  if (!guards) return unmeasured(guards);
  if (!guards->empty()) return unknown("unknown-guard", guards.observed_at, {{"programs", List{*guards}}});
  return conclude(verdict, "no-product", antivirus.products.observed_at);
}

}  // namespace gokajo::compliance
