#include "agent/person_desk.h"

#include <algorithm>
#include <utility>

#include "agent/told_readings.h"

namespace gokajo::agent {

using platform::ChannelCaller;

namespace {

constexpr std::chrono::minutes kRatePeriod{10};

template <class Map>
void make_room(Map& map) {
  if (map.size() >= kMaxRemembered) map.clear();
}

}  // namespace

std::string PersonDesk::answer(const ChannelCaller& who, std::string_view message) {
  if (!is_sid(who.person)) return "";
  const std::lock_guard lock(mutex_);
  make_room(spoke_);
  spoke_.insert_or_assign(who.session, clock_.now());
  return write_person_answer(take(who.person, message));
}

bool PersonDesk::too_often(const std::string& person) {
  const auto now = clock_.now();
  make_room(rates_);
  auto& rate = rates_[person];
  if (rate.messages == 0 || platform::elapsed(rate.since, now) >= kRatePeriod) rate = {now, 0};
  return ++rate.messages > kMaxMessagesOfPerson;
}

PersonAnswer PersonDesk::take(const std::string& person, std::string_view text) {
  if (too_often(person)) return {.taken = Taken::too_often};
  const auto message = read_person_message(text);
  if (!message) return {.taken = Taken::malformed};
  switch (message->wish) {
    case PersonWish::scan:
      scan_wished_ = true;
      return {};
    case PersonWish::understood:
      return understood(person, *message->briefing);
    case PersonWish::notices:
      break;
  }
  return {.notices = notices_for(known_, person, clock_.now().wall)};
}

// When it was read is for this clock to say.
PersonAnswer PersonDesk::understood(const std::string& person, const std::string& id) {
  const auto found = std::find_if(briefings_.begin(), briefings_.end(), [&](const auto& briefing) { return briefing.id == id; });
  if (found == briefings_.end()) return {.taken = Taken::unknown_briefing};
  const auto now = clock_.now().wall;
  const compliance::BriefingRead read{id, now, static_cast<std::int64_t>(found->questions.size())};
  if (!keep_told_reading(directory_, person, read)) return {.taken = Taken::not_kept};
  add_reading(known_.readings[person], read, known_, now);
  return {};
}

void PersonDesk::know(Tellable known, std::vector<compliance::Briefing> known_briefings) {
  const std::lock_guard lock(mutex_);
  known.not_arriving = known_.not_arriving;
  known.received = known_.received;
  known_ = std::move(known);
  briefings_ = std::move(known_briefings);
}

void PersonDesk::know_arrival(bool not_arriving, std::optional<platform::Time> received) {
  const std::lock_guard lock(mutex_);
  known_.not_arriving = not_arriving;
  known_.received = received;
}

bool PersonDesk::take_scan_wish() {
  const std::lock_guard lock(mutex_);
  return std::exchange(scan_wished_, false);
}

std::map<std::int64_t, platform::Moment> PersonDesk::spoke() const {
  const std::lock_guard lock(mutex_);
  return spoke_;
}

}  // namespace gokajo::agent
