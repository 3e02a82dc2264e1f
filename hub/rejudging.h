/// \file
/// A company's PCs are judged again by what is stored of them, after another pack, policy or answer: the first at once, in the transaction
/// that changed it, so that a small office sees what comes of it; the others in small steps between requests, so that nobody waits for more
/// than one of these. How far it is stands in the store: after a restart, or on another hub, it goes on from there. Until it ends the
/// company passes nothing (hub/counted.h).
#pragma once

#include <memory>
#include <set>

#include "hub/rejudging_store.h"
#include "hub/review.h"
#include "hub/workers.h"

namespace gokajo::hub {

/// PCs that are judged at once, and in each step after that.
inline constexpr std::int64_t kJudgedAtOnce = 40, kJudgedInStep = 100;

/// For whoever changed what a company's PCs are judged by, in the same transaction. One that is not through yet begins anew. What is stored
/// of a PC and cannot be judged passes nothing more and keeps no other from it (hub/withheld.h). Errors: the store's; a pack
/// this program does not know.
platform::Status judge_company_again(Store& store, CompanyBook& book, const std::string& tenant, Time now);

/// Where the file of a pack or a table became another: of every company that is judged by one of these packs all PCs, with the next steps.
/// A transaction of its own.
platform::Status judge_companies_again(Store& store, const std::set<std::string>& packs, Time now);

/// Goes on with it. Belongs to the store's thread.
class Rejudgings {
 public:
  /// No `library`: only what is compiled in.
  explicit Rejudgings(Store& store, const Library* library = nullptr, unsigned threads = 0, std::int64_t in_step = kJudgedInStep);
  ~Rejudgings();
  Rejudgings(const Rejudgings&) = delete;
  Rejudgings& operator=(const Rejudgings&) = delete;

  /// Stores at most `in_step` PCs of one company, in a transaction of its own, on one of several hubs; the next are judged by other threads
  /// meanwhile, and until the next step.
  /// What became another meanwhile (a newer report, a policy) is judged by that. True: there may be more to do. Where there was nothing it
  /// looks again after a second.
  platform::Result<bool> step(Time now);

 private:
  struct Judged;
  struct Ahead;
  static void judge(Judged& of, Time now);
  void begin_judging(Ahead& ahead);
  platform::Result<std::optional<Rejudging>> next(Time now);
  platform::Result<std::vector<Judged>> read(const Rejudging& one, Time now);
  platform::Result<std::unique_ptr<Ahead>> begun_at(std::optional<Rejudging> one, Time now);
  /// False: it is not where these go on.
  platform::Result<bool> stored_now(Ahead& batch, Time now);
  platform::Result<bool> store(Rejudging one, std::vector<Judged> judged, Time now);
  platform::Status keep(Judged& one, const std::string& tenant, bool fresh, Time now);
  Store& store_;
  RejudgingStore& kept_;
  CompanyBook book_;
  Review review_;
  Workers workers_;
  std::int64_t in_step_;
  std::unique_ptr<Ahead> ahead_;  ///< being judged, and not stored yet
  std::optional<Time> looked_;    ///< and there was nothing to do
};

}  // namespace gokajo::hub
