#include "hub/device_pages.h"

#include <algorithm>
#include <limits>
#include <set>

#include "hub/contacts.h"
#include "hub/kept_finding.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Result;

namespace {

using Ids = std::vector<std::string>;

Ids without(const Ids& ids, const Ids& others) {
  Ids left;
  for (const auto& id : ids)
    if (std::find(others.begin(), others.end(), id) == others.end()) left.push_back(id);
  return left;
}

Ids joined(Ids ids, const Ids& others) {
  ids.insert(ids.end(), others.begin(), others.end());
  return ids;
}

class Pages {
 public:
  Pages(Store& store, const std::string& tenant, const DeviceQuery& query, std::int64_t few)
      : store_(store), tenant_(tenant), query_(query), few_(few) {
    for (auto& one : silent_by_name(query.silence)) silent_.push_back(std::move(one.device));
    for (const auto& one : query.silence.silent) not_marked_.push_back(one.device);
  }

  Result<DevicePage> page() {
    auto counters = store_.counters(tenant_);
    if (!counters) return counters.error();
    counters_ = std::move(*counters);
    const auto filters = wanted();
    if (!filters) return filters.error();
    if (auto looked = look_for_text(); !looked) return looked.error();
    DevicePage page;
    auto skip = query_.offset, left = query_.limit;
    for (const auto& filter : *filters) {
      const auto there = count(filter);
      if (!there) return there.error();
      page.all += *there;
      if (skip >= *there || left == 0) {
        skip = std::max<std::int64_t>(skip - *there, 0);
        continue;
      }
      auto devices = some_of(filter, skip, left);
      if (!devices) return devices.error();
      skip = 0;
      left -= static_cast<std::int64_t>(devices->size());
      page.devices.insert(page.devices.end(), std::make_move_iterator(devices->begin()), std::make_move_iterator(devices->end()));
    }
    return page;
  }

 private:
  // A text is looked for in every name, so this is done once for all lists that one page is made of: where few hold it they are picked
  // from here, else they are counted.
  platform::Status look_for_text() {
    if (query_.text.empty() || query_.order == DeviceOrder::last_heard) return platform::Done{};
    auto matched = store_.matching(tenant_, query_.text, query_.group, few_ + 1);
    if (!matched) return matched.error();
    if (static_cast<std::int64_t>(matched->size()) <= few_) {
      matched_ = std::move(*matched);
      return platform::Done{};
    }
    if (query_.verdict) return platform::Done{};  // by which no count goes
    auto counts = store_.count_matching(tenant_, query_.text, query_.group);
    if (!counts) return counts.error();
    match_counts_ = std::move(*counts);
    return platform::Done{};
  }

  // By name. What else the filter asks for than the text and the group.
  Ids matched_by(const DeviceFilter& filter) const {
    std::set<std::string> only;
    if (filter.only) only.insert(filter.only->begin(), filter.only->end());
    const std::set<std::string> but(filter.but.begin(), filter.but.end());
    Ids ids;
    for (const auto& one : *matched_)
      if ((!filter.standing || one.standing == *filter.standing) && (!filter.worst || one.worst == *filter.worst) &&
          (!filter.only || only.contains(one.device)) && !but.contains(one.device) && !(filter.unmarked && one.marked) &&
          has_verdict(filter, one))
        ids.push_back(one.device);
    return ids;
  }

  static bool has_verdict(const DeviceFilter& filter, const MatchedDevice& one) {
    if (filter.verdicts.empty()) return true;
    const auto rule = filter.rule.empty() ? "=" : " " + filter.rule + "=";
    return std::any_of(filter.verdicts.begin(), filter.verdicts.end(), [&](Verdict verdict) {
      if (one.verdicts.find(rule + boost::describe::enum_to_string(verdict, "") + " ") != std::string::npos) return true;
      if (verdict != Verdict::unknown) return false;
      return filter.rule.empty() ? one.worst == 1 : one.verdicts.find(rule) == std::string::npos;
    });
  }

  std::int64_t counted_by(const DeviceFilter& filter) const {
    std::int64_t pcs = 0;
    for (const auto& one : *match_counts_)
      if ((!filter.standing || one.standing == *filter.standing) && (!filter.worst || one.worst == *filter.worst) &&
          !(filter.unmarked && one.marked) && (!filter.only || one.marked))
        pcs += one.pcs;
    return pcs;
  }

  // Nothing is asked of these but to be what they are, which the caller knows.
  static bool only_ids(const DeviceFilter& filter) { return filter.only && !filter.worst && !filter.group && filter.text.empty(); }

  Result<std::vector<ListedDevice>> some_of(const DeviceFilter& filter, std::int64_t offset, std::int64_t limit) {
    if (matched_) return of_ids(matched_by(filter), offset, limit);
    if (!only_ids(filter) || *filter.only != silent_ || query_.order == DeviceOrder::last_heard)
      return store_.page_devices(tenant_, filter, query_.order, offset, limit);
    return of_ids(silent_, offset, limit);
  }

  // Some that are by name already.
  Result<std::vector<ListedDevice>> of_ids(const Ids& ids, std::int64_t offset, std::int64_t limit) {
    DeviceFilter some;
    const auto first = ids.begin() + offset, last = ids.end();
    some.only = Ids(first, last - first > limit ? first + limit : last);
    return store_.page_devices(tenant_, some, DeviceOrder::name, 0, limit);
  }

  bool by_worst() const { return query_.order == DeviceOrder::worst; }

  DeviceFilter asked() const {
    DeviceFilter filter;
    filter.group = query_.group;
    filter.text = query_.text;
    return filter;
  }
  DeviceFilter approved(const Ids& but) const {
    auto filter = asked();
    filter.standing = Standing::approved;
    filter.but = but;
    filter.unmarked = true;
    return filter;
  }
  DeviceFilter approved_only(Ids only) const {
    auto filter = asked();
    filter.standing = Standing::approved;
    filter.only = std::move(only);
    return filter;
  }

  // In the order in which they are shown.
  Result<std::vector<DeviceFilter>> wanted() {
    const auto& silence = query_.silence;
    if (!silence.in_use.empty()) {
      auto filter = approved_only(silence.in_use);
      filter.worst = 0;
      const auto failing = store_.page_devices(tenant_, filter, DeviceOrder::name, 0, std::numeric_limits<std::int64_t>::max());
      if (!failing) return failing.error();
      for (const auto& one : *failing) failing_in_use_.push_back(one.device.id);
    }
    if (query_.kind == DeviceKind::waiting) return std::vector{waiting()};
    if (query_.kind == DeviceKind::silent) return std::vector{approved_only(silent_)};
    if (query_.kind == DeviceKind::resting) {
      if (!by_worst()) return std::vector{approved_only(silence.resting)};
      return std::vector{approved_only(failing_in_use_), approved_only(without(silence.resting, failing_in_use_))};
    }
    if (query_.verdict) return with_verdict(*query_.verdict);
    if (!by_worst()) return std::vector{asked()};
    return std::vector{of_worst(0, {}), approved_only(silent_), of_worst(1, {}),
                       of_worst(2, {}), of_worst(3, {}),        approved_only(without(silence.resting, failing_in_use_)),
                       waiting()};
  }

  DeviceFilter waiting() const {
    auto filter = asked();
    filter.standing = Standing::waiting;
    return filter;
  }

  // Those that are silent or at rest count for nothing, but for what fails in use.
  Ids not_counted(bool failing) const {
    const auto& silence = query_.silence;
    return joined(not_marked_, failing ? without(silence.resting, failing_in_use_) : silence.resting);
  }

  // `with`: a rule has one of these, too.
  DeviceFilter of_worst(int worst, const std::vector<Verdict>& with) const {
    auto filter = approved(not_counted(worst == 0 && with.empty()));
    filter.worst = worst;
    filter.verdicts = with;
    return filter;
  }

  Result<std::vector<DeviceFilter>> with_verdict(Verdict verdict) {
    if (!query_.rule.empty()) return of_rule(verdict);
    std::vector<DeviceFilter> filters;
    if (verdict == Verdict::fail) filters = {of_worst(0, {})};
    if (verdict == Verdict::pass) filters = {of_worst(3, {})};
    // Those with something worse may have it, too.
    if (verdict == Verdict::unknown) filters = {of_worst(0, {verdict}), of_worst(1, {})};
    if (verdict == Verdict::ask) filters = {of_worst(0, {verdict}), of_worst(1, {verdict}), of_worst(2, {})};
    if (verdict == Verdict::not_applicable)
      for (const int worst : {0, 1, 2, 3}) filters.push_back(of_worst(worst, {verdict}));
    if (filters.front().worst == 0 && verdict != Verdict::fail) filters.front().but = not_counted(false);
    if (by_worst() || filters.size() == 1) return filters;
    // In one order they are one list.
    auto all = approved(not_counted(false));
    all.verdicts = {verdict};
    return std::vector{all};
  }

  // All have the same verdict: there is no worse one among them.
  Result<std::vector<DeviceFilter>> of_rule(Verdict verdict) {
    auto filter = approved(not_counted(verdict == Verdict::fail));
    filter.rule = query_.rule;
    filter.verdicts = {verdict};
    if (verdict == Verdict::pass) filter.verdicts.push_back(Verdict::not_applicable);
    const auto of = [&](const std::string& what, Verdict wanted) { return of_counter(what, boost::describe::enum_to_string(wanted, "")); };
    const auto all = of_counter("device", word_of(Standing::approved)) - static_cast<std::int64_t>(query_.silence.marked.size());
    std::int64_t judged = 0, having = 0;
    for (const auto one : {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable})
      judged += of(query_.rule, one);
    for (const auto one : filter.verdicts) having += of(query_.rule, one);
    if (verdict == Verdict::unknown) having += all - judged;
    filter.few = query_.text.empty() && having < all / 4 && (verdict != Verdict::unknown || judged == all);
    if (query_.text.empty() && !query_.group) counted_ = having;
    return std::vector{filter};
  }

  static std::string word_of(Standing standing) { return boost::describe::enum_to_string(standing, ""); }

  std::int64_t of_counter(const std::string& what, const std::string& verdict) const {
    const auto found = counters_.find(what);
    if (found == counters_.end()) return 0;
    const auto one = found->second.find(verdict);
    return one == found->second.end() ? 0 : one->second;
  }

  // What a whole list is of, where the store counts that anyway.
  std::optional<std::int64_t> counter_of(const DeviceFilter& filter) const {
    if (filter.only || filter.group || !filter.text.empty() || !filter.verdicts.empty()) return std::nullopt;
    if (filter.standing == Standing::approved && filter.worst && filter.unmarked)
      return of_counter(GOKAJO_WORST_COUNTER, std::to_string(*filter.worst));
    if (filter.worst || filter.unmarked) return std::nullopt;
    if (filter.standing) return of_counter("device", word_of(*filter.standing));
    return of_counter("device", word_of(Standing::approved)) + of_counter("device", word_of(Standing::waiting));
  }

  Result<std::int64_t> count_whole(const DeviceFilter& filter) {
    const auto counted = counter_of(filter);
    return counted ? Result<std::int64_t>(*counted) : store_.count_devices(tenant_, filter);
  }

  // What is left out is subtracted: it is found one by one, and the rest by an index alone.
  Result<std::int64_t> count(const DeviceFilter& filter) {
    if (matched_) return static_cast<std::int64_t>(matched_by(filter).size());
    if (only_ids(filter) || (filter.only && filter.only->empty())) return static_cast<std::int64_t>(filter.only->size());
    if (match_counts_ && filter.only == silent_ && filter.verdicts.empty()) {
      auto not_marked = filter;
      not_marked.only = not_marked_;
      const auto others = not_marked_.empty() ? Result<std::int64_t>(0) : store_.count_devices(tenant_, not_marked);
      return others ? Result<std::int64_t>(*others + counted_by(filter)) : others;
    }
    const bool by_text = match_counts_ && !filter.only && filter.verdicts.empty();
    const auto count_of = [&](const DeviceFilter& one) {
      return by_text ? Result<std::int64_t>(counted_by(one)) : counted_ ? Result<std::int64_t>(*counted_) : count_whole(one);
    };
    if (filter.but.empty()) return count_of(filter);
    auto all = filter, left_out = filter;
    all.but.clear();
    left_out.but.clear();
    left_out.only = filter.but;
    const auto there = count_of(all);
    if (!there) return there;
    const auto others = store_.count_devices(tenant_, left_out);
    return others ? Result<std::int64_t>(*there - *others) : others;
  }

  Store& store_;
  const std::string& tenant_;
  const DeviceQuery& query_;
  std::int64_t few_;
  Counters counters_;
  Ids silent_;      ///< all, by name
  Ids not_marked_;  ///< of these
  Ids failing_in_use_;
  std::optional<std::vector<MatchedDevice>> matched_;    ///< that hold the text, where they are few
  std::optional<std::vector<MatchCount>> match_counts_;  ///< where they are many
  std::optional<std::int64_t> counted_;                  ///< by the store's counters, before anything is left out
};

}  // namespace

Result<DevicePage> page_of_devices(Store& store, const std::string& tenant, const DeviceQuery& query, std::int64_t few_matches) {
  return Pages(store, tenant, query, few_matches).page();
}

}  // namespace gokajo::hub
