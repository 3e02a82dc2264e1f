// The adviser's companies: 3 to 15 PCs each, in every state a company can be in.
#include <random>

#include "hub/demo/plan.h"

namespace gokajo::hub::demo {

using platform::Days;

namespace {

constexpr const char* kFamilies[] = {"佐藤", "鈴木", "高橋", "伊藤", "渡辺", "中村", "小林", "加藤", "吉田", "佐々木",
                                     "山口", "松本", "井上", "木村", "林",   "斎藤", "清水", "森",   "池田", "橋本"};
constexpr const char* kTrades[] = {"建設", "電気工事", "設備", "塗装",   "工務店",    "建築設計",
                                   "造園", "解体",     "運輸", "製作所", "会計事務所"};
constexpr const char* kPlaces[] = {"受付", "経理", "総務", "営業", "現場", "設計", "倉庫",  "社長",
                                   "工場", "購買", "事務", "予備", "配送", "窓口", "会議室"};
constexpr const char* kAccounts[] = {"sato",    "suzuki", "takahashi", "ito",       "watanabe", "nakamura", "kobayashi", "kato",
                                     "yoshida", "sasaki", "yamaguchi", "matsumoto", "inoue",    "kimura",   "saito"};

constexpr Trouble kTroubles[] = {Trouble::updates_late,      Trouble::office_ended, Trouble::antivirus_expired,   Trouble::definitions_old,
                                 Trouble::share_open,        Trouble::smb1_on,      Trouble::remote_desktop_open, Trouble::auto_login,
                                 Trouble::short_length_rule, Trouble::firewall_off, Trouble::real_time_off,       Trouble::guest_on};
constexpr Trouble kDoubts[] = {Trouble::updates_unseen, Trouble::shares_unseen, Trouble::share_for_accounts, Trouble::no_length_rule};

// Numbers of nobody, in the form of those since April 2026.
constexpr std::int64_t kFirstDeclaration = 59'999'999'900;

enum class State { good, few, many, silent, one_silent, empty, short_of, doubtful, waiting, unanswered };

// Of ten clients; the first nine are an adviser's usual week.
constexpr State kStates[] = {State::good, State::few,      State::good,    State::many,       State::short_of,
                             State::good, State::doubtful, State::waiting, State::one_silent, State::unanswered};

State state_of(int number) {
  if (number == 13) return State::silent;
  if (number == 21 || number == 34) return State::empty;
  return kStates[number % 10];
}

// std's distributions differ between compilers; this does not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
  template <class T, std::size_t N>
  const T& of(const T (&all)[N]) {
    return all[static_cast<std::size_t>(below(static_cast<int>(N)))];
  }

 private:
  std::mt19937_64 random_;
};

std::vector<PcPlan> pcs_of(const std::string& id, int count, Day first, Dice& dice) {
  std::vector<PcPlan> pcs;
  for (int i = 0; i < count; ++i) {
    const auto number = std::string(i < 9 ? "0" : "") + std::to_string(i + 1);
    PcPlan pc;
    pc.label = "PC-" + number + " " + kPlaces[i % 15];
    pc.host_name = id + "-pc" + number;
    pc.account = kAccounts[i % 15];
    pc.first = first;
    pc.update_days = 1 + dice.below(8);
    pc.minute = 10 + dice.below(31);
    pc.read_on = business_day_from(first + Days{5 + dice.below(25)}, {});
    pcs.push_back(std::move(pc));
  }
  return pcs;
}

void trouble_one(PcPlan& pc, Trouble trouble, Day today, bool solved, Dice& dice) {
  const auto from = trouble == Trouble::updates_late      ? missed_update(today) - Days{2}
                    : trouble == Trouble::definitions_old ? business_days_before(today, 14 + dice.below(6))
                                                          : business_days_before(today, 2 + dice.below(30));
  std::optional<Day> until;
  if (solved) until = business_days_before(today, dice.below(3));
  if (until && *until <= from) until = from + Days{1};
  pc.spells.push_back({trouble, from, until,
                       trouble == Trouble::share_open           ? "見積"
                       : trouble == Trouble::share_for_accounts ? "共通"
                                                                : ""});
}

void trouble_some(std::vector<PcPlan>& pcs, int count, Day today, Dice& dice) {
  for (int i = 0; i < count; ++i)
    trouble_one(pcs[static_cast<std::size_t>(dice.below(static_cast<int>(pcs.size())))], dice.of(kTroubles), today, dice.below(4) == 0,
                dice);
}

std::vector<AnswerPlan> answers_of(const std::string& who, Day on, bool all) {
  std::vector<AnswerPlan> answers = {{"passwords", "yes", who, on}, {"nas", "none", who, on}, {"copier", "yes", who, on}};
  if (all) {
    answers.push_back({"mfa", "yes", who, on});
    answers.push_back({"cloud", "yes", who, on});
    for (const char* other : {"other-devices-updates", "other-devices-antivirus", "without-pc"}) answers.push_back({other, "yes", who, on});
  }
  return answers;
}

// All 25 questions, as an office answers that has begun with what is easy.
DiagnosisPlan diagnosis_of(const std::string& who, Day on, Dice& dice) {
  constexpr Level kLikely[] = {Level::done, Level::done, Level::done, Level::partly, Level::partly, Level::not_done, Level::unsure};
  DiagnosisPlan plan{{}, who, on};
  for (const auto& question : diagnosis_sheet().questions) plan.answers.emplace(question.number, dice.of(kLikely));
  return plan;
}

// How far a company of that kind came: who finds everything well has declared, every other one two stars.
std::vector<DeclaringPlan> declaring_of(State state, int number, const std::string& owner, const std::string& who, Day on) {
  if (state == State::empty || state == State::unanswered || state == State::many) return {};
  DeclaringPlan plan{{DeclaringStep::gbizid}, std::nullopt, 0, "", who, on};
  if (state == State::few || state == State::short_of) return {plan};
  plan.steps.push_back(DeclaringStep::rules);
  if (state != State::good) return {plan};
  plan.star = 1 + number % 2;
  plan.declaration = std::to_string(kFirstDeclaration + number);
  if (plan.star == 2) {
    plan.steps.push_back(DeclaringStep::policy);
    plan.policy =
        PolicyTold{"代表取締役 " + owner, "", platform::format_time(Time{on}).substr(0, 10), {PolicyInfo::customers}, {PolicyPromise::law}};
  }
  return {plan};
}

}  // namespace

CompanyPlan plan_of_client(int number, std::uint64_t seed, Day today) {
  Dice dice(seed * 1000003U + static_cast<std::uint64_t>(number));
  const auto id = "client-" + std::string(number < 10 ? "0" : "") + std::to_string(number);
  const std::string family = kFamilies[number % 20];
  CompanyPlan plan;
  auto& company = plan.company = demo_company(id, family + kTrades[(number * 7 + number / 20) % 11], today);
  company.responsible = company.owner_name = family;
  company.person_in_charge = kFamilies[(number + 7) % 20];
  company.owner_mail = "owner@" + id + ".example";
  if (dice.below(4) != 0) company.confirmed = company.created + Days{6};
  const auto state = state_of(number);
  const auto count = state == State::empty ? 0 : 3 + dice.below(13);
  company.stated_devices = state == State::empty ? 5 : state == State::short_of ? count + 1 + dice.below(4) : count;
  const auto first = business_day_from(today - kPast + Days{dice.below(10)}, {});
  plan.pcs = pcs_of(id, count, first, dice);
  auto& pcs = plan.pcs;
  if (state == State::few || state == State::short_of) trouble_some(pcs, 1 + dice.below(3), today, dice);
  if (state == State::many) trouble_some(pcs, count + dice.below(count), today, dice);
  if (state == State::doubtful)
    for (auto& pc : pcs)
      if (dice.below(3) == 0) trouble_one(pc, dice.of(kDoubts), today, false, dice);
  if (state == State::silent)
    for (auto& pc : pcs) pc.last = business_days_before(today, 8);
  if (state == State::one_silent) pcs.back().last = business_days_before(today - Days{7}, 2 + dice.below(6));
  if (state == State::waiting) pcs.back().waiting = pcs.front().waiting = true;
  // A company in which everything is well had its day, too.
  if (state == State::good) trouble_one(pcs[1], dice.of(kTroubles), today, true, dice);
  if (state == State::many && count > 4) {
    pcs[3].last = business_days_before(today, 3);
    pcs[3].rests_until = today + Days{30};
  }
  if (state != State::empty && state != State::unanswered) {
    plan.answers = answers_of(company.person_in_charge, business_day_from(first + Days{9}, {}), state != State::many);
    plan.diagnoses.push_back(diagnosis_of(company.person_in_charge, business_day_from(first + Days{16}, {}), dice));
  }
  plan.declaring = declaring_of(state, number, company.owner_name, company.person_in_charge, business_day_from(first + Days{20}, {}));
  return plan;
}

}  // namespace gokajo::hub::demo
