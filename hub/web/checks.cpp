// Each check across a company's PCs.
#include "hub/checks_view.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using compliance::Verdict, platform::Result;

namespace {

constexpr Verdict kColumns[] = {Verdict::fail, Verdict::ask, Verdict::unknown, Verdict::pass, Verdict::not_applicable};
constexpr std::int64_t kOnPage = 50;

PageData check_line(const Visit& visit, const CheckLine& line) {
  PageData one, counts = new_list();
  one.set("name", check_name(visit, line.check));
  one.set("href", company_path(visit) + "/checks/" + check_in_path(line.check));
  if (!line.required) one.set("advice", yes());
  for (const auto verdict : kColumns) {
    const auto found = line.counts.find(verdict);
    PageData count;
    count.set("n", std::to_string(found == line.counts.end() ? 0 : found->second));
    count.set("class", verdict == Verdict::fail && found != line.counts.end() ? "fail" : "");
    counts << count;
  }
  one.set("counts", counts);
  return one;
}

PageData device_line(const Visit& visit, const CheckedDevice& device) {
  auto one = pc_link(visit, device.device, device.label);
  if (const auto counted = counted_as(device.contact, device.finding.verdict)) {
    one.set("verdict", verdict_text(visit, *counted));
    one.set("class", verdict_class(*counted));
    one.set("saw", shown(device.text.saw.in(visit.language)));
    one.set("since", sentence(visit, "checks.since", {{"day", day_of(visit, device.finding.since)}}));
  } else {
    one.set("verdict", page_word(device.contact == Contact::silent ? "devices.silent" : "devices.resting", visit.language));
    one.set("class", "quiet");
  }
  return one;
}

}  // namespace

Result<HttpReply> show_checks(Visit& visit) {
  const auto view = checks_view(visit.store(), visit.company->id, visit.now, visit.parts.library);
  if (!view) return view.error();
  PageData data, rules = new_list(), quiet = new_list(), verdicts = new_list();
  for (const auto verdict : kColumns) verdicts << PageData{"text", verdict_text(visit, verdict)};
  for (const auto& rule : view->rules) {
    PageData one, checks = new_list();
    one.set("heading", rule.id == "extras" ? page_word("device.extras", visit.language)
                                           : std::to_string(rule.number) + " " + rule.name.in(visit.language));
    for (const auto& line : rule.checks) checks << check_line(visit, line);
    one.set("checks", checks);
    rules << one;
  }
  if (view->quiet > 0) quiet << PageData{"text", sentence(visit, "checks.quiet", {{"n", std::to_string(view->quiet)}})};
  data.set("rules", rules);
  data.set("quiet", quiet);
  data.set("verdicts", verdicts);
  return show(visit, "checks.html", "checks.title", data);
}

Result<HttpReply> show_check(Visit& visit) {
  const auto check = check_of_path(visit.parameters.at("check"));
  const auto& wording = compliance::built_in_wording();
  const auto words = wording.find(check);
  if (words == wording.end()) return message_page(visit, 404, "no_check");
  const auto page = page_number(visit);
  const auto view = checked_devices(visit.store(), *visit.company, check, (page - 1) * kOnPage, kOnPage, visit.now);
  if (!view) return view.error();
  PageData data, devices = new_list(), limits = new_list(), previous = new_list(), next = new_list();
  data.set("looks_at", words->second.looks_at.in(visit.language));
  if (words->second.limits) limits << PageData{"text", words->second.limits->in(visit.language)};
  data.set("limits", limits);
  for (const auto& device : view->devices) devices << device_line(visit, device);
  if (view->devices.empty()) data.set("none", yes());
  data.set("devices", devices);
  const auto href = [&](std::int64_t other) {
    return PageData{"href", company_path(visit) + "/checks/" + visit.parameters.at("check") + "?page=" + std::to_string(other)};
  };
  if (page > 1) previous << href(page - 1);
  if (view->more) next << href(page + 1);
  data.set("previous", previous);
  data.set("next", next);
  return show_named(visit, "check.html", words->second.name.in(visit.language), data);
}

}  // namespace gokajo::hub
