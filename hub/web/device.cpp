// The page of one PC, and what people note and ask for there.
#include <algorithm>

#include "hub/device_change.h"
#include "hub/device_view.h"
#include "hub/same_deed.h"
#include "hub/web/device_parts.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"
#include "hub/web/permission.h"

namespace gokajo::hub {

using compliance::Verdict, platform::ErrorKind, platform::Result;

namespace {

PageData text_item(const std::string& text) { return PageData{"text", text}; }

std::string path_of(const Visit& visit) { return device_path(visit, visit.parameters.at("device")); }

// "2026-11-30" of a day in the company's time.
std::string date_field(const Visit& visit, Time time) {
  return platform::format_time(Time{platform::local_day(time, static_cast<int>(visit.company->offset_minutes))}).substr(0, 10);
}

// The last moment of that day; nullopt: no day, or none from today to a year from now.
std::optional<Time> planned_day(const Visit& visit, const std::string& text) {
  const auto time = text.size() == 10 ? platform::parse_time(text) : std::nullopt;
  if (!time) return std::nullopt;
  const auto offset = static_cast<int>(visit.company->offset_minutes);
  const auto day = std::chrono::floor<platform::Days>(*time);
  const auto today = platform::local_day(visit.now, offset);
  if (day < today || day > today + kLongestRest) return std::nullopt;
  return Time{day + platform::Days{1}} - std::chrono::minutes{offset} - std::chrono::seconds{1};
}

PageData plan_form(const Visit& visit, const ViewedFinding& finding) {
  PageData form, states = new_list();
  const auto chosen = finding.plan ? boost::describe::enum_to_string(finding.plan->state, "") : std::string();
  for (const auto& [value, key] :
       {std::pair{"", "device.plan_none"}, {"doing", "company.plan_doing"}, {"planned", "device.plan_state_planned"}}) {
    PageData one;
    one.set("value", value);
    one.set("text", page_word(key, visit.language));
    if (chosen == value) one.set("selected", yes());
    states << one;
  }
  form.set("states", states);
  form.set("check", shown(finding.kept.check));
  form.set("id", check_in_path(shown(finding.kept.check)));
  form.set("day", finding.plan && finding.plan->until ? date_field(visit, *finding.plan->until) : "");
  return form;
}

PageData marks_of(const Visit& visit, const ViewedFinding& finding) {
  PageData marks = new_list();
  if (!finding.kept.required) marks << text_item(page_word("device.advice", visit.language));
  if (finding.judged && finding.judged->finding.declared) marks << text_item(page_word("device.declared", visit.language));
  if (finding.judged && finding.judged->exception)
    marks << text_item(sentence(visit, "device.exception",
                                {{"day", compliance::render_day(finding.judged->exception->until, visit.language, {0, {}})},
                                 {"reason", shown(finding.judged->exception->reason)}}));
  if (finding.catching_up) marks << text_item(page_word("device.catching_up", visit.language));
  return marks;
}

PageData dates_of(const Visit& visit, const ViewedFinding& finding) {
  PageData dates = new_list();
  auto first = finding.kept.since;
  if (finding.judged && finding.judged->finding.observed_at != Time{}) first = std::min(first, finding.judged->finding.observed_at);
  if (finding.judged && finding.judged->finding.first_seen) first = *finding.judged->finding.first_seen;
  dates << text_item(sentence(visit, "device.first_seen", {{"day", day_of(visit, first)}}));
  if (!finding.judged || finding.judged->finding.observed_at == Time{}) return dates;
  const auto seen = finding.judged->finding.observed_at;
  const auto offset = static_cast<int>(visit.company->offset_minutes);
  const auto days = (platform::local_day(visit.now, offset) - platform::local_day(seen, offset)).count();
  dates << text_item(days <= 0 ? sentence(visit, "device.age_today", {{"day", day_of(visit, seen)}})
                               : sentence(visit, "device.age", {{"day", day_of(visit, seen)}, {"n", std::to_string(days)}}));
  return dates;
}

PageData lines_of(const std::vector<compliance::Text>& texts, compliance::Language language) {
  PageData lines = new_list();
  for (const auto& text : texts) lines << text_item(shown(text.in(language)));
  return lines;
}

// `opened`: what to do first is read without a touch; the rest would bury it.
PageData open_finding(const Visit& visit, const ViewedFinding& finding, bool opened) {
  const auto& text = finding.text;
  PageData one, items = new_list(), why = new_list(), how = new_list(), plan = new_list(), form = new_list();
  one.set("anchor", check_in_path(finding.kept.check));
  one.set("name", shown(text.name.in(visit.language)));
  one.set("verdict", verdict_text(visit, finding.kept.verdict));
  one.set("class", verdict_class(finding.kept.verdict));
  one.set("saw", shown(text.saw.in(visit.language)));
  one.set("marks", marks_of(visit, finding));
  one.set("dates", dates_of(visit, finding));
  if (text.items.size() > 1) {
    PageData list;
    list.set("heading", sentence(visit, "device.items", {{"n", std::to_string(text.items.size())}}));
    list.set("lines", lines_of(text.items, visit.language));
    items << list;
  }
  if (text.why) why << text_item(shown(text.why->in(visit.language)));
  if (!text.fix.empty()) how << PageData{"steps", lines_of(text.fix, visit.language)};
  if (finding.plan) {
    auto noted = text_item(plan_text(visit, *finding.plan));
    noted.set("who", sentence(visit, "device.plan_who", {{"who", shown(finding.plan->who)}, {"day", day_of(visit, finding.plan->noted)}}));
    plan << noted;
  }
  if (may(*visit.role, Need::manage)) form << plan_form(visit, finding);
  if (opened) one.set("opened", yes());
  one.set("items", items);
  one.set("why", why);
  one.set("how", how);
  one.set("plan", plan);
  one.set("form", form);
  return one;
}

// What a PC said before it fell silent, or before it was approved, is no pass: only what is open is shown of it.
PageData rule_data(const Visit& visit, const DeviceView& view, const ViewedRule& rule, const std::string& first) {
  PageData data, open = new_list(), passed = new_list(), lines = new_list(), verdict = new_list();
  const bool extras = rule.id == "extras";
  data.set("heading",
           extras ? page_word("device.extras", visit.language) : std::to_string(rule.number) + " " + rule.name.in(visit.language));
  const bool approved = view.device.standing == Standing::approved;
  const auto counted = approved ? counted_as(view.contact, rule.verdict) : std::nullopt;
  if (!extras && counted) {
    auto word = text_item(verdict_text(visit, *counted));
    word.set("class", verdict_class(*counted));
    verdict << word;
  }
  int count = 0;
  for (const auto& finding : rule.findings) {
    if (finding.is_open()) {
      open << open_finding(visit, finding, "#" + check_in_path(finding.kept.check) == first);
    } else if (approved && view.contact == Contact::heard) {
      auto line = text_item(shown(finding.text.name.in(visit.language) + (visit.ja() ? "：" : ": ") + finding.text.saw.in(visit.language)));
      line.set("verdict", verdict_text(visit, finding.kept.verdict));
      line.set("class", verdict_class(finding.kept.verdict));
      lines << line;
      ++count;
    }
  }
  if (count > 0) {
    PageData list;
    list.set("heading", sentence(visit, "device.passed", {{"n", std::to_string(count)}}));
    list.set("lines", lines);
    passed << list;
  }
  data.set("verdict", verdict);
  data.set("open", open);
  data.set("passed", passed);
  return data;
}

// What decides that the PC needs a hand, first: it stands between much advice below.
PageData to_fix(const Visit& visit, const DeviceView& view) {
  PageData list = new_list();
  std::vector<const ViewedFinding*> all;
  for (const auto& rule : view.rules)
    for (const auto& finding : rule.findings)
      if (finding.kept.required && finding.kept.verdict == Verdict::fail && !(finding.judged && finding.judged->exception))
        all.push_back(&finding);
  for (const auto* finding : all) {
    const auto situation = finding->judged ? finding->judged->finding.situation : std::string();
    if (is_same_deed(finding->kept.check, situation, all, [](const ViewedFinding* one) { return one->kept.check; })) continue;
    auto one = text_item(shown(finding->text.name.in(visit.language)));
    one.set("href", "#" + check_in_path(finding->kept.check));
    list << one;
  }
  return list;
}

// The words of a Change of kind "device".
std::string event_text(const Visit& visit, const std::string& what) {
  for (const auto& [event, key] : {std::pair{"approved", "device.approved"},
                                   {"removed", "device.removed"},
                                   {"replaced", "device.replaced"},
                                   {"replaces", "device.replaces"},
                                   {"resting", "device.rested"},
                                   {"used", "device.used"},
                                   {"waiting", "device.enrolled_waiting"},
                                   {"unenrolled", "device.unenrolled"},
                                   {"left", "device.left"},
                                   {kScanWanted, "deed.device.scan"}})
    if (what == event) return page_word(key, visit.language);
  return shown(what);
}

std::string verdict_named(const Visit& visit, const std::string& name) {
  Verdict verdict{};
  return boost::describe::enum_from_string(name.c_str(), verdict) ? verdict_text(visit, verdict) : shown(name);
}

void set_history(const Visit& visit, const DeviceView& view, PageData& data) {
  PageData history = new_list();
  for (const auto& change : view.changes) {
    PageData one;
    one.set("day", day_of(visit, change.at));
    const bool event = change.kind == "device";
    one.set("what", event ? event_text(visit, change.after) : check_name(visit, shown(change.subject)));
    one.set("became", event ? std::string()
                            : sentence(visit, "device.became",
                                       {{"before", verdict_named(visit, change.before)}, {"after", verdict_named(visit, change.after)}}));
    history << one;
  }
  data.set(view.changes.empty() ? "no_history" : "has_history", yes());
  data.set("history", history);
}

void set_inventory(const Visit& visit, const DeviceView& view, PageData& data) {
  PageData inventory = new_list(), lines = new_list();
  if (const auto& hardware = view.inventory.hardware)
    lines << text_item(sentence(visit, "device.hardware",
                                {{"model", shown(hardware->vendor + " " + hardware->model)},
                                 {"processor", shown(hardware->processor)},
                                 {"memory", std::to_string(hardware->memory_mib)}}));
  if (view.inventory.software) lines << text_item(sentence(visit, "device.software", {{"n", std::to_string(*view.inventory.software)}}));
  if (view.inventory.hardware || view.inventory.software) inventory << PageData{"lines", lines};
  data.set("inventory", inventory);
}

void set_head(const Visit& visit, const DeviceView& view, PageData& data) {
  PageData parts = new_list(), scan = new_list();
  if (view.verdict) {
    data.set("verdict", verdict_text(visit, *view.verdict));
    data.set("class", verdict_class(*view.verdict));
    for (const auto& rule : view.rules)
      if (rule.id == view.decides) data.set("decides", sentence(visit, "devices.decides", {{"rule", rule.name.in(visit.language)}}));
  } else {
    data.set("verdict", page_word(view.device.standing == Standing::waiting ? "devices.waiting"
                                  : view.contact == Contact::silent         ? "devices.silent"
                                                                            : "devices.resting",
                                  visit.language));
    data.set("class", "quiet");
    if (view.device.standing == Standing::approved) data.set("not_now", yes());
  }
  if (!view.group.empty()) parts << text_item(shown(view.group));
  for (const auto& text : contact_sentences(visit, view.device, view.contact)) parts << text_item(text);
  if (!view.system.empty()) parts << text_item(sentence(visit, "device.system", {{"system", shown(view.system)}}));
  parts << text_item(sentence(visit, "device.enrolled", {{"day", day_of(visit, view.device.enrolled)}}));
  data.set("parts", parts);
  if (view.wish) {
    const auto wished = day_of(visit, view.wish->wished);
    scan << text_item(view.wish->answered
                          ? sentence(visit, "device.scan_answered", {{"wished", wished}, {"day", day_of(visit, *view.wish->answered)}})
                          : sentence(visit, "device.scan_waits", {{"wished", wished}}));
  }
  data.set("scan", scan);
}

HttpReply no_device(const Visit& visit) { return message_page(visit, 404, "no_device"); }

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  const auto view = device_view(visit.store(), visit.company->id, visit.parameters.at("device"), visit.now, visit.parts.library);
  if (!view) return view.error().kind == ErrorKind::not_found ? Result<HttpReply>(no_device(visit)) : view.error();
  PageData data, rules = new_list(), groups = new_list();
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  data.set("path", path_of(visit));
  set_head(visit, *view, data);
  std::string first;
  if (view->device.standing == Standing::approved && view->contact != Contact::silent && view->contact != Contact::resting) {
    const auto all = to_fix(visit, *view);
    if (!all.list_value().empty()) {
      data.set("any_to_fix", yes());
      first = all.list_value().front().get("href")->string_value();
    }
    data.set("to_fix", all);
  }
  bool judged = false;
  for (const auto& rule : view->rules) {
    judged = judged || !rule.findings.empty();
    rules << rule_data(visit, *view, rule, first);
  }
  if (!judged) data.set("no_rules", yes());
  data.set("rules", judged ? rules : new_list());
  set_history(visit, *view, data);
  set_inventory(visit, *view, data);
  for (const auto& name : view->groups) groups << text_item(shown(name));
  data.set("groups", groups);
  data.set("group", shown(view->group));
  return show_named(visit, "device.html", shown(view->device.shown_name()), data, problem.empty() ? 200 : 422);
}

// The PC that a form is about; none in this company: the answer says so.
Result<std::optional<Device>> named_device(Visit& visit) {
  auto device = device_of(visit.store(), visit.company->id, visit.parameters.at("device"));
  if (device) return std::optional(std::move(*device));
  if (device.error().kind == ErrorKind::not_found) return std::optional<Device>();
  return device.error();
}

}  // namespace

Result<HttpReply> show_device(Visit& visit) { return page(visit); }

Result<HttpReply> show_report(Visit& visit) {
  const auto device = named_device(visit);
  if (!device) return device.error();
  if (!*device) return no_device(visit);
  PageData data, report = new_list();
  data.set("path", path_of(visit));
  data.set("device", shown((*device)->shown_name()));
  const auto sent = last_report(visit.store(), **device);
  if (!sent && sent.error().kind != ErrorKind::not_found) return sent.error();
  if (sent)
    report << text_item(platform::printable_utf8(sent->dump(2)));
  else
    data.set("none", yes());
  data.set("report", report);
  return show(visit, "device_report.html", "device.report", data);
}

Result<HttpReply> want_scan(Visit& visit) {
  const auto device = named_device(visit);
  if (!device) return device.error();
  if (!*device) return no_device(visit);
  if (auto wanted = scan_device(visit.store(), **device, visit.now); !wanted) return wanted.error();
  if (auto told = record(visit, "device.scan", (*device)->shown_name()); !told) return told.error();
  return see_other(path_of(visit));
}

Result<HttpReply> set_group(Visit& visit) {
  const auto device = named_device(visit);
  if (!device) return device.error();
  if (!*device) return no_device(visit);
  const auto group = shown(visit.field("group"));
  if (characters_in(group) > kGroupCharacters || group.find('\n') != std::string::npos) return page(visit, "group");
  auto& store = visit.store();
  const auto before = store.group(visit.company->id, (*device)->id);
  if (!before) return before.error();
  if (auto put = store.set_group(visit.company->id, (*device)->id, group); !put) return put.error();
  if (auto told = record(visit, "device.group", (*device)->shown_name(), *before, group); !told) return told.error();
  return see_other(path_of(visit));
}

Result<HttpReply> plan_fix(Visit& visit) {
  const auto device = named_device(visit);
  if (!device) return device.error();
  if (!*device) return no_device(visit);
  auto& store = visit.store();
  const auto& check = visit.field("check");
  const auto findings = store.findings(visit.company->id, (*device)->id);
  if (!findings) return findings.error();
  const bool open = std::any_of(findings->begin(), findings->end(), [&](const KeptFinding& one) {
    return one.check == check && one.verdict != Verdict::pass && one.verdict != Verdict::not_applicable;
  });
  if (!open) return page(visit, "plan_check");
  const auto about = (*device)->shown_name() + " " + check_name(visit, check);
  PlanState state{};
  if (!boost::describe::enum_from_string(visit.field("state").c_str(), state)) {
    if (auto gone = store.remove_plan(visit.company->id, (*device)->id, check); !gone) return gone.error();
    if (auto told = record(visit, "device.no_plan", about); !told) return told.error();
    return see_other(path_of(visit));
  }
  const auto until = state == PlanState::planned ? planned_day(visit, visit.field("day")) : std::nullopt;
  if (state == PlanState::planned && !until) return page(visit, "plan_day");
  if (auto put = store.put_plan(visit.company->id, {(*device)->id, check, state, until, visit.person->name, visit.now}); !put)
    return put.error();
  const auto told =
      state == PlanState::planned ? record(visit, "device.planned", about, "", visit.field("day")) : record(visit, "device.doing", about);
  if (!told) return told.error();
  return see_other(path_of(visit));
}

}  // namespace gokajo::hub
