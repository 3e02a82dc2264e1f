// 基準: the numbers by which checks judge, as the pack has them and as the company set them.
#include "hub/thresholds.h"

#include <algorithm>

#include "compliance/check.h"
#include "hub/web/handlers.h"
#include "hub/web/policy_page.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::size_t kDeedsLookedAt = 500;

std::string place(const Visit& visit) { return "/c/" + visit.company->id + "/thresholds"; }

ThresholdForm form_of(const Visit& visit) {
  return {visit.field("check"), visit.field("name"), visit.field("value"), visit.field("reason"), visit.field("until")};
}

std::string subject_of(const std::string& check, const std::string& name) { return check + " " + name; }

std::optional<std::int64_t> number_in(const compliance::Settings& settings, const std::string& name) {
  const auto found = settings.find(name);
  const auto* number = found == settings.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return number ? std::optional(*number) : std::nullopt;
}

// By which the pack judges: its own value, else the check's.
std::optional<std::int64_t> value_of_pack(const compliance::PackCheck& entry, const SettingRange& range) {
  if (entry.settings)
    if (const auto own = number_in(*entry.settings, range.name)) return own;
  const auto* check = compliance::find_check(range.check);
  return check ? number_in(check->settings, range.name) : std::nullopt;
}

const compliance::PolicySetting* setting_of(const Visit& visit, const SettingRange& range) {
  for (const auto& one : visit.company->policy.settings)
    if (one.check == range.check && one.name == range.name) return &one;
  return nullptr;
}

std::string with_unit(std::int64_t value, const SettingRange& range, compliance::Language language) {
  return std::to_string(value) + (language == compliance::Language::ja ? "" : " ") + range.unit.in(language);
}

// Who set it last, as the record has it.
std::string who_set(const std::vector<Deed>& deeds, const SettingRange& range) {
  for (const auto& deed : deeds)
    if (deed.subject == subject_of(range.check, range.name)) return deed.who;
  return {};
}

PageData row_of(const Visit& visit, const SettingRange& range, std::int64_t of_pack, const std::vector<Deed>& deeds) {
  PageData one;
  const auto* own = setting_of(visit, range);
  const auto* number = own ? std::get_if<std::int64_t>(&own->value) : nullptr;
  const bool ended = own && own->until + platform::Days{1} <= visit.now;
  one.set("check", range.check);
  one.set("setting", range.name);
  one.set("text", range.text.in(visit.language));
  one.set("of_pack", with_unit(of_pack, range, visit.language));
  one.set("value", with_unit(number && !ended ? *number : of_pack, range, visit.language));
  if (!own) return one;
  one.set("own", PageData::type::bool_true);
  one.set("reason", shown(own->reason));
  one.set("until", last_day(visit, own->until));
  one.set("who", shown(who_set(deeds, range)));
  if (ended) one.set("ended", PageData::type::bool_true);
  return one;
}

// The form for the one setting that is to be changed.
PageData editing(const Visit& visit, const SettingRange& range, std::int64_t of_pack) {
  const auto form = form_of(visit);
  const auto* own = setting_of(visit, range);
  const auto* number = own ? std::get_if<std::int64_t>(&own->value) : nullptr;
  const bool typed = visit.request.method == "POST";
  PageData data;
  data.set("check", range.check);
  data.set("setting", range.name);
  data.set("text", range.text.in(visit.language));
  data.set("unit", range.unit.in(visit.language));
  data.set("least", std::to_string(range.least));
  data.set("most", std::to_string(range.most));
  data.set("of_pack", with_unit(of_pack, range, visit.language));
  data.set("form_value", typed ? shown(form.value) : std::to_string(number ? *number : of_pack));
  data.set("form_reason", typed ? shown(form.reason) : own ? shown(own->reason) : "");
  data.set("form_until", typed ? shown(form.until) : "");
  return data;
}

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  const auto pack = pack_alone(visit);
  if (!pack) return pack.error();
  const auto deeds = visit.store().deeds_matching(visit.company->id, {"", "threshold.set"}, 0, kDeedsLookedAt);
  if (!deeds) return deeds.error();
  PageData groups{PageData::type::list}, data;
  std::string check;
  PageData rows{PageData::type::list};
  const compliance::PackCheck* entry = nullptr;
  const auto end_group = [&] {
    if (!entry) return;
    PageData group;
    group.set("name", check_name(check, visit.language));
    group.set("why", entry->reason.in(visit.language));
    group.set("rows", rows);
    groups << group;
    rows = PageData{PageData::type::list};
  };
  for (const auto& range : setting_ranges()) {
    if (range.check != check) {
      end_group();
      check = range.check;
      entry = entry_of(*pack, check);
    }
    const auto of_pack = entry ? value_of_pack(*entry, range) : std::nullopt;
    if (!of_pack) continue;
    rows << row_of(visit, range, *of_pack, *deeds);
    if (visit.field("check") == range.check && visit.field("name") == range.name) data.set("editing", editing(visit, range, *of_pack));
  }
  end_group();
  data.set("groups", groups);
  data.set("today", today_of(visit));
  data.set("farthest", farthest_day(visit));
  data.set("pack", pack->name.in(visit.language));
  if (!problem.empty()) {
    auto sentence = page_word("problem." + problem, visit.language);
    if (const auto* range = problem == "threshold_value" ? range_of(visit.field("check"), visit.field("name")) : nullptr)
      sentence += (visit.ja() ? "（" : " (") + range->text.in(visit.language) + (visit.ja() ? "：" : ": ") + std::to_string(range->least) +
                  (visit.ja() ? "〜" : " to ") + with_unit(range->most, *range, visit.language) + (visit.ja() ? "）" : ")");
    data.set("problem", sentence);
  }
  return show(visit, "thresholds.html", "thresholds.title", data, problem.empty() ? 200 : 422);
}

const char* problem_of(PolicyChange outcome) {
  switch (outcome) {
    case PolicyChange::value:
      return "threshold_value";
    case PolicyChange::reason:
      return "threshold_reason";
    case PolicyChange::until:
      return "threshold_until";
    case PolicyChange::gone:
      return "threshold_gone";
    default:
      return "threshold_check";
  }
}

std::string value_text(const Visit& visit, const std::string& check, const std::string& name) {
  for (const auto& one : visit.company->policy.settings)
    if (one.check == check && one.name == name)
      if (const auto* number = std::get_if<std::int64_t>(&one.value)) return std::to_string(*number);
  return {};
}

}  // namespace

Result<HttpReply> show_thresholds(Visit& visit) { return page(visit); }

Result<HttpReply> set_threshold_page(Visit& visit) {
  const auto pack = pack_alone(visit);
  if (!pack) return pack.error();
  auto policy = visit.company->policy;
  const auto form = form_of(visit);
  const auto outcome = set_threshold(policy, *pack, form, today_of(visit));
  if (outcome != PolicyChange::done) return page(visit, problem_of(outcome));
  const auto kept = keep_policy(visit, policy);
  if (!kept) return kept.error();
  if (!kept->fits) return page(visit, "policy_unfit");
  if (auto told = record(visit, "threshold.set", subject_of(form.check, form.name), value_text(visit, form.check, form.name),
                         form.value + " " + form.reason);
      !told)
    return told.error();
  return see_other(place(visit));
}

Result<HttpReply> end_threshold_page(Visit& visit) {
  auto policy = visit.company->policy;
  const auto &check = visit.field("check"), &name = visit.field("name");
  if (end_threshold(policy, check, name) != PolicyChange::done) return page(visit, "threshold_gone");
  const auto kept = keep_policy(visit, policy);
  if (!kept) return kept.error();
  if (!kept->fits) return page(visit, "policy_unfit");
  if (auto told = record(visit, "threshold.end", subject_of(check, name), value_text(visit, check, name)); !told) return told.error();
  return see_other(place(visit));
}

}  // namespace gokajo::hub
