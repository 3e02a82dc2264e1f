// 「点検の記録ファイル」: evidence packs of the company, made and fetched. They hold everything that is kept of its PCs, so that only who
// may change it sees them.
#include <filesystem>

#include "hub/evidence/pack_desk.h"
#include "hub/evidence/period.h"
#include "hub/evidence/signing_key.h"
#include "hub/evidence_store.h"
#include "hub/rejudging_store.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kListed = 60;

std::string place(const Visit& visit) { return company_path(visit) + "/evidence"; }

std::string date_of(platform::Time time) { return platform::format_time(time).substr(0, 10); }

// The month before this one, in the company's time.
std::pair<std::string, std::string> last_month(const Visit& visit) {
  const std::chrono::year_month_day today{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))};
  const auto month = std::chrono::year_month{today.year(), today.month()} - std::chrono::months{1};
  return {date_of(platform::Time{std::chrono::sys_days{month / 1}}),
          date_of(platform::Time{std::chrono::sys_days{month / std::chrono::last}})};
}

PageData row_of(const Visit& visit, const EvidencePack& pack) {
  PageData row;
  row.set("name", sentence(visit, "evidence.numbered", {{"n", std::to_string(pack.number)}}));
  row.set("kind", page_word(pack.kind == PackKind::internal ? "evidence.internal" : "evidence.submission", visit.language));
  row.set("period",
          day_of(visit, pack.from) + page_word("evidence.cover.to", visit.language) + day_of(visit, pack.until - std::chrono::seconds{1}));
  row.set("made", day_of(visit, pack.made));
  row.set("who", shown(pack.who));
  row.set("head", in_groups(head_of(pack.manifest)));
  std::error_code none;
  if (is_kept(pack, visit.now) && std::filesystem::exists(pack_file(visit.parts.directory, pack.tenant, pack.number), none)) {
    row.set("href", place(visit) + "/" + std::to_string(pack.number));
    row.set("until", sentence(visit, "evidence.kept_until", {{"day", day_of(visit, pack.kept_until)}}));
  }
  return row;
}

Result<HttpReply> page(Visit& visit, const std::string& problem) {
  const auto packs = packs_of(visit.store()).evidence_packs(visit.company->id, kListed);
  if (!packs) return packs.error();
  const auto key = pack_key_fingerprint(visit.store(), visit.parts.pepper);
  if (!key) return key.error();
  PageData data;
  if (!problem.empty()) data.set("problem", page_word("problem." + problem, visit.language));
  const auto work = visit.parts.packs ? visit.parts.packs->of(visit.company->id) : std::nullopt;
  if (work == PackWork::waiting) data.set("making", yes());
  if (work == PackWork::failed) data.set("failed", yes());
  const auto [first, last] = last_month(visit);
  const bool again = !problem.empty();
  data.set("from", again ? shown(visit.field("from")) : first);
  data.set("until", again ? shown(visit.field("until")) : last);
  // Without a choice the one that may leave the company.
  data.set(again && visit.field("kind") == "internal" ? "is_internal" : "is_submission", yes());
  auto rows = new_list();
  for (const auto& pack : *packs) rows << row_of(visit, pack);
  data.set("packs", rows);
  if (packs->empty()) data.set("none", yes());
  if (*key) data.set("key", in_groups(**key));
  return show(visit, "evidence.html", "evidence.title", data, problem.empty() ? 200 : 422);
}

}  // namespace

Result<HttpReply> show_evidence(Visit& visit) { return page(visit, {}); }

Result<HttpReply> make_evidence(Visit& visit) {
  const auto period = period_of_days(visit.field("from"), visit.field("until"), static_cast<int>(visit.company->offset_minutes));
  if (!period || period->from >= visit.now) return page(visit, "evidence_period");
  const auto& kind = visit.field("kind");
  if (kind != "internal" && kind != "submission") return page(visit, "evidence_kind");
  const auto rejudging = rejudgings_of(visit.store()).rejudging(visit.company->id);
  if (!rejudging) return rejudging.error();
  if (*rejudging) return page(visit, "evidence_rejudging");
  const PackWish wish{visit.company->id, kind == "internal" ? PackKind::internal : PackKind::submission, period->from, period->until,
                      visit.person->name};
  if (!visit.parts.packs || !visit.parts.packs->ask(wish)) return page(visit, "evidence_busy");
  return see_other(place(visit));
}

Result<HttpReply> fetch_evidence(Visit& visit) {
  const auto& named = visit.parameters.at("pack");
  const bool number = !named.empty() && named.size() <= 9 && named.find_first_not_of("0123456789") == std::string::npos;
  const auto pack = number ? packs_of(visit.store()).evidence_pack(visit.company->id, std::stoll(named))
                           : Result<EvidencePack>(platform::Error{ErrorKind::not_found, ""});
  if (!pack && pack.error().kind != ErrorKind::not_found) return pack.error();
  const auto file = pack ? pack_file(visit.parts.directory, pack->tenant, pack->number) : std::string();
  std::error_code none;
  if (!pack || !is_kept(*pack, visit.now) || !std::filesystem::is_regular_file(file, none))
    return message_page(visit, 404, "evidence_gone");
  return HttpReply{200,
                   {{"content-type", "application/zip"},
                    {"content-disposition", "attachment; filename=\"" + pack_file_name(*pack) + "\""},
                    {"cache-control", "no-store"}},
                   {},
                   file};
}

}  // namespace gokajo::hub
