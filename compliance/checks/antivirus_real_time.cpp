#include "compliance/antivirus_standing.h"
#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

std::string situation_of(const AntivirusProduct& product, Standing standing) {
  if (standing != Standing::active && standing != Standing::passive && standing != Standing::blind) return "not-active";
  switch (*product.real_time) {
    case RealTime::notices_only:
      return "notices-only";
    case RealTime::passive:
      return "passive";
    case RealTime::blind:
      return "blind";
    default:
      return "off";
  }
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  const auto& antivirus = evidence.antivirus;
  if (auto finding = without_product(antivirus, Verdict::not_applicable)) return *finding;
  std::optional<Finding> unknown_one, failed;
  for (const auto& product : *antivirus.products) {
    const auto standing = standing_of(product, now);
    const Parameters named = {{"product", Name{product.name}}};
    if (standing == Standing::hidden || (standing == Standing::active && !product.real_time)) {
      if (unknown_one) continue;
      unknown_one = unmeasured_for(standing == Standing::hidden ? hidden_fact(product) : absence_of(product.real_time));
      unknown_one->parameters = named;
    } else if (standing == Standing::active && *product.real_time == RealTime::on) {
      Parameters parameters = named;
      if (product.watched_folders) parameters.emplace("folders", Count{*product.watched_folders});
      return pass(product.watched_folders ? "watches-folders" : "on", product.real_time.observed_at, std::move(parameters));
    } else if (!failed || failed->situation == "not-active") {
      failed = fail(situation_of(product, standing), product.running.observed_at, named);
    }
  }
  return unknown_one ? *unknown_one : *failed;
}

}  // namespace

const Check antivirus_real_time{.id = "antivirus.real-time", .judge = judge};

}  // namespace gokajo::compliance
