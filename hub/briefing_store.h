/// \file
/// Where the public feeds that were read, and a company's own briefings, are kept: a part of hub/store.h, with its errors, threads and
/// transactions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

/// What was last read of a public feed (hub/feeds/catalogue.h). `items`: the last good copy, as hub/feeds/notice.h writes it, read from
/// `address` with `etag` and `modified` (empty: it named none). `good`: when it was last found to be so, by reading it or by hearing that
/// nothing changed. `problem`: why the last try brought nothing; empty: it did.
struct KeptFeed {
  std::string feed;
  std::string address;
  std::string etag;
  std::string modified;
  std::string items;
  std::optional<platform::Time> good;
  std::optional<platform::Time> tried;
  std::string problem;
};

/// proposed: by the hub. approved: handed out to the company's PCs. refused: a person did not want it. withdrawn: was approved, and is not
/// handed out any more.
enum class BriefingState { proposed, approved, refused, withdrawn };
BOOST_DESCRIBE_ENUM(BriefingState, proposed, approved, refused, withdrawn)

/// A briefing of one company. `text`: the file, byte for byte (compliance/briefing.h); `about`: which notices and programs it was made of
/// (hub/feeds/proposal.h). `month`: "2026-11", in the company's days. `who`: decided that, and when.
struct CompanyBriefing {
  std::string tenant;
  std::string id;
  BriefingState state = BriefingState::proposed;
  std::string month;
  platform::Time published{};
  std::string sha256;
  std::string text;
  std::string about;
  platform::Time made{};
  std::optional<platform::Time> decided;
  std::string who;
};

class BriefingStore {
 public:
  BriefingStore() = default;
  BriefingStore(const BriefingStore&) = delete;
  BriefingStore& operator=(const BriefingStore&) = delete;
  virtual ~BriefingStore() = default;

  /// By id, without their items.
  virtual platform::Result<std::vector<KeptFeed>> feeds() = 0;
  /// Error{not_found}: it was never tried.
  virtual platform::Result<KeptFeed> feed(const std::string& id) = 0;
  virtual platform::Status put_feed(const KeptFeed& feed) = 0;

  /// The newest months first, without `text` and `about`; at most `limit`.
  virtual platform::Result<std::vector<CompanyBriefing>> company_briefings(const std::string& tenant, std::size_t limit) = 0;
  /// Error{not_found}.
  virtual platform::Result<CompanyBriefing> company_briefing(const std::string& tenant, const std::string& id) = 0;
  /// The approved one of that hash. Error{not_found}.
  virtual platform::Result<CompanyBriefing> approved_briefing(const std::string& tenant, const std::string& sha256) = 0;
  /// Adds or replaces; the company's PCs are told of it (Store::generation()).
  virtual platform::Status put_company_briefing(const CompanyBriefing& briefing) = 0;
  /// Removes those made before; at most `limit`, and says how many.
  virtual platform::Result<std::int64_t> forget_briefings(platform::Time before, std::int64_t limit) = 0;
};

}  // namespace gokajo::hub
