// The list of a company's PCs.
#include "hub/device_list.h"
#include "hub/web/device_parts.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Result;

namespace {

constexpr std::int64_t kOnPage = 50;

// The values of the field "state": a verdict or a kind of PC.
constexpr Verdict kVerdicts[] = {Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::pass};
constexpr DeviceKind kKinds[] = {DeviceKind::silent, DeviceKind::resting, DeviceKind::waiting};

template <class E>
std::string name_of(E value) {
  return boost::describe::enum_to_string(value, "");
}

std::string kind_text(const Visit& visit, DeviceKind kind) {
  return page_word(kind == DeviceKind::silent    ? "devices.silent"
                   : kind == DeviceKind::resting ? "devices.resting"
                                                 : "devices.waiting",
                   visit.language);
}

std::string order_text(const Visit& visit, DeviceOrder order) {
  return page_word(order == DeviceOrder::worst  ? "devices.order_worst"
                   : order == DeviceOrder::name ? "devices.order_name"
                                                : "devices.order_last_heard",
                   visit.language);
}

// What an address asks for; what it holds beside that asks for nothing.
DeviceQuery query_of(const Visit& visit) {
  DeviceQuery query;
  const auto& state = visit.field("state");
  for (const auto verdict : kVerdicts)
    if (state == name_of(verdict) || visit.field("verdict") == name_of(verdict)) query.verdict = verdict;
  for (const auto kind : kKinds)
    if (state == name_of(kind) || visit.field("kind") == name_of(kind)) query.kind = kind;
  if (query.kind != DeviceKind::any) query.verdict.reset();
  query.rule = visit.field("rule");
  if (!visit.field("group").empty()) query.group = visit.field("group");
  query.text = visit.field("text");
  (void)boost::describe::enum_from_string(visit.field("order").c_str(), query.order);
  query.offset = (page_number(visit) - 1) * kOnPage;
  query.limit = kOnPage;
  return query;
}

PageData option(const std::string& value, const std::string& text, bool selected) {
  PageData one;
  one.set("value", value);
  one.set("text", text);
  if (selected) one.set("selected", yes());
  return one;
}

void set_filter(const Visit& visit, const DeviceQuery& query, const DeviceList& list, PageData& data) {
  const auto all = page_word("devices.all", visit.language);
  PageData states = new_list(), rules = new_list(), groups = new_list(), orders = new_list();
  states << option("", all, false);
  for (const auto verdict : kVerdicts) states << option(name_of(verdict), verdict_text(visit, verdict), query.verdict == verdict);
  for (const auto kind : kKinds) states << option(name_of(kind), kind_text(visit, kind), query.kind == kind);
  rules << option("", all, false);
  for (const auto& [id, name] : list.rules) rules << option(id, name.in(visit.language), query.rule == id);
  groups << option("", all, false);
  for (const auto& [name, pcs] : list.groups)
    groups << option(shown(name), shown(name) + " (" + std::to_string(pcs) + ")", query.group == name);
  for (const auto order : {DeviceOrder::worst, DeviceOrder::name, DeviceOrder::last_heard})
    orders << option(name_of(order), order_text(visit, order), query.order == order);
  data.set("states", states);
  data.set("rules", rules);
  data.set("groups", groups);
  if (!list.groups.empty()) data.set("has_groups", yes());
  data.set("orders", orders);
  data.set("text", shown(query.text));
}

PageData line_data(const Visit& visit, const DeviceLine& line, const DeviceList& list) {
  auto one = pc_link(visit, line.device.id, line.device.shown_name());
  PageData parts = new_list();
  const auto add = [&](const std::string& text) { parts << PageData{"text", text}; };
  if (line.verdict) {
    one.set("verdict", verdict_text(visit, *line.verdict));
    one.set("class", verdict_class(*line.verdict));
    for (const auto& [id, name] : list.rules)
      if (id == line.decides) add(sentence(visit, "devices.decides", {{"rule", name.in(visit.language)}}));
  } else {
    one.set("verdict", kind_text(visit, line.device.standing == Standing::waiting ? DeviceKind::waiting
                                        : line.contact == Contact::silent         ? DeviceKind::silent
                                                                                  : DeviceKind::resting));
    one.set("class", "quiet");
  }
  if (!line.group.empty()) add(shown(line.group));
  for (const auto& text : contact_sentences(visit, line.device, line.contact)) add(text);
  one.set("parts", parts);
  return one;
}

std::string page_href(const Visit& visit, std::int64_t page) {
  std::string href = company_path(visit) + "/devices?page=" + std::to_string(page);
  for (const auto& [name, value] : visit.form)
    if (name != "page" && !value.empty()) href += "&" + escaped_for_query(name) + "=" + escaped_for_query(value);
  return href;
}

void set_pages(const Visit& visit, const DeviceQuery& query, const DeviceList& list, PageData& data) {
  const auto shown_to = query.offset + static_cast<std::int64_t>(list.lines.size());
  const auto page = query.offset / kOnPage + 1;
  PageData previous = new_list(), next = new_list(), count = new_list();
  if (query.offset > 0) previous << PageData{"href", page_href(visit, page - 1)};
  if (shown_to < list.all) next << PageData{"href", page_href(visit, page + 1)};
  if (!list.lines.empty())
    count << PageData{
        "text",
        sentence(visit, "devices.count",
                 {{"all", std::to_string(list.all)}, {"from", std::to_string(query.offset + 1)}, {"to", std::to_string(shown_to)}})};
  data.set("previous", previous);
  data.set("next", next);
  data.set("count", count);
}

}  // namespace

std::vector<std::string> contact_sentences(const Visit& visit, const Device& device, Contact contact) {
  std::vector<std::string> said;
  if (device.standing == Standing::waiting) said.push_back(page_word("devices.waiting_means", visit.language));
  if ((contact == Contact::resting || contact == Contact::resting_heard) && device.resting_until)
    said.push_back(sentence(visit, "devices.resting_until", {{"day", day_of(visit, *device.resting_until - std::chrono::seconds{1})}}));
  if (!device.last_receipt) {
    said.push_back(page_word("devices.never_heard", visit.language));
    return said;
  }
  const auto day = day_of(visit, *device.last_receipt);
  said.push_back(sentence(visit, contact == Contact::resting_heard ? "devices.resting_heard" : "devices.heard", {{"day", day}}));
  if (device.behind()) said.push_back(page_word("devices.behind", visit.language));
  if (device.clock_ahead_s > 0) said.push_back(page_word("devices.clock", visit.language));
  if (device.discarded > 0) said.push_back(sentence(visit, "devices.discarded", {{"n", std::to_string(device.discarded)}}));
  return said;
}

Result<HttpReply> show_devices(Visit& visit) {
  const auto query = query_of(visit);
  const auto list = device_list(visit.store(), visit.company->id, query, visit.now, visit.parts.library);
  if (!list) return list.error();
  PageData data, devices = new_list(), none = new_list();
  set_filter(visit, query, *list, data);
  for (const auto& line : list->lines) devices << line_data(visit, line, *list);
  const bool asked = query.kind != DeviceKind::any || query.verdict || query.group || !query.text.empty() || query.offset > 0;
  if (list->lines.empty()) none << PageData{"sentence", page_word(asked ? "devices.none" : "devices.none_yet", visit.language)};
  data.set("none", none);
  data.set("devices", devices);
  data.set("words", verdict_meanings(visit));
  if (std::any_of(list->lines.begin(), list->lines.end(), [](const DeviceLine& line) { return line.verdict == Verdict::ask; }))
    data.set("ask_means", yes());
  set_pages(visit, query, *list, data);
  return show(visit, "devices.html", "devices.title", data);
}

}  // namespace gokajo::hub
