/// \file
/// Antivirus evidence to vary: one product that runs, watches and is fresh on 22 November 2026.
#pragma once

#include "compliance/evidence.h"

namespace gokajo::tests {

inline const platform::Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");

template <class T>
compliance::Fact<T> known(T value) {
  return compliance::fact<T>(std::move(value), "test", kNow);
}
template <class T>
compliance::Fact<T> absent(platform::ErrorKind kind) {
  return compliance::no_fact<T>({kind, "test"}, "test", kNow);
}

inline compliance::AntivirusProduct good_product(const std::string& name = "ClamAV") {
  compliance::AntivirusProduct product;
  product.name = name;
  product.proof = "/usr/sbin/clamd";
  product.running = known(true);
  product.real_time = known(compliance::RealTime::on);
  compliance::Definitions definitions;
  definitions.published = kNow - platform::Days{1};
  product.definitions = known(definitions);
  product.licensed = absent<bool>(platform::ErrorKind::unsupported);
  product.expires = absent<platform::Time>(platform::ErrorKind::unsupported);
  product.scanned = absent<platform::Time>(platform::ErrorKind::unsupported);
  return product;
}

inline compliance::Evidence protected_by(std::vector<compliance::AntivirusProduct> products) {
  compliance::Evidence evidence;
  evidence.antivirus.products = known(std::move(products));
  evidence.antivirus.other_guards = known(std::vector<std::string>{});
  return evidence;
}

}  // namespace gokajo::tests
