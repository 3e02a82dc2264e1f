/// \file
/// What the pages about a company and its PCs go by, as plain values beside hub/records.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "hub/records.h"

namespace gokajo::hub {

/// A PC belongs to at most one group of its company (支店, 部署), by a name people gave; empty: to none.
inline constexpr std::size_t kGroupCharacters = 40;

/// `label`: what people call the PC, else its host name.
struct NamedDevice {
  std::string device;
  std::string label;
};

/// Which PCs are silent or at rest in this moment (hub/contacts.h), in any order. `marked`: silent, and put down as that in the store
/// (OverviewStore::mark_silent()); `silent`: the others, which fell silent since. `resting`, `in_use`: ids; in_use: those at rest that were
/// heard of all the same; they are among `resting`, too.
struct Silence {
  std::vector<NamedDevice> marked;
  std::vector<NamedDevice> silent;
  std::vector<std::string> resting;
  std::vector<std::string> in_use;
};

/// worst: what needs a hand first, then by name; of one rule all have the same verdict. last_heard: who was longest not heard of first, by
/// days.
enum class DeviceOrder { worst, name, last_heard };
BOOST_DESCRIBE_ENUM(DeviceOrder, worst, name, last_heard)

/// Of PCs that wait, of those that are silent, or at rest. any: all but removed ones.
enum class DeviceKind { any, waiting, silent, resting };
BOOST_DESCRIBE_ENUM(DeviceKind, any, waiting, silent, resting)

/// Which PCs of a company to list (hub/device_pages.h); what is empty asks for nothing. `verdict`: of `rule`, else of any rule (pass: of
/// every rule, where not_applicable is as good). A PC that is silent or at rest has no verdict, but fails where it is in use while it
/// should rest. `text`: a part of its name or host name, letters of either case.
struct DeviceQuery {
  DeviceKind kind = DeviceKind::any;
  std::optional<compliance::Verdict> verdict;
  std::string rule;
  std::optional<std::string> group;
  std::string text;
  DeviceOrder order = DeviceOrder::worst;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
  Silence silence;
};

/// PCs of a company by what stands in their rows: what a store can find without looking at each of them. What is empty asks for nothing.
/// `standing` empty: all but removed ones. `worst`: as put by set_verdicts(): 0 a rule fails, 1 unknown or nothing judged, 2 ask, 3 none of
/// these. `only`, `but`: ids. `unmarked`: without those that are put down as silent. `verdicts`: of `rule` (a rule nothing was judged of is
/// unknown), else of any rule. `few`: the caller has counted that few PCs have one of them and that the rule was judged of every PC; it
/// changes how long an answer takes.
struct DeviceFilter {
  std::optional<Standing> standing;
  std::optional<int> worst;
  std::optional<std::vector<std::string>> only;
  std::vector<std::string> but;
  bool unmarked = false;
  std::optional<std::string> group;
  std::string text;
  std::string rule;
  std::vector<compliance::Verdict> verdicts;
  bool few = false;
};

/// `verdicts`: of its rules, as verdicts_text() (hub/kept_finding.h) writes them.
struct JudgedDevice {
  Device device;
  std::string verdicts;
};

/// A PC whose name holds a text. `worst`: as in DeviceFilter; `marked`: it is put down as silent; `verdicts`: verdicts_text()
/// (hub/kept_finding.h).
struct MatchedDevice {
  std::string device;
  Standing standing = Standing::waiting;
  int worst = 1;
  bool marked = false;
  std::string verdicts;
};

/// How many such PCs there are of each kind.
struct MatchCount {
  Standing standing = Standing::waiting;
  int worst = 1;
  bool marked = false;
  std::int64_t pcs = 0;
};

struct ListedDevice {
  Device device;
  std::string group;
};

/// `all`: how many there are without offset and limit.
struct DevicePage {
  std::vector<ListedDevice> devices;
  std::int64_t all = 0;
};

/// One thing that is to be done (ToDo::now) on so many PCs.
struct Cause {
  std::string check;
  std::string situation;
  std::string rule;
  std::int64_t pcs = 0;
};

struct DeviceRule {
  std::string device;
  std::string rule;
  compliance::Verdict verdict = compliance::Verdict::unknown;
};

/// `label`: what people call the PC, else its host name.
struct DeviceFinding {
  std::string device;
  std::string label;
  KeptFinding finding;
};

/// 対応中, 対応予定: what a person said of a finding. It changes no verdict, and ends when the check passes or does not apply.
enum class PlanState { doing, planned };
BOOST_DESCRIBE_ENUM(PlanState, doing, planned)

/// `until`: the last moment of the day that was named (planned only). `who`: the name at that time.
struct Plan {
  std::string device;
  std::string check;
  PlanState state = PlanState::doing;
  std::optional<Time> until;
  std::string who;
  Time noted{};
};

/// PCs of one day by what the rule says of them; a PC that is silent or at rest counts as that only. `rule` empty: by what is to be done on
/// the whole PC: nothing (pass), something (fail), or it holds something open (unknown). `day`: midnight UTC of a day in the company's
/// offset.
struct DailyCount {
  Time day{};
  std::string rule;
  std::int64_t pass = 0;
  std::int64_t fail = 0;
  std::int64_t unknown = 0;
  std::int64_t ask = 0;
  std::int64_t not_applicable = 0;
  std::int64_t silent = 0;
  std::int64_t resting = 0;
};

/// The adviser's one line about a company. `text` empty: none.
struct Comment {
  std::string text;
  std::string who;
  Time at{};
};
inline constexpr std::size_t kCommentCharacters = 200;

/// How many PCs a check says what of.
using CheckCounts = std::map<std::string, std::map<compliance::Verdict, std::int64_t>>;

}  // namespace gokajo::hub
