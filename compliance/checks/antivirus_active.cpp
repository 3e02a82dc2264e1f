#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

std::string situation_of(Standing standing) { return boost::describe::enum_to_string(standing, "stopped"); }

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  const auto& antivirus = evidence.antivirus;
  if (auto finding = without_product(antivirus, Verdict::fail)) return *finding;
  const auto observed_at = antivirus.products.observed_at;
  std::vector<std::string> active;
  const AntivirusProduct* hidden = nullptr;
  const AntivirusProduct* inactive = nullptr;
  for (const auto& product : *antivirus.products) {
    const auto standing = standing_of(product, now);
    if (standing == Standing::active)
      active.push_back(product.name);
    else if (standing == Standing::hidden)
      hidden = hidden ? hidden : &product;
    // The one that runs is the more telling: it expired or was told to stand back.
    else if (!inactive || standing_of(*inactive, now) == Standing::stopped)
      inactive = &product;
  }
  if (!active.empty()) return pass("active", observed_at, {{"products", List{active}}});
  if (hidden) {
    Finding finding = unmeasured_for(hidden_fact(*hidden));
    finding.parameters.emplace("product", Name{hidden->name});
    return finding;
  }
  Parameters parameters = {{"product", Name{inactive->name}}};
  const auto standing = standing_of(*inactive, now);
  if (standing == Standing::expired) parameters.emplace("date", Date{*inactive->expires});
  return fail(situation_of(standing), observed_at, std::move(parameters));
}

}  // namespace

const Check antivirus_active{.id = "antivirus.active", .judge = judge};

}  // namespace gokajo::compliance
