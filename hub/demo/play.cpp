#include "hub/demo/play.h"

#include <algorithm>

#include "hub/answers.h"
#include "hub/chores.h"
#include "hub/declaring/published_page.h"
#include "hub/declaring/to_do.h"
#include "hub/demo/agents.h"
#include "hub/demo/fill.h"
#include "hub/demo/levels.h"
#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/facts_from_store.h"
#include "hub/feeds/proposal.h"
#include "hub/in_transaction.h"
#include "hub/ingest.h"
#include "hub/silence.h"
#include "hub/workers.h"

namespace gokajo::hub::demo {

using platform::Days, platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;
using std::chrono::hours, std::chrono::minutes;

namespace {

constexpr hours kJapan{9};
constexpr int kYearInMonths = 12;

Time moment(Day day, int hour, int minute = 0) { return Time{day} - kJapan + hours{hour} + minutes{minute}; }

class Play {
 public:
  Play(HubState& state, const Plan& plan, Time now)
      : store_(*state.store),
        pepper_(state.pepper),
        plan_(plan),
        now_(now),
        levels_(levels_until(now)),
        library_(state.directory),
        ingest_(store_, pepper_, 0, &library_),
        chores_(store_, &library_),
        workers_(0) {
    for (const auto& company : plan.companies)
      for (const auto& pc : company.pcs) agents_.push_back({&company, std::make_unique<Agent>(pc, levels_)});
  }

  Result<Played> run(const std::function<void(Day)>& told) {
    if (auto set_up = in_transaction(store_, store_.begin(), [&] { return companies_and_people(); }); !set_up) return set_up.error();
    const auto today = platform::local_day(now_, platform::kJapanOffset);
    for (auto day = today - kPast; day <= today; day += Days{1}) {
      if (told) told(day);
      if (auto done = one_day(day); !done) return done.error();
    }
    if (auto rested = in_transaction(store_, store_.begin(), [&] { return rests(); }); !rested) return rested.error();
    if (auto proposed = propose(); !proposed) return proposed.error();
    return Played{static_cast<std::int64_t>(plan_.companies.size()), static_cast<std::int64_t>(agents_.size()), reports_};
  }

 private:
  struct Placed {
    const CompanyPlan* company;
    std::unique_ptr<Agent> agent;
  };

  Status companies_and_people() {
    std::vector<Company> companies;
    for (const auto& one : plan_.companies) companies.push_back(one.company);
    return put_companies_and_people(store_, companies, plan_.people);
  }

  Status one_day(Day day) {
    if (auto done = chores(moment(day, 9)); !done) return done;
    if (auto done = enrol(day, moment(day, 9, 5)); !done) return done;
    if (is_business_day(day, {}))
      if (auto done = report(day, moment(day, 9, 45)); !done) return done;
    if (auto done = answer(day, moment(day, 13)); !done) return done;
    if (auto done = diagnose(day, moment(day, 14)); !done) return done;
    return declare(day, moment(day, 15));
  }

  Status chores(Time at) {
    if (at > now_) return Done{};
    for (;;) {
      const auto more = chores_.step(at);
      if (!more) return more.error();
      if (!*more) return Done{};
    }
  }

  Status enrol(Day day, Time at) {
    if (at > now_) return Done{};
    for (const auto& [company, agent] : agents_) {
      if (agent->plan().first != day) continue;
      const auto code = random_code();
      const auto kind = agent->plan().waiting ? CodeKind::install_day : CodeKind::one_time;
      const auto added = in_transaction(store_, store_.begin(), [&]() -> Status {
        const auto number = store_.add_code({company->company.id, 0, pepper_.code(code), kind, 1, at, at + hours{24}, std::nullopt});
        return number ? Status(Done{}) : Status(number.error());
      });
      if (!added) return added;
      if (auto taken = good(ingest_.handle(agent->enrolment(code), at)); !taken) return taken;
    }
    return Done{};
  }

  Status report(Day day, Time at) {
    if (at > now_) return Done{};
    std::vector<std::pair<Agent*, compliance::Pack>> due;
    for (const auto& [company, agent] : agents_) {
      if (!agent->reports_on(day)) continue;
      auto pack = library_.shelf()->pack(company->company.pack);
      if (!pack) return pack.error();
      due.emplace_back(agent.get(), std::move(*pack));
    }
    std::vector<HttpRequest> requests(due.size());
    workers_.each(due.size(), [&](std::size_t i) {
      auto& [agent, pack] = due[i];
      requests[i] = agent->report(pack, moment(day, 9, agent->plan().minute));
    });
    for (const auto& reply : ingest_.handle_all(requests, at))
      if (auto taken = good(reply); !taken) return taken;
    reports_ += static_cast<std::int64_t>(requests.size());
    return Done{};
  }

  static Status good(const HttpReply& reply) {
    if (reply.status == 200) return Done{};
    return Error{ErrorKind::failed, "a PC of the demo was refused: " + reply.body};
  }

  Status answer(Day day, Time at) {
    if (at > now_) return Done{};
    for (const auto& one : plan_.companies) {
      bool answered = false;
      const auto kept = in_transaction(store_, store_.begin(), [&]() -> Status {
        for (const auto& answer : one.answers) {
          if (answer.on != day) continue;
          answered = true;
          const Time until{Day{std::chrono::year_month_day{day} + std::chrono::months{kYearInMonths}}};
          if (auto put = store_.put_declaration(one.company.id, {"", {answer.question, "", answer.answer, answer.who, at, until}, {}});
              !put)
            return put;
        }
        if (!answered) return Done{};
        CompanyBook book(store_, &library_);
        return Review(store_, book).company_again(one.company.id, at);
      });
      if (!kept) return kept;
    }
    return Done{};
  }

  Status diagnose(Day day, Time at) {
    if (at > now_) return Done{};
    for (const auto& one : plan_.companies)
      for (const auto& diagnosis : one.diagnoses) {
        if (diagnosis.on != day) continue;
        const auto taken = in_transaction(store_, store_.begin(), [&]() -> Status {
          CompanyBook book(store_, &library_);
          const auto page = book.of(one.company.id, at);
          if (!page) return page.error();
          const auto facts = company_facts(store_, **page, at);
          if (!facts) return facts.error();
          DiagnosisAnswers answers;
          for (const auto& [number, level] : diagnosis.answers) answers.changed.emplace(number, level);
          return take_diagnosis(store_, diagnosis_sheet(), (*page)->company, *facts, answers, diagnosis.who, at);
        });
        if (!taken) return taken;
      }
    return Done{};
  }

  Status declare(Day day, Time at) {
    if (at > now_) return Done{};
    for (const auto& one : plan_.companies)
      for (const auto& told : one.declaring) {
        if (told.on != day) continue;
        if (auto kept = in_transaction(store_, store_.begin(), [&] { return keep(one.company, told, at); }); !kept) return kept;
      }
    return Done{};
  }

  Status keep(const Company& company, const DeclaringPlan& told, Time at) {
    const auto in_a_year = months_later(at, kYearInMonths, company.offset_minutes);
    for (const auto step : told.steps)
      if (auto said = say_step(store_, company.id, step, SaidDone{told.who, at, in_a_year}, told.who, at); !said) return said;
    if (told.policy)
      if (auto kept = keep_policy(store_, company, {}, *told.policy, told.who, at); !kept) return kept;
    if (told.star == 0) return Done{};
    const auto day_of = [](Time time) { return platform::format_time(time).substr(0, 10); };
    return store_.put_sheet({company.id, told.declaration, told.star, day_of(at), day_of(in_a_year), ""});
  }

  // A demo asks no publisher; its notice says of itself that it is made up.
  Status propose() {
    const Notice notice{"（デモの例です。本物の知らせではありません）Microsoft Edgeの弱点",
                        "https://www.jpcert.or.jp/",
                        now_ - Days{5},
                        {"cpe:/a:microsoft:edge"},
                        false,
                        false};
    for (const auto& one : plan_.companies) {
      if (one.company.id != kYamada) continue;
      if (const auto proposed = propose_for(store_, one.company, {notice}, now_); !proposed) return proposed.error();
    }
    return Done{};
  }

  Status rests() {
    for (const auto& [company, agent] : agents_) {
      const auto& plan = agent->plan();
      if (!plan.rests_until || !plan.last) continue;
      auto device = store_.device_by_id(agent->id());
      if (!device) return device.error();
      device->resting_since = moment(*plan.last + Days{1}, 10);
      device->resting_until = end_of_rest(*plan.rests_until, calendar_of(company->company));
      if (auto put = store_.put_device(*device); !put) return put;
    }
    return Done{};
  }

  Store& store_;
  const Pepper& pepper_;
  const Plan& plan_;
  Time now_;
  compliance::WindowsLevels levels_;
  Library library_;
  Ingest ingest_;
  Chores chores_;
  Workers workers_;
  std::vector<Placed> agents_;
  std::int64_t reports_ = 0;
};

}  // namespace

Result<Played> play(HubState& state, const Plan& plan, Time now, const std::function<void(Day)>& told) {
  if (auto ready = begin_demo(state, now); !ready) return ready.error();
  return Play(state, plan, now).run(told);
}

}  // namespace gokajo::hub::demo
