// What may be done to one PC: name, rest, remove, let it go on as another one.
#include <algorithm>

#include "compliance/wording.h"
#include "hub/company_change.h"
#include "hub/device_change.h"
#include "hub/erasing.h"
#include "hub/evidence/make_pack.h"
#include "hub/web/handlers.h"
#include "hub/web/json_file.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

struct Problem {
  std::string form;
  std::string what;
};

std::string place(const Visit& visit, const Device& device) { return "/c/" + visit.company->id + "/devices/" + device.id + "/manage"; }

// The PC of the path, in this company only; none: there is none.
Result<std::optional<Device>> device_of(const Visit& visit) {
  auto device = visit.store().device_by_id(visit.parameters.at("device"));
  if (!device && device.error().kind == ErrorKind::not_found) return std::optional<Device>();
  if (!device) return device.error();
  if (device->tenant != visit.company->id) return std::optional<Device>();
  return std::optional(std::move(*device));
}

HttpReply no_pc(const Visit& visit) { return message_page(visit, 404, "no_pc"); }

std::string day_of_rest(const Visit& visit, const Device& device) {
  return compliance::render_day(Time{last_day_of_rest(device, calendar_of(*visit.company))}, visit.language, {0, {}});
}

// Which PC this one may have been: any in a small company, else those of its names.
constexpr std::int64_t kSmallCompany = 200;

Result<std::vector<Device>> earlier_ones(const Visit& visit, const Device& device) {
  const auto counters = visit.store().counters(visit.company->id);
  if (!counters) return counters.error();
  std::int64_t all = 0;
  if (const auto devices = counters->find("device"); devices != counters->end())
    for (const auto& [standing, count] : devices->second) all += count;
  return all <= kSmallCompany ? visit.store().devices(visit.company->id)
                              : visit.store().devices_called(visit.company->id, device.label, device.host_name, kSmallCompany);
}

const std::string& word_of(Standing standing, compliance::Language language) {
  switch (standing) {
    case Standing::waiting:
      return page_word("pc.waiting", language);
    case Standing::approved:
      return page_word("pc.approved", language);
    case Standing::removed:
      break;
  }
  return page_word("pc.removed", language);
}

Result<HttpReply> page(Visit& visit, const Device& device, const Problem& problem = {}) {
  const auto devices = earlier_ones(visit, device);
  if (!devices) return devices.error();
  const auto typed = [&](const char* form, const char* name, const std::string& kept) {
    return shown(problem.form == form ? visit.field(name) : kept);
  };
  PageData others{PageData::type::list};
  bool any = false;
  for (const auto& other : *devices) {
    if (other.id == device.id || other.standing == Standing::removed) continue;
    PageData one;
    one.set("value", other.id);
    one.set("text", shown(other.shown_name()) + "（" + shown(other.host_name) + "）");
    if (problem.form == "replace" && visit.field("old") == other.id) one.set("selected", PageData::type::bool_true);
    others << one;
    any = true;
  }
  PageData data;
  data.set("here", "/c/" + visit.company->id + "/devices/" + device.id);
  data.set("label", typed("name", "label", device.label));
  data.set("until", typed("rest", "until", ""));
  data.set("host", shown(device.host_name));
  data.set("standing", word_of(device.standing, visit.language));
  data.set("enrolled", day_of(visit, device.enrolled));
  if (device.standing != Standing::removed) data.set("here_still", PageData::type::bool_true);
  if (device.standing == Standing::approved) data.set("counts", PageData::type::bool_true);
  if (device.resting_until && *device.resting_until > visit.now) data.set("rests_until", day_of_rest(visit, device));
  if (any) data.set("has_others", PageData::type::bool_true);
  data.set("others", others);
  if (!problem.what.empty()) data.set("problem", page_word("problem." + problem.what, visit.language));
  return show_named(visit, "manage_pc.html", shown(device.shown_name()), data, problem.what.empty() ? 200 : 422);
}

const char* problem_of(DeviceChange outcome) {
  switch (outcome) {
    case DeviceChange::removed:
      return "pc_removed";
    case DeviceChange::not_counted:
      return "pc_not_counted";
    case DeviceChange::same:
      return "pc_same";
    case DeviceChange::bad_label:
      return "pc_label";
    case DeviceChange::bad_day:
    case DeviceChange::done:
      break;
  }
  return "pc_rest_day";
}

// After something was done to the PC of the path, or not.
template <class Do>
Result<HttpReply> done_to(Visit& visit, const char* form, const Do& work) {
  const auto device = device_of(visit);
  if (!device) return device.error();
  if (!*device) return no_pc(visit);
  const auto outcome = work(**device);
  if (!outcome) return outcome.error();
  if (*outcome != DeviceChange::done) return page(visit, **device, {form, problem_of(*outcome)});
  return see_other(place(visit, **device));
}

}  // namespace

Result<HttpReply> show_manage_pc(Visit& visit) {
  const auto device = device_of(visit);
  if (!device) return device.error();
  return *device ? page(visit, **device) : Result<HttpReply>(no_pc(visit));
}

Result<HttpReply> rename_pc(Visit& visit) {
  return done_to(visit, "name", [&](const Device& device) -> Result<DeviceChange> {
    const auto outcome = rename_device(visit.store(), device, visit.field("label"));
    if (outcome && *outcome == DeviceChange::done)
      if (auto told = record(visit, "pc.rename", device.shown_name(), device.label, visit.field("label")); !told) return told.error();
    return outcome;
  });
}

Result<HttpReply> rest_pc(Visit& visit) {
  return done_to(visit, "rest", [&](const Device& device) -> Result<DeviceChange> {
    const auto until = day_in(visit.field("until"));
    if (until.empty()) return DeviceChange::bad_day;
    const auto outcome = rest_device(visit.store(), calendar_of(*visit.company), device, until, visit.now);
    if (outcome && *outcome == DeviceChange::done)
      if (auto told = record(visit, "pc.rest", device.shown_name(), "", until); !told) return told.error();
    return outcome;
  });
}

Result<HttpReply> wake_pc(Visit& visit) {
  return done_to(visit, "wake", [&](const Device& device) -> Result<DeviceChange> {
    const auto outcome = rest_device(visit.store(), calendar_of(*visit.company), device, "", visit.now);
    if (outcome && *outcome == DeviceChange::done)
      if (auto told = record(visit, "pc.wake", device.shown_name()); !told) return told.error();
    return outcome;
  });
}

Result<HttpReply> remove_pc(Visit& visit) {
  const auto device = device_of(visit);
  if (!device) return device.error();
  if (!*device) return no_pc(visit);
  if (!visit.form.contains("sure")) return page(visit, **device, {"remove", "pc_sure"});
  if (const auto done = remove_device(visit.store(), **device, visit.now); !done) return done.error();
  if (auto told = record(visit, "pc.remove", (*device)->shown_name()); !told) return told.error();
  return see_other(place(visit, **device));
}

Result<HttpReply> replace_pc(Visit& visit) {
  const auto successor = device_of(visit);
  if (!successor) return successor.error();
  if (!*successor) return no_pc(visit);
  const auto devices = earlier_ones(visit, **successor);
  if (!devices) return devices.error();
  const auto old = std::find_if(devices->begin(), devices->end(),
                                [&](const Device& one) { return one.id == visit.field("old") && one.standing != Standing::removed; });
  if (old == devices->end()) return page(visit, **successor, {"replace", "pc_old"});
  const auto outcome = replace_device(visit.store(), *old, **successor, visit.now);
  if (!outcome) return outcome.error();
  if (*outcome != DeviceChange::done) return page(visit, **successor, {"replace", problem_of(*outcome)});
  if (auto told = record(visit, "pc.replace", old->shown_name(), (*successor)->shown_name(), old->shown_name()); !told) return told.error();
  return see_other(place(visit, **successor));
}

Result<HttpReply> export_pc(Visit& visit) {
  const auto device = device_of(visit);
  if (!device) return device.error();
  if (!*device) return no_pc(visit);
  const auto all = export_device(visit.store(), **device, visit.now);
  if (!all) return all.error();
  if (auto told = record(visit, "pc.export", (*device)->shown_name()); !told) return told.error();
  return json_file("gokajo-pc.json", *all);
}

Result<HttpReply> erase_pc(Visit& visit) {
  const auto device = device_of(visit);
  if (!device) return device.error();
  if (!*device) return no_pc(visit);
  // Typed, not ticked: it cannot be undone. What is shown may lack what no field can hold.
  if (visit.field("name") != shown((*device)->shown_name())) return page(visit, **device, {"erase", "pc_name"});
  if (auto gone = erase_device(visit.store(), **device, visit.person->name, visit.now); !gone) return gone.error();
  // What somebody reads meanwhile is overwritten within the hour (hub/chores.h).
  visit.after.emplace_back([&store = visit.store(), directory = visit.parts.directory, now = visit.now]() -> platform::Status {
    (void)sweep_pack_files(directory, store, now);
    (void)finish_erasing(store);
    return platform::Done{};
  });
  return see_other("/c/" + visit.company->id + "/enrol");
}

}  // namespace gokajo::hub
