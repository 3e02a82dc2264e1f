#include "hub/declaring/page_desk.h"

#include "hub/in_transaction.h"
#include "hub/open_store.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr std::chrono::seconds kLookEvery{30};

// One company: what is kept is read, the page is got outside of any transaction, and the outcome is kept where the address is still the
// same.
Result<bool> look_for(Store& store, const Company& company, Time now, const FetchFeed& fetch) {
  KeptPolicy kept;
  const auto read = [&]() -> Status {
    auto found = kept_policy(store, company.id);
    if (!found) return found.error();
    kept = std::move(*found);
    return Done{};
  };
  if (auto status = in_transaction(store, store.begin_reading(), read); !status) return status.error();
  if (!is_look_due(kept, now)) return false;
  const auto address = kept.address;
  const auto outcome = look_at(address, policy_paper(company.name, company.responsible, kept.told), fetch);
  const auto written = in_transaction(store, store.begin(), [&]() -> Status {
    if (auto status = read(); !status || kept.address != address) return status;
    return keep_look(store, company, address, kept.look, outcome, now);
  });
  if (!written) return written.error();
  return true;
}

}  // namespace

Result<int> look_round(Store& store, Time now, const FetchFeed& fetch, const std::function<bool()>& ends) {
  const auto companies = store.companies();
  if (!companies) return companies.error();
  int looks = 0;
  std::optional<Error> first;
  for (const auto& company : *companies) {
    if (ends && ends()) break;
    const auto looked = look_for(store, company, now, fetch);
    if (!looked && !first) first = Error{looked.error().kind, "company " + company.id + ": " + looked.error().detail};
    if (looked && *looked) ++looks;
  }
  if (first) return *first;
  return looks;
}

PageDesk::PageDesk(PageDeskOptions options) : options_(std::move(options)), thread_([this] { run(); }) {}

PageDesk::~PageDesk() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool PageDesk::ends() {
  const std::lock_guard lock(mutex_);
  return ending_;
}

bool PageDesk::waited(std::chrono::seconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [this] { return ending_; });
}

void PageDesk::run() {
  try {
    work();
  } catch (const std::exception& problem) {
    // The next start of the hub tries again; a loop here would do the same wrong again and again.
    options_.complain(
        {ErrorKind::failed,
         std::string("published policies: a fault of this program, none is looked at until it is started again: ") + problem.what()});
  }
}

void PageDesk::work() {
  auto store = open_store(options_.database);
  if (!store) {
    options_.complain(store.error());
    return;
  }
  while (waited(kLookEvery)) {
    const auto leads = (*store)->leads("published policies");
    if (leads && !*leads) continue;
    const auto round =
        leads ? look_round(**store, options_.clock(), options_.fetch, [this] { return ends(); }) : Result<int>(leads.error());
    if (!round) options_.complain({round.error().kind, "published policies: " + round.error().detail});
  }
}

}  // namespace gokajo::hub
