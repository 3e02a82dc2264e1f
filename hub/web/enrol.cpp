// PCs come in: codes are issued and revoked, and who came by a code for many is approved or refused.
#include <algorithm>

#include "hub/device_change.h"
#include "hub/enrolment_codes.h"
#include "hub/enrolment_sheet.h"
#include "hub/web/choosing.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/qr.h"
#include "platform/json_form.h"
#include "protocol/enrolment.h"
#include "protocol/setup.h"

namespace gokajo::hub {

using platform::Result;

namespace {

std::string place(const Visit& visit) { return "/c/" + visit.company->id + "/enrol"; }

const std::string& word_of(CodeStanding standing, compliance::Language language) {
  switch (standing) {
    case CodeStanding::valid:
      return page_word("enrol.valid", language);
    case CodeStanding::used:
      return page_word("enrol.used", language);
    case CodeStanding::ended:
      return page_word("enrol.ended", language);
    case CodeStanding::revoked:
      break;
  }
  return page_word("enrol.revoked", language);
}

const std::string& word_of(CodeKind kind, compliance::Language language) {
  return page_word(kind == CodeKind::one_time ? "enrol.one_time" : "enrol.install_day", language);
}

PageData codes_of(const Visit& visit, const std::vector<Code>& codes) {
  PageData list{PageData::type::list};
  for (auto code = codes.rbegin(); code != codes.rend(); ++code) {
    const auto standing = standing_of(*code, visit.now);
    PageData one;
    one.set("number", std::to_string(code->number));
    one.set("kind", word_of(code->kind, visit.language));
    one.set("standing", word_of(standing, visit.language));
    one.set("left", std::to_string(code->uses_left));
    one.set("made", day_of(visit, code->created));
    one.set("until", day_of(visit, code->valid_until));
    if (standing == CodeStanding::valid) one.set("valid", PageData::type::bool_true);
    list << one;
  }
  return list;
}

// So many are looked at: what is approved makes room for the next.
constexpr std::size_t kMostWaiting = 1000;

PageData waiting_of(const Visit& visit, const std::vector<Device>& devices, bool keep) {
  PageData list{PageData::type::list};
  for (std::size_t i = 0; i < devices.size() && i < kMostChosen; ++i) {
    const auto& device = devices[i];
    PageData one;
    one.set("box", box_of(device.id));
    one.set("name", shown(device.shown_name()));
    one.set("host", shown(device.host_name));
    one.set("day", day_of(visit, device.enrolled));
    if (keep && is_chosen(visit, device.id)) one.set("checked", PageData::type::bool_true);
    list << one;
  }
  return list;
}

Result<HttpReply> page(Visit& visit, const std::string& problem = {}) {
  const auto codes = visit.store().codes(visit.company->id);
  if (!codes) return codes.error();
  const auto devices = visit.store().devices_waiting(visit.company->id, kMostWaiting);
  if (!devices) return devices.error();
  PageData data;
  data.set("waiting", waiting_of(visit, *devices, !problem.empty()));
  if (devices->size() > kMostChosen) data.set("more", std::to_string(devices->size() - kMostChosen));
  if (devices->empty()) data.set("none_waits", PageData::type::bool_true);
  data.set("codes", codes_of(visit, *codes));
  if (codes->empty()) data.set("no_codes", PageData::type::bool_true);
  if (may_issue(*visit.company)) data.set("ready", PageData::type::bool_true);
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  return show(visit, "enrol.html", "enrol.title", data, problem.empty() ? 200 : 422);
}

// The lines of a text, the first left out: it is a heading.
PageData lines_of(const std::string& text) {
  PageData list{PageData::type::list};
  for (std::size_t at = text.find('\n') + 1; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    if (end > at) list << PageData{"line", shown(text.substr(at, end - at))};
    at = end + 1;
  }
  return list;
}

// Shown this once: the code is kept nowhere.
Result<HttpReply> sheet(const Visit& visit, const IssuedCode& issued, const Serving& serving) {
  PageData data;
  data.set("code", protocol::shown_code(issued.clear));
  data.set("place", place_of(serving));
  std::string others;
  for (const auto& name : serving.names)
    if (name != serving.names.front()) others += (others.empty() ? "" : ", ") + name;
  if (!others.empty()) data.set("others", others);
  data.set("pin", serving.pin);
  data.set("until", day_of(visit, issued.code.valid_until));
  data.set("uses", std::to_string(issued.code.uses_left));
  if (issued.code.kind == CodeKind::install_day) data.set("many", PageData::type::bool_true);
  if (auto picture = qr_picture(enrolment_link(issued.clear, serving)); !picture.empty()) data.set("picture", picture);
  // Where the authority's file is not to be had, the code is typed.
  if (const auto text = setup_text(visit.parts.directory, serving, issued.clear)) {
    data.set("setup", "data:application/json;base64," + platform::base64_encode(*text));
    data.set("setup_name", protocol::kSetupFile);
  }
  data.set("notice", lines_of(short_notice(*visit.company, visit.language)));
  return show(visit, "enrol_sheet.html", "enrol.sheet_title", data);
}

// The PCs of the form that wait. A problem where none is ticked, or one is that does not.
struct Chosen {
  std::vector<Device> devices;
  std::string problem;
};

Result<Chosen> chosen_waiting(Visit& visit) {
  const auto devices = visit.store().devices_waiting(visit.company->id, kMostWaiting);
  if (!devices) return devices.error();
  const auto boxes = chosen_boxes(visit);
  Chosen chosen;
  if (boxes.empty()) chosen.problem = "waiting_none";
  for (const auto& box : boxes) {
    const auto found = std::find_if(devices->begin(), devices->end(),
                                    [&](const Device& one) { return one.standing == Standing::waiting && box_of(one.id) == box; });
    if (found == devices->end())
      chosen.problem = "waiting_gone";
    else
      chosen.devices.push_back(*found);
  }
  return chosen;
}

}  // namespace

Result<HttpReply> show_enrol(Visit& visit) { return page(visit); }

Result<HttpReply> issue_new_code(Visit& visit) {
  if (!may_issue(*visit.company)) return page(visit, "not_told");
  const auto& wanted = visit.field("kind");
  CodeKind kind{};
  if (!boost::describe::enum_from_string(wanted.c_str(), kind)) return page(visit, "code_kind");
  const auto serving = read_serving(visit.parts.directory);
  if (!serving) return page(visit, "not_serving");
  const auto issued = issue_code(visit.store(), visit.parts.pepper, *visit.company, kind, 0, visit.now);
  if (!issued) return issued.error();
  if (auto told = record(visit, "code.issue", std::to_string(issued->code.number), "", wanted); !told) return told.error();
  return sheet(visit, *issued, *serving);
}

Result<HttpReply> revoke_old_code(Visit& visit) {
  const auto codes = visit.store().codes(visit.company->id);
  if (!codes) return codes.error();
  for (const auto& code : *codes) {
    if (std::to_string(code.number) != visit.field("number")) continue;
    if (auto gone = visit.store().revoke_code(visit.company->id, code.number, visit.now); !gone) return gone.error();
    if (auto told = record(visit, "code.revoke", std::to_string(code.number)); !told) return told.error();
    return see_other(place(visit));
  }
  return page(visit, "code_gone");
}

Result<HttpReply> approve_waiting(Visit& visit) {
  const auto chosen = chosen_waiting(visit);
  if (!chosen) return chosen.error();
  if (!chosen->problem.empty()) return page(visit, chosen->problem);
  for (const auto& device : chosen->devices) {
    if (const auto done = approve_device(visit.store(), device, visit.now); !done) return done.error();
    if (auto told = record(visit, "pc.approve", device.shown_name()); !told) return told.error();
  }
  return see_other(place(visit));
}

Result<HttpReply> refuse_waiting(Visit& visit) {
  const auto chosen = chosen_waiting(visit);
  if (!chosen) return chosen.error();
  if (!chosen->problem.empty()) return page(visit, chosen->problem);
  for (const auto& device : chosen->devices) {
    if (const auto done = remove_device(visit.store(), device, visit.now); !done) return done.error();
    if (auto told = record(visit, "pc.refuse", device.shown_name()); !told) return told.error();
  }
  return see_other(place(visit));
}

}  // namespace gokajo::hub
