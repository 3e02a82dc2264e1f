#include "compliance/earlier.h"

#include <functional>
#include <set>

#include "compliance/each_fact.h"

namespace gokajo::compliance {
namespace {

// All topics in which a PC is asked.
template <class Visit>
void each_topic(const Visit& visit) {
  visit(&Evidence::device);
  visit(&Evidence::updates);
  visit(&Evidence::antivirus);
  visit(&Evidence::passwords);
  visit(&Evidence::sharing);
  visit(&Evidence::threats);
  visit(&Evidence::extras);
  visit(&Evidence::inventory);
}

// Whether two values are of one thing: equal in all that is no fact.
template <class T>
struct Same {
  static bool but_facts(const T& a, const T& b) { return platform::to_form(a) == platform::to_form(b); }
};
template <class T>
struct Same<Fact<T>> {
  static bool but_facts(const Fact<T>&, const Fact<T>&) { return true; }
};
template <class T>
struct Same<std::optional<T>> {
  static bool but_facts(const std::optional<T>& a, const std::optional<T>& b) {
    return a.has_value() == b.has_value() && (!a || Same<T>::but_facts(*a, *b));
  }
};
template <Described T>
struct Same<T> {
  static bool but_facts(const T& a, const T& b) {
    bool same = true;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(a.*member.pointer)>;
      same = same && Same<Member>::but_facts(a.*member.pointer, b.*member.pointer);
    });
    return same;
  }
};

template <class T>
void take(T& now, const T& before, Time seen);

template <class T>
void take_fact(Fact<T>& now, const Fact<T>& before, Time seen) {
  if (now.value && before.value) return take(*now.value, *before.value, seen);
  if (now.value || !before.value || now.absent != ErrorKind::timed_out) return;
  const auto reason = now.absent;
  auto detail = std::move(now.detail);
  now = before;
  now.observed_at = seen;
  now.no_newer = reason;
  now.detail = std::move(detail);
}

template <class T>
struct Take {
  static void from(T&, const T&, Time) {}
};
template <class T>
struct Take<Fact<T>> {
  static void from(Fact<T>& now, const Fact<T>& before, Time seen) { take_fact(now, before, seen); }
};
template <Described T>
struct Take<T> {
  static void from(T& now, const T& before, Time seen) {
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) { take(now.*member.pointer, before.*member.pointer, seen); });
  }
};
template <class T>
struct Take<std::optional<T>> {
  static void from(std::optional<T>& now, const std::optional<T>& before, Time seen) {
    if (now && before) take(*now, *before, seen);
  }
};
// Entries are told apart by what is no fact in them; where they are others, nothing of an earlier scan is put beside them.
template <class T>
struct Take<std::vector<T>> {
  static void from(std::vector<T>& now, const std::vector<T>& before, Time seen) {
    if constexpr (Described<T>) {
      if (now.size() != before.size()) return;
      for (std::size_t i = 0; i < now.size(); ++i)
        if (!Same<T>::but_facts(now[i], before[i])) return;
      for (std::size_t i = 0; i < now.size(); ++i) take(now[i], before[i], seen);
    }
  }
};
template <class K, class T>
struct Take<std::map<K, T>> {
  static void from(std::map<K, T>& now, const std::map<K, T>& before, Time seen) {
    for (auto& [key, value] : now)
      if (const auto found = before.find(key); found != before.end()) take(value, found->second, seen);
  }
};

template <class T>
void take(T& now, const T& before, Time seen) {
  Take<T>::from(now, before, seen);
}

}  // namespace

void take_earlier(Evidence& evidence, const Evidence& with_earlier, Time seen) {
  each_topic([&](auto topic) { take(evidence.*topic, with_earlier.*topic, seen); });
}

std::vector<Time> times_of_earlier(const Evidence& evidence) {
  std::set<Time, std::greater<>> times;
  each_topic([&](auto topic) {
    // Visiting changes nothing.
    each_fact(const_cast<Evidence&>(evidence).*topic, [&](const auto& fact) {
      if (fact.no_newer) times.insert(fact.observed_at);
    });
  });
  std::vector<Time> newest(times.begin(), times.end());
  if (newest.size() > kMaxEarlierTimes) newest.resize(kMaxEarlierTimes);
  return newest;
}

Evidence without_earlier(Evidence evidence, std::optional<Time> since) {
  each_topic([&](auto topic) {
    each_fact(evidence.*topic, [&](auto& fact) {
      if (!fact.no_newer || (since && fact.observed_at >= *since)) return;
      fact.value.reset();
      fact.absent = *fact.no_newer;
      fact.no_newer.reset();
    });
  });
  return evidence;
}

}  // namespace gokajo::compliance
