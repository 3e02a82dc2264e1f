/// \file
/// A hub with a company, and PCs that talk to it, for tests: everything but the network.
#pragma once

#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "hub/ingest.h"
#include "protocol/content.h"
#include "protocol/device_key.h"
#include "protocol/enrolment.h"
#include "protocol/receipt.h"
#include "tests/hub/place.h"

namespace gokajo::tests {

/// 2026-11-26, plus.
inline platform::Time at(std::int64_t seconds) { return *platform::parse_time("2026-11-26T01:00:00Z") + std::chrono::seconds{seconds}; }

/// The content a recorded PC (tests/data/snapshots) sends of a scan made at that time.
platform::Json content_of_pc(const std::string& snapshot, platform::Time scanned_at);

/// A PC as the hub sees it: a key, and requests signed by it.
struct Pc {
  protocol::DeviceKey key = protocol::DeviceKey::make();
  std::string address = "192.0.2.1";

  std::string id() const { return key.id(); }
  hub::HttpRequest request(const std::string& method, const std::string& target, protocol::Position position, std::string body) const;
  hub::HttpRequest enrolment(const std::string& code, const std::string& label = "PC-01") const;
  /// In full, uncompressed.
  hub::HttpRequest report(protocol::Position position, platform::Time scanned_at, const platform::Json& content) const;
  hub::HttpRequest changes(protocol::Position position, platform::Time scanned_at, std::int64_t since_seq, const platform::Json& before,
                           const platform::Json& now) const;
};

struct Office {
  TemporaryDirectory directory;  ///< the hub's
  Place place;
  std::unique_ptr<hub::Store> store = place.store();
  hub::Pepper pepper{std::string(hub::Pepper::kBytes, 'p')};
  std::unique_ptr<hub::Ingest> ingest;

  /// With one company, "yamada".
  Office();
  void add_company(const std::string& tenant);
  /// A new code, valid for 72 hours from at(0).
  std::string code(hub::CodeKind kind = hub::CodeKind::one_time, std::int64_t uses = 1, const std::string& tenant = "yamada");
  /// Enrols; fails the test when refused.
  void enrol(const Pc& pc, hub::CodeKind kind = hub::CodeKind::one_time, const std::string& tenant = "yamada");
  hub::HttpReply send(const hub::HttpRequest& request, platform::Time now = at(0)) { return ingest->handle(request, now); }
  /// Sends a report and reads its receipt; fails the test when there is none.
  protocol::Receipt receipt(const hub::HttpRequest& report, platform::Time now = at(0));
  compliance::Verdict verdict(const Pc& pc, const std::string& rule, const std::string& tenant = "yamada");
  hub::Device device(const Pc& pc);
  /// See Place.
  std::string fingerprint() const { return place.fingerprint(); }
};

protocol::ProblemKind problem_of(const hub::HttpReply& reply);

}  // namespace gokajo::tests
