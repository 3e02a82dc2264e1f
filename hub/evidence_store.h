/// \file
/// The chain of a company's evidence packs: a side of every Store, with its errors, threads and transactions. The files themselves lie
/// beside the store (hub/evidence/make_pack.h); what stands here holds nothing of a PC.
#pragma once

#include <string>
#include <vector>

#include "hub/evidence/manifest.h"
#include "hub/store.h"

namespace gokajo::hub {

/// One that was made. `number`: from 1, each one more than the one before. `manifest`: SHA-256 of its manifest, which the next one names.
/// `key`: the fingerprint of the key that signed it. `who`: the name at that time. `kept_until`: when the hub takes its file away; it
/// stands in no backup, and those who need it have fetched it by then.
struct EvidencePack {
  std::string tenant;
  std::int64_t number = 0;
  PackKind kind = PackKind::internal;
  platform::Time from{};
  platform::Time until{};
  platform::Time made{};
  std::string manifest;
  std::string key;
  std::int64_t size = 0;
  std::string who;
  platform::Time kept_until{};
};

/// How many files of a company are kept at most: of the packs before them none.
inline constexpr std::int64_t kKeptPackFiles = 12;

class EvidenceStore {
 public:
  EvidenceStore() = default;
  EvidenceStore(const EvidenceStore&) = delete;
  EvidenceStore& operator=(const EvidenceStore&) = delete;
  virtual ~EvidenceStore() = default;

  /// The newest first; at most `limit`.
  virtual platform::Result<std::vector<EvidencePack>> evidence_packs(const std::string& tenant, std::size_t limit) = 0;
  /// Error{not_found}.
  virtual platform::Result<EvidencePack> evidence_pack(const std::string& tenant, std::int64_t number) = 0;
  /// Adds one; files of those kKeptPackFiles before it are kept no longer. Error{failed}: the number is taken.
  virtual platform::Status add_evidence_pack(const EvidencePack& pack) = 0;
};

/// That side of a store: each body of hub/store.h has it.
EvidenceStore& packs_of(Store& store);

}  // namespace gokajo::hub
