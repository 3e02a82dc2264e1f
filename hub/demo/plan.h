/// \file
/// Who is in the demo and what becomes of them: 山田工務店 as people.md tells it, the companies of one adviser, and the people who look.
/// The same `seed` and day give the same plan. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/declaring/basic_policy.h"
#include "hub/declaring/steps.h"
#include "hub/demo/pc.h"
#include "hub/diagnosis/sheet.h"
#include "hub/mail/business_days.h"
#include "hub/people.h"
#include "hub/records.h"

namespace gokajo::hub::demo {

/// How long the demo's past is.
inline constexpr platform::Days kPast{56};

/// A trouble from a day on, until it was put right or still.
struct Spell {
  Trouble trouble = Trouble::no_length_rule;
  Day from;
  std::optional<Day> until;
  std::string item;
};

/// `first`, `last`: the days between which it reports; no last: to this day. `read_on`: when its person read the briefing. `update_days`:
/// how many days behind a monthly update it has that. `waiting`: nobody approved it yet. `minute`: of the scan, behind 9 o'clock.
/// `rests_until`: 休ませる, since it was last heard of.
struct PcPlan {
  std::string label;
  std::string host_name;
  std::string account;
  bool linux_pc = false;
  bool waiting = false;
  Day first;
  std::optional<Day> last;
  std::optional<Day> rests_until;
  std::optional<Day> read_on;
  int update_days = 4;
  int minute = 10;
  std::vector<Spell> spells;
};

/// A company's answer to a question of its pack.
struct AnswerPlan {
  std::string question;
  std::string answer;
  std::string who;
  Day on;
};

/// A day on which somebody answered questions of the 自社診断, by number.
struct DiagnosisPlan {
  std::map<std::int64_t, Level> answers;
  std::string who;
  Day on;
};

/// A day on which somebody told of the way to a star: steps that are done, the basic policy, and what was declared (star 0: nothing).
struct DeclaringPlan {
  std::vector<DeclaringStep> steps;
  std::optional<PolicyTold> policy;
  std::int64_t star = 0;
  std::string declaration;
  std::string who;
  Day on;
};

struct CompanyPlan {
  Company company;
  std::vector<PcPlan> pcs;
  std::vector<AnswerPlan> answers;
  std::vector<DiagnosisPlan> diagnoses;
  std::vector<DeclaringPlan> declaring;
};

struct PersonPlan {
  std::string name;
  std::string mail;
  Role role = Role::viewer;
  std::vector<std::string> tenants;
  bool runs_hub = false;
};

struct Plan {
  std::vector<CompanyPlan> companies;
  std::vector<PersonPlan> people;
};

inline constexpr const char* kYamada = "yamada";

/// `clients`: how many companies the adviser has, 山田工務店 among them (1 to 60).
Plan plan_of(int clients, std::uint64_t seed, Time now);

/// The parts of it. `today`: in Japan.
CompanyPlan plan_of_yamada(Day today);
CompanyPlan plan_of_client(int number, std::uint64_t seed, Day today);

/// The newest monthly update that is more than a month old: the day (in Japan) it came out. Who missed it is late by five to ten weeks.
Day missed_update(Day today);
/// `days` business days before `day`.
Day business_days_before(Day day, int days);
/// A company as all of the demo begin: marked as a demo, its first day eight weeks back.
Company demo_company(const std::string& id, const std::string& name, Day today);

/// What the PC is like at that time.
PcOnDay on_day(const PcPlan& pc, Time at);

}  // namespace gokajo::hub::demo
