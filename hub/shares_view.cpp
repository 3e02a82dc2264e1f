#include "hub/shares_view.h"

#include <algorithm>

#include "compliance/offers.h"
#include "compliance/smb_shares.h"
#include "compliance/windows_sharing.h"
#include "hub/checks_view.h"
#include "hub/company_book.h"
#include "hub/judging.h"
#include "hub/kept_content.h"
#include "protocol/content.h"

namespace gokajo::hub {

using compliance::Access, compliance::Evidence, compliance::Reach, compliance::Verdict;
using platform::ErrorKind, platform::Result;

namespace {

constexpr const char* kCheck = "sharing.folders-restricted";

bool is_meant(const Evidence& evidence, const std::string& share, Time now) {
  const auto* answer = compliance::declared(evidence, kCheck, share, now);
  return answer && answer->answer == "yes";
}

std::vector<OpenFolder> not_listed() { return {{"", "", Opens::not_known, false}}; }

std::vector<OpenFolder> of_windows(const Evidence& evidence, Time now) {
  if (const auto finding = compliance::windows_shares_not_judged(evidence))
    return finding->verdict == Verdict::not_applicable ? std::vector<OpenFolder>{} : not_listed();
  std::vector<OpenFolder> folders;
  for (const auto& share : *evidence.sharing.windows_shares) {
    if (share.printer) continue;
    OpenFolder folder{share.name, share.path, Opens::not_known, false};
    const auto strangers = compliance::without_password(share, evidence.sharing.windows_guest);
    if (strangers == Access::write)
      folder.opens = Opens::anybody_writes;
    else if (strangers == Access::read)
      folder.opens = Opens::anybody_reads;
    else if (strangers && share.accounts)
      folder.opens = *share.accounts == Access::none ? Opens::chosen : Opens::accounts;
    folder.meant = folder.opens == Opens::accounts && is_meant(evidence, share.name, now);
    folders.push_back(std::move(folder));
  }
  return folders;
}

Opens of_samba_share(const compliance::SambaShare& share, Reach reach) {
  if (reach == Reach::nobody || share.hosts == Reach::nobody) return Opens::closed;
  // Without the packet filter it is not known whether an open folder can be reached; a restricted one is so either way.
  const bool open = share.strangers != Access::none || share.everyone;
  if (open && reach == Reach::not_known) return Opens::not_known;
  if (share.strangers == Access::write) return Opens::anybody_writes;
  if (share.strangers == Access::read) return Opens::anybody_reads;
  return share.everyone ? Opens::accounts : Opens::chosen;
}

std::vector<OpenFolder> of_samba(const Evidence& evidence, Time now) {
  if (const auto finding = compliance::smb_not_judged(evidence)) {
    const bool nobody = finding->verdict == Verdict::not_applicable || finding->verdict == Verdict::pass;
    return nobody ? std::vector<OpenFolder>{} : not_listed();
  }
  const auto reach = compliance::offer_of(evidence.sharing, {139, 445}, {"smbd"}).reach;
  std::vector<OpenFolder> folders;
  for (const auto& share : evidence.sharing.samba->shares) {
    OpenFolder folder{share.name, share.path, of_samba_share(share, reach), false};
    folder.meant = folder.opens == Opens::accounts && is_meant(evidence, share.name, now);
    folders.push_back(std::move(folder));
  }
  return folders;
}

// What a PC sent last, with the answers that count.
Result<std::vector<OpenFolder>> read_folders(Store& store, const CompanyPage& page, const std::string& device, Time now, Time& seen) {
  const auto kept = store.content(page.company.id, device, Store::Which::current);
  if (!kept) return kept.error().kind == ErrorKind::not_found ? Result<std::vector<OpenFolder>>(not_listed()) : kept.error();
  seen = std::min(kept->scanned_at, kept->received_at);
  auto json = content_of(*kept);
  if (!json) return json.error();
  auto content = protocol::read_content(std::move(*json), seen);
  if (!content) return not_listed();
  content->evidence.declarations = merged_declarations(content->evidence.declarations, page.declarations, device);
  return folders_of(content->evidence, now);
}

}  // namespace

std::vector<OpenFolder> folders_of(const Evidence& evidence, Time now) {
  auto folders = compliance::on_windows(evidence) ? of_windows(evidence, now) : of_samba(evidence, now);
  std::stable_sort(folders.begin(), folders.end(), [](const OpenFolder& a, const OpenFolder& b) { return a.opens < b.opens; });
  return folders;
}

Result<SharesView> shares_view(Store& store, const std::string& tenant, std::int64_t offset, std::int64_t limit, Time now,
                               const Library* library) {
  CompanyBook book(store, library);
  const auto held = book.of(tenant, now);
  if (!held) return held.error();
  const auto contacts = contacts_of(store, calendar_of((*held)->company), tenant, now);
  if (!contacts) return contacts.error();
  auto found = worst_first(store, tenant, kCheck, offset, limit + 1);
  if (!found) return found.error();
  SharesView view;
  view.more = static_cast<std::int64_t>(found->size()) > limit;
  if (view.more) found->pop_back();
  for (auto& one : *found) {
    SharingDevice device{one.device, std::move(one.label), contacts->of(one.device), {}, {}};
    auto folders = read_folders(store, **held, one.device, now, device.seen);
    if (!folders) return folders.error();
    // What its verdict could not be rested on is not known here either (a newer report that cannot be read yet).
    if (one.finding.verdict == Verdict::unknown && folders->empty()) *folders = not_listed();
    device.folders = std::move(*folders);
    if (!device.folders.empty()) view.devices.push_back(std::move(device));
  }
  const auto sharing_nothing = [](const Result<CheckCounts>& counts) -> Result<std::int64_t> {
    if (!counts) return counts.error();
    const auto check = counts->find(kCheck);
    if (check == counts->end()) return 0;
    const auto none = check->second.find(Verdict::not_applicable);
    return none == check->second.end() ? 0 : none->second;
  };
  const auto unmarked = sharing_nothing(store.check_counts(tenant)), marked = sharing_nothing(store.silent_check_counts(tenant));
  if (!unmarked) return unmarked.error();
  if (!marked) return marked.error();
  const auto not_counted = sharing_nothing(store.check_counts_of(tenant, contacts->unmarked_not_counted(), kCheck));
  if (!not_counted) return not_counted.error();
  view.none = *unmarked - *not_counted;
  view.not_heard = *marked + *not_counted;
  return view;
}

}  // namespace gokajo::hub
