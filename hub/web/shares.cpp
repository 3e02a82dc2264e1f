// Who can open which shared folder, and which programs are installed where.
#include "hub/shares_view.h"
#include "hub/software_view.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr std::int64_t kSharesOnPage = 25, kPcsOfSoftware = 50;
constexpr std::size_t kPcsOfVersion = 20;

std::string opens_text(const Visit& visit, Opens opens) {
  const char* key = "shares.not_known";
  switch (opens) {
    case Opens::anybody_writes:
      key = "shares.anybody_writes";
      break;
    case Opens::anybody_reads:
      key = "shares.anybody_reads";
      break;
    case Opens::accounts:
      key = "shares.accounts";
      break;
    case Opens::chosen:
      key = "shares.chosen";
      break;
    case Opens::closed:
      key = "shares.closed";
      break;
    case Opens::not_known:
      break;
  }
  return page_word(key, visit.language);
}

const char* opens_class(Opens opens) {
  if (opens == Opens::anybody_writes || opens == Opens::anybody_reads) return "bad";
  return opens == Opens::chosen || opens == Opens::closed ? "good" : "open";
}

// A PC that is silent or at rest is told by when it was seen, and nothing of it as good.
PageData sharing_device(const Visit& visit, const SharingDevice& device) {
  auto one = pc_link(visit, device.device, device.label);
  PageData parts = new_list(), folders = new_list();
  const bool heard = device.contact == Contact::heard || device.contact == Contact::resting_heard;
  if (!heard)
    parts << PageData{"text", page_word(device.contact == Contact::silent ? "devices.silent" : "devices.resting", visit.language)};
  if (device.seen != Time{}) parts << PageData{"text", sentence(visit, "shares.as_of", {{"day", day_of(visit, device.seen)}})};
  for (const auto& folder : device.folders) {
    PageData data, path = new_list();
    data.set("name", folder.name.empty() ? page_word("shares.no_name", visit.language) : shown(folder.name));
    if (!folder.path.empty()) path << PageData{"text", shown(folder.path)};
    data.set("path", path);
    data.set("opens", opens_text(visit, folder.opens));
    data.set("class", heard ? opens_class(folder.opens) : "open");
    if (folder.meant) data.set("meant", yes());
    folders << data;
  }
  one.set("parts", parts);
  one.set("folders", folders);
  return one;
}

void set_pages(const std::string& href, std::int64_t page, bool more, PageData& data) {
  PageData previous = new_list(), next = new_list();
  if (page > 1) previous << PageData{"href", href + "page=" + std::to_string(page - 1)};
  if (more) next << PageData{"href", href + "page=" + std::to_string(page + 1)};
  data.set("previous", previous);
  data.set("next", next);
}

PageData program_data(const Visit& visit, const InstalledProgram& program) {
  PageData one, versions = new_list();
  std::size_t pcs = 0;
  for (const auto& [version, on] : program.versions) {
    PageData data, devices = new_list(), more = new_list();
    pcs += on.size();
    data.set("version", version.empty() ? "-" : shown(version));
    for (std::size_t i = 0; i < on.size() && i < kPcsOfVersion; ++i) devices << pc_link(visit, on[i].device, on[i].label);
    if (on.size() > kPcsOfVersion)
      more << PageData{"text", sentence(visit, "company.pcs_more", {{"n", std::to_string(on.size() - kPcsOfVersion)}})};
    data.set("devices", devices);
    data.set("more", more);
    versions << data;
  }
  one.set("name", shown(program.name));
  one.set("pcs", sentence(visit, "company.pcs", {{"n", std::to_string(pcs)}}));
  std::string names;
  for (const auto& [version, on] : program.versions) {
    if (names.size() > 60) {
      names += "…";
      break;
    }
    names += (names.empty() ? "" : visit.ja() ? "、" : ", ") + (version.empty() ? "-" : shown(version));
  }
  one.set("versions_count", names);
  one.set("versions", versions);
  return one;
}

}  // namespace

Result<HttpReply> show_shares(Visit& visit) {
  const auto page = page_number(visit);
  const auto view =
      shares_view(visit.store(), visit.company->id, (page - 1) * kSharesOnPage, kSharesOnPage, visit.now, visit.parts.library);
  if (!view) return view.error();
  PageData data, devices = new_list(), nothing = new_list();
  for (const auto& device : view->devices) devices << sharing_device(visit, device);
  if (view->devices.empty()) data.set("none", yes());
  data.set("devices", devices);
  if (view->none > 0) nothing << PageData{"text", sentence(visit, "shares.sharing_nothing", {{"n", std::to_string(view->none)}})};
  data.set("nothing", nothing);
  PageData not_heard = new_list();
  if (view->not_heard > 0) not_heard << PageData{"text", sentence(visit, "shares.not_heard", {{"n", std::to_string(view->not_heard)}})};
  data.set("not_heard", not_heard);
  data.set("other_services", check_name(visit, "sharing.other-services"));
  set_pages(company_path(visit) + "/shares?", page, view->more, data);
  return show(visit, "shares.html", "shares.title", data);
}

Result<HttpReply> show_software(Visit& visit) {
  PageData data;
  if (!compliance::wants_inventory(visit.company->policy)) {
    data.set("off", yes());
    return show(visit, "software.html", "software.title", data);
  }
  const auto page = page_number(visit);
  const auto& text = visit.field("text");
  const auto view = software_view(visit.store(), *visit.company, text, (page - 1) * kPcsOfSoftware, kPcsOfSoftware, visit.now);
  if (!view) return view.error();
  PageData ended = new_list(), programs = new_list(), without = new_list(), more = new_list(), more_ended = new_list();
  for (const auto& one : view->ended) {
    auto line = pc_link(visit, one.device, one.label);
    line.set("what", shown(one.what.in(visit.language)));
    ended << line;
  }
  if (view->more_ended) more_ended << PageData{"href", company_path(visit) + "/checks/" + check_in_path(kEndedCheck)};
  if (view->ended.empty() && !view->more_ended) data.set("ended_none", yes());
  for (const auto& program : view->programs) programs << program_data(visit, program);
  if (view->programs.empty()) data.set("none", yes());
  if (view->without > 0) without << PageData{"text", sentence(visit, "software.without", {{"n", std::to_string(view->without)}})};
  if (view->programs.size() < view->programs_in_all)
    more << PageData{"text", sentence(visit, "software.more", {{"n", std::to_string(view->programs.size())}})};
  data.set("on", yes());
  data.set("ended", ended);
  data.set("more_ended", more_ended);
  data.set("programs", programs);
  data.set("without", without);
  data.set("more", more);
  data.set("text", shown(text));
  data.set("count",
           sentence(visit, "software.count", {{"n", std::to_string(view->pcs)}, {"programs", std::to_string(view->programs_in_all)}}));
  set_pages(company_path(visit) + "/software?text=" + escaped_for_query(text) + "&", page, page * kPcsOfSoftware < view->pcs_in_all, data);
  return show(visit, "software.html", "software.title", data);
}

}  // namespace gokajo::hub
