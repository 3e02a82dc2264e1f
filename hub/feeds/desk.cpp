#include "hub/feeds/desk.h"

#include "hub/feeds/proposal.h"
#include "hub/open_store.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

// Companies come and months begin; what a feed itself needs is hours (hub/feeds/data/feeds.json).
constexpr std::chrono::seconds kFirstLook{20}, kLookAgain{600}, kTryAgain{60};

}  // namespace

Result<FeedRound> feed_round(Store& store, FeedReading& reading, LookedThrough& looked, platform::Time now, bool at_once,
                             const std::function<bool()>& ends) {
  FeedRound round;
  const auto stops = [&] { return ends && ends(); };
  for (;;) {
    if (stops()) return round;
    const auto more = reading.step(now, at_once);
    if (!more) return more.error();
    if (!*more) break;
    ++round.feeds;
  }
  const auto notices = fresh_notices(store, now);
  if (!notices) return notices.error();
  if (notices->empty()) return round;
  const auto companies = store.companies();
  if (!companies) return companies.error();
  std::optional<Error> first;
  for (const auto& company : *companies) {
    if (stops()) break;
    const auto last = looked.find(company.id);
    if (last != looked.end() && now >= last->second && now - last->second < kLookThroughAgain) continue;
    looked[company.id] = now;
    const auto made = propose_for(store, company, *notices, now);
    // One company's trouble must not keep the others from theirs.
    if (!made && !first) first = Error{made.error().kind, "company " + company.id + ": " + made.error().detail};
    if (made && *made) ++round.proposals;
  }
  if (first) return *first;
  return round;
}

FeedDesk::FeedDesk(FeedDeskOptions options) : options_(std::move(options)), thread_([this] { run(); }) {}

FeedDesk::~FeedDesk() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool FeedDesk::waited(std::chrono::seconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [this] { return ending_; });
}

void FeedDesk::run() {
  try {
    work();
  } catch (const std::exception& problem) {
    // What was read is kept. The next start of the hub tries again; a loop here would do the same wrong again and again.
    options_.complain(
        {ErrorKind::failed, std::string("feeds: a fault of this program, none is read until it is started again: ") + problem.what()});
  }
}

void FeedDesk::work() {
  auto store = open_store(options_.database);
  if (!store) {
    options_.complain(store.error());
    return;
  }
  FeedReading reading(**store, options_.settings, options_.fetch);
  LookedThrough looked;
  bool begun = false;
  // PCs that were waiting for the hub come first.
  for (auto time = kFirstLook; waited(time);) {
    time = kTryAgain;
    const auto leads = (*store)->leads("feeds");
    if (!leads) {
      options_.complain(leads.error());
      continue;
    }
    if (!*leads) continue;
    if (!begun) {
      if (auto status = reading.begin(); !status) {
        options_.complain(status.error());
        continue;
      }
      begun = true;
    }
    if (!options_.settings.read) return;
    const auto round = feed_round(**store, reading, looked, options_.clock(), false, [this] {
      const std::lock_guard lock(mutex_);
      return ending_;
    });
    if (!round) options_.complain({round.error().kind, "feeds: " + round.error().detail});
    if (round) time = kLookAgain;
  }
}

}  // namespace gokajo::hub
