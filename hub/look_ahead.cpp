#include "hub/look_ahead.h"

#include <chrono>
#include <future>
#include <iterator>
#include <utility>

#include <boost/asio/packaged_task.hpp>
#include <boost/asio/post.hpp>

namespace gokajo::hub {

using platform::Result, platform::Status;

Status LookAhead::over(const std::function<Status()>& commit, std::span<const HttpRequest> committing, const StoreVersion& version,
                       const Behind& behind, Time now) {
  ready_.clear();
  auto done = boost::asio::post(committer_, std::packaged_task<Status()>(commit));
  SideBySide beside;
  for (const auto& request : committing) beside.devices.insert(request.header("gokajo-device"));
  do {
    const auto left = behind(ready_.size() + kSideBySide).subspan(ready_.size());
    auto more = intake_.judged(left, beside, {reading_, book_, review_}, now);
    if (more.empty()) break;
    ready_.insert(ready_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  } while (done.wait_for(std::chrono::seconds{0}) != std::future_status::ready);
  good_for_ = {version.own + 1, version.others};
  return done.get();
}

std::vector<Arrival> LookAhead::ready(std::span<const HttpRequest> requests, const Result<StoreVersion>& version) {
  auto ready = std::exchange(ready_, {});
  if (ready.empty() || ready.front().request != requests.data() || !version || *version != good_for_) return {};
  return ready;
}

}  // namespace gokajo::hub
