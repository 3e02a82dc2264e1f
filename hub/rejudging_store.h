/// \file
/// How far judging a company's PCs again is (hub/rejudging.h): a side of every Store, with its errors, threads and transactions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/store.h"

namespace gokajo::hub {

/// Of a company whose PCs are judged again just now, in the order of their ids: those up to `last` were, `judged` of the `pcs` that there
/// were when it began. There is none once it ended.
struct Rejudging {
  std::string tenant;
  platform::Time begun{};
  std::string last;
  std::int64_t judged = 0;
  std::int64_t pcs = 0;
  std::int64_t left() const { return pcs > judged ? pcs - judged : 0; }
  bool operator==(const Rejudging&) const = default;
};

class RejudgingStore {
 public:
  RejudgingStore() = default;
  RejudgingStore(const RejudgingStore&) = delete;
  RejudgingStore& operator=(const RejudgingStore&) = delete;
  virtual ~RejudgingStore() = default;

  virtual platform::Result<std::optional<Rejudging>> rejudging(const std::string& tenant) = 0;
  /// Of all companies, the oldest first.
  virtual platform::Result<std::vector<Rejudging>> rejudgings() = 0;
  /// Takes the place of the company's one before.
  virtual platform::Status put_rejudging(const Rejudging& one) = 0;
  virtual platform::Status end_rejudging(const std::string& tenant) = 0;
  /// Ids of a company's PCs that were not removed, in order, behind this one (empty: from the first); at most `limit`.
  virtual platform::Result<std::vector<std::string>> ids_behind(const std::string& tenant, const std::string& last, std::int64_t limit) = 0;
};

/// That side of a store: each body of hub/store.h has it.
RejudgingStore& rejudgings_of(Store& store);

}  // namespace gokajo::hub
