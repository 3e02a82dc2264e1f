#include "hub/rejudging.h"

#include <chrono>

#include "hub/in_transaction.h"
#include "hub/withheld.h"

namespace gokajo::hub {

using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

// `generation`: of what the company's PCs are judged by. Without a judgement: it never sent a content, or (`problem`) could not be judged.
struct Rejudgings::Judged {
  Device device;
  std::int64_t generation = 0;
  std::optional<KeptContent> kept;
  std::optional<Case> to_judge;
  std::optional<HubJudgement> judgement;
  bool problem = false;
};

struct Rejudgings::Ahead {
  Rejudging one;  ///< as it must stand in the store when these are stored
  std::vector<Judged> judged;
  Time now;
  std::unique_ptr<Workers::Running> judging;  ///< writes to `judged`, so it ends first
};

namespace {

// What was judged longer ago is judged once more.
constexpr std::chrono::seconds kAheadFor{10};

bool moved(const Device& before, const Device& now) {
  return before.current != now.current || before.latest != now.latest || before.epoch != now.epoch || before.tenant != now.tenant;
}

std::vector<Awaited> awaited(const std::vector<std::string>& ids) {
  std::vector<Awaited> all;
  for (const auto& id : ids) all.push_back({id, {}});
  return all;
}

// What the store itself cannot do fails once more while it is withheld.
Status again_or_withheld(Store& store, CompanyBook& book, Review& review, const Device& device, Time now) {
  return review.again(device, now) ? Status(Done{}) : withhold(store, book, device, now);
}

Result<std::int64_t> standing_pcs(Store& store, const std::string& tenant) {
  const auto counters = store.counters(tenant);
  if (!counters) return counters.error();
  std::int64_t pcs = 0;
  if (const auto standings = counters->find("device"); standings != counters->end())
    for (const auto& [standing, count] : standings->second)
      if (standing != boost::describe::enum_to_string(Standing::removed, "")) pcs += count;
  return pcs;
}

}  // namespace

Status judge_company_again(Store& store, CompanyBook& book, const std::string& tenant, Time now) {
  auto& rejudgings = rejudgings_of(store);
  auto ids = rejudgings.ids_behind(tenant, "", kJudgedAtOnce + 1);
  if (!ids) return ids.error();
  const bool more = static_cast<std::int64_t>(ids->size()) > kJudgedAtOnce;
  if (more) ids->pop_back();
  store.expect(awaited(*ids));
  Review review(store, book);
  for (const auto& id : *ids) {
    const auto device = store.device_by_id(id);
    if (!device) return device.error();
    if (auto judged = again_or_withheld(store, book, review, *device, now); !judged) return judged;
  }
  if (!more) return rejudgings.end_rejudging(tenant);
  const auto pcs = standing_pcs(store, tenant);
  if (!pcs) return pcs.error();
  return rejudgings.put_rejudging({tenant, now, ids->back(), kJudgedAtOnce, *pcs});
}

Status judge_companies_again(Store& store, const std::set<std::string>& packs, Time now) {
  return in_transaction(store, store.begin(), [&]() -> Status {
    const auto companies = store.companies();
    if (!companies) return companies.error();
    for (const auto& company : *companies) {
      if (!packs.contains(company.pack)) continue;
      const auto pcs = standing_pcs(store, company.id);
      if (!pcs) return pcs.error();
      if (*pcs == 0) continue;
      if (auto put = rejudgings_of(store).put_rejudging({company.id, now, "", 0, *pcs}); !put) return put;
    }
    return Done{};
  });
}

Rejudgings::Rejudgings(Store& store, const Library* library, unsigned threads, std::int64_t in_step)
    : store_(store), kept_(rejudgings_of(store)), book_(store, library), review_(store, book_), workers_(threads), in_step_(in_step) {}

Rejudgings::~Rejudgings() = default;

void Rejudgings::judge(Judged& of, Time now) {
  if (!of.to_judge) return;
  auto judgement = Review::judged_again(std::move(*of.to_judge), *of.kept, now);
  of.problem = !judgement;
  if (judgement) of.judgement = std::move(*judgement);
}

void Rejudgings::begin_judging(Ahead& ahead) {
  ahead.judging = workers_.begin(ahead.judged.size(), [all = ahead.judged.data(), now = ahead.now](std::size_t i) { judge(all[i], now); });
}

Result<bool> Rejudgings::step(Time now) {
  if (ahead_ && (now < ahead_->now || now - ahead_->now > kAheadFor)) ahead_.reset();
  if (!ahead_ && looked_ && now >= *looked_ && now - *looked_ < std::chrono::seconds{1}) return false;
  looked_ = now;
  // Most of the time there is none, and nothing to begin for it.
  if (const auto any = kept_.rejudgings(); !any || any->empty()) {
    ahead_.reset();
    return any ? Result<bool>(false) : Result<bool>(any.error());
  }
  // With what else only one of several hubs does (hub/chores.h).
  if (const auto ours = store_.leads("chores"); !ours || !*ours) {
    ahead_.reset();
    return ours;
  }
  if (!ahead_) {
    auto begun = begun_at(std::nullopt, now);
    if (!begun) return begun.error();
    if (!*begun) return false;
    ahead_ = std::move(*begun);
    begin_judging(*ahead_);
  }
  const auto batch = std::move(ahead_);
  std::unique_ptr<Ahead> next;
  if (static_cast<std::int64_t>(batch->judged.size()) == in_step_) {
    auto after = batch->one;
    after.last = batch->judged.back().device.id;
    after.judged += in_step_;
    auto begun = begun_at(after, now);
    if (!begun) return begun.error();
    next = std::move(*begun);
  }
  batch->judging->finish();
  if (next) begin_judging(*next);
  const auto stored = stored_now(*batch, now);
  if (!stored) return stored.error();
  if (*stored) ahead_ = std::move(next);
  looked_.reset();
  return true;
}

// Of the one that goes on there; of the first of all where it is not known.
Result<std::unique_ptr<Rejudgings::Ahead>> Rejudgings::begun_at(std::optional<Rejudging> one, Time now) {
  return in_transaction(store_, store_.begin_reading(), [&]() -> Result<std::unique_ptr<Ahead>> {
    if (!one) {
      auto found = next(now);
      if (!found) return found.error();
      if (!*found) return std::unique_ptr<Ahead>();
      one = std::move(**found);
    }
    auto judged = read(*one, now);
    if (!judged) return judged.error();
    return std::unique_ptr<Ahead>(new Ahead{std::move(*one), std::move(*judged), now, nullptr});
  });
}

Result<bool> Rejudgings::stored_now(Ahead& batch, Time now) {
  std::vector<std::string> ids;
  for (const auto& of : batch.judged) ids.push_back(of.device.id);
  const auto expected = awaited(ids);
  return in_transaction(store_, store_.begin_reports(expected, Durable::later), [&] {
    store_.expect(expected);
    return store(std::move(batch.one), std::move(batch.judged), now);
  });
}

// A company that cannot be judged by (a pack this program does not know) must not keep the others from it.
Result<std::optional<Rejudging>> Rejudgings::next(Time now) {
  auto all = kept_.rejudgings();
  if (!all) return all.error();
  for (auto& one : *all)
    if (book_.of(one.tenant, now)) return std::optional(std::move(one));
  return std::optional<Rejudging>();
}

Result<std::vector<Rejudgings::Judged>> Rejudgings::read(const Rejudging& one, Time now) {
  const auto ids = kept_.ids_behind(one.tenant, one.last, in_step_);
  if (!ids) return ids.error();
  const auto generation = store_.generation(one.tenant);
  if (!generation) return generation.error();
  store_.expect(awaited(*ids));
  std::vector<Judged> all;
  for (const auto& id : *ids) {
    auto& judged = all.emplace_back();
    judged.device.id = id;
    judged.generation = *generation;
    auto device = store_.device_by_id(id);
    judged.problem = !device;
    if (!device) continue;
    judged.device = std::move(*device);
    auto kept = store_.content(one.tenant, id, Store::Which::current);
    if (!kept && kept.error().kind == ErrorKind::not_found) continue;
    auto to_judge = kept ? review_.open(judged.device, kept->scanned_at, kept->received_at, now) : Result<Case>(kept.error());
    judged.problem = !to_judge;
    if (!to_judge) continue;
    judged.kept = std::move(*kept);
    judged.to_judge = std::move(*to_judge);
  }
  return all;
}

Result<bool> Rejudgings::store(Rejudging one, std::vector<Judged> judged, Time now) {
  // It began anew meanwhile, or another hub was faster.
  const auto still = kept_.rejudging(one.tenant);
  if (!still) return still.error();
  if (!*still || **still != one) return false;
  const auto generation = store_.generation(one.tenant);
  if (!generation) return generation.error();
  for (auto& of : judged) {
    if (auto kept = keep(of, one.tenant, of.generation == *generation, now); !kept) return kept.error();
    one.last = of.device.id;
    ++one.judged;
  }
  const bool through = static_cast<std::int64_t>(judged.size()) < in_step_;
  const auto put = through ? kept_.end_rejudging(one.tenant) : kept_.put_rejudging(one);
  return put ? Result<bool>(true) : Result<bool>(put.error());
}

Status Rejudgings::keep(Judged& one, const std::string& tenant, bool fresh, Time now) {
  auto device = store_.device_by_id(one.device.id);
  if (!device) return device.error().kind == ErrorKind::not_found ? Status(Done{}) : device.error();
  if (device->standing == Standing::removed || device->tenant != tenant) return Done{};
  if (!fresh || one.problem || moved(one.device, *device)) return again_or_withheld(store_, book_, review_, *device, now);
  if (!one.judgement) return Done{};
  if (device->machine != one.judgement->machine) {
    device->machine = one.judgement->machine;
    if (auto put = store_.put_device(*device); !put) return put;
  }
  return review_.keep(*device, std::move(*one.judgement), now);
}

}  // namespace gokajo::hub
