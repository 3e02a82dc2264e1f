#include "hub/look_ahead.h"

#include <algorithm>
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
  const auto look_at_some = [&] {
    const auto left = behind(ready_.size() + kSideBySide).subspan(ready_.size());
    reading_.expect(ReportIntake::awaited(left));
    auto more = intake_.judged(left, beside, {reading_, book_, review_}, now);
    ready_.insert(ready_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return !more.empty();
  };
  try {
    while (look_at_some() && done.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
    }
  } catch (const std::exception&) {
    // Nothing is ready then: whoever handles these next has the same thrown at him, and no commit under way.
    ready_.clear();
  }
  good_for_ = {version.own + 1, version.others};
  return done.get();
}

std::vector<Arrival> LookAhead::ready(std::span<const HttpRequest> requests, const Result<StoreVersion>& version, Store& store) {
  auto ready = std::exchange(ready_, {});
  if (ready.empty() || ready.front().request != requests.data() || !version || *version != good_for_) return {};
  // Another hub may have taken a report of the same PC: then its row is another.
  const auto moved = [&](const Arrival& arrival) {
    if (!arrival.device) return false;
    const auto device = store.device_by_id(arrival.device->id);
    return !device || device->tenant != arrival.device->tenant || device->current != arrival.device->current ||
           device->latest != arrival.device->latest || device->last_receipt != arrival.device->last_receipt;
  };
  if (store.reports_beside() && std::any_of(ready.begin(), ready.end(), moved)) return {};
  return ready;
}

}  // namespace gokajo::hub
