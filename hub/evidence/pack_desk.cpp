#include "hub/evidence/pack_desk.h"

#include "hub/open_store.h"

namespace gokajo::hub {

namespace {

// Something else came in between.
constexpr int kMostTries = 3;

}  // namespace

PackDesk::~PackDesk() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool PackDesk::ask(PackWish wish) {
  const std::lock_guard lock(mutex_);
  const auto known = work_.find(wish.tenant);
  if (ending_ || waiting_.size() >= kMostPackWishes || (known != work_.end() && known->second == PackWork::waiting)) return false;
  work_[wish.tenant] = PackWork::waiting;
  waiting_.push_back(std::move(wish));
  // Most hubs are never asked.
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  wake_.notify_all();
  return true;
}

std::optional<PackWork> PackDesk::of(const std::string& tenant) const {
  const std::lock_guard lock(mutex_);
  const auto known = work_.find(tenant);
  return known == work_.end() ? std::nullopt : std::optional(known->second);
}

void PackDesk::run() {
  for (std::unique_lock lock(mutex_);;) {
    wake_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    const auto wish = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    auto made = make(wish);
    for (int again = 1; !made && made.error().kind == platform::ErrorKind::timed_out && again < kMostTries && !ending_; ++again)
      made = make(wish);
    if (!made && !ending_) place_.complain(made.error());
    lock.lock();
    if (made)
      work_.erase(wish.tenant);
    else
      work_[wish.tenant] = PackWork::failed;
  }
}

platform::Status PackDesk::make(const PackWish& wish) {
  const auto store = open_store(place_.where);
  if (!store) return store.error();
  const auto pack =
      make_pack({place_.directory, **store, place_.pepper, place_.library, [this] { return !ending_; }}, wish, place_.clock());
  if (!pack) return pack.error();
  return platform::Done{};
}

}  // namespace gokajo::hub
