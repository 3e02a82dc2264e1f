/// \file
/// The 81 criteria of SCS 評価制度 ★3 as data (hub/scs3/data/scs3.json): ids as in the official list, words of ours, and which checks of
/// PCs settle or support each. Why those and no more: docs/scs3.md. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/declaring/steps.h"

namespace gokajo::hub {

/// machine: facts of PCs and servers with Gokajo decide. partly: they show a part, a person tells the rest. person: they show nothing.
enum class ScsShown { machine, partly, person };
BOOST_DESCRIBE_ENUM(ScsShown, machine, partly, person)

/// `name`: for a cell of a table; machine alone. `decides`: no PC may fail these, and all must pass; `needs`: all must pass, but a failure
/// proves nothing; `beside`: shown with it. `inventory`: by who is registered and heard, and the inventory. `rest`: what no PC shows of a
/// machine's one, so that a person tells it. `page`: of the company, where more of it is seen. `note`: what PCs show and what not.
struct ScsCriterion {
  std::string id;
  std::string requirement;
  ScsShown shown = ScsShown::person;
  compliance::Text text;
  std::optional<compliance::Text> name;
  std::vector<std::string> decides;
  std::vector<std::string> needs;
  std::vector<std::string> beside;
  std::optional<bool> inventory;
  std::optional<compliance::Text> rest;
  std::optional<std::string> page;
  std::optional<compliance::Text> note;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
  bool by_inventory() const { return inventory.value_or(false); }
  bool rests_on_pcs() const { return by_inventory() || !decides.empty() || !needs.empty(); }
  bool asks_person() const { return shown != ScsShown::machine || rest; }
};
BOOST_DESCRIBE_STRUCT(ScsCriterion, (),
                      (id, requirement, shown, text, name, decides, needs, beside, inventory, rest, page, note, confidence, sources))

struct ScsCategory {
  std::string id;
  compliance::Text name;
};
BOOST_DESCRIBE_STRUCT(ScsCategory, (), (id, name))

struct ScsRequirement {
  std::string id;
  std::string category;
  compliance::Text title;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(ScsRequirement, (), (id, category, title, confidence, sources))

struct ScsCounts {
  std::int64_t requirements = 0;
  std::int64_t criteria = 0;
  std::int64_t machine = 0;
  std::int64_t partly = 0;
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(ScsCounts, (), (requirements, criteria, machine, partly, person))

/// `edition`: what ids mean; answers to another edition are never taken for these. `valid_months`: of a person's answer. `official`: the
/// scheme's own page.
struct ScsFacts {
  std::string format;
  std::string about;
  std::string edition;
  std::string as_of;
  std::string official;
  std::int64_t valid_months = 0;
  ScsCounts counts;
  std::vector<DeclaringSource> sources;
  std::vector<DeclaringHint> notes;
  std::vector<ScsCategory> categories;
  std::vector<ScsRequirement> requirements;
  std::vector<ScsCriterion> criteria;
  /// nullptr: there is none of that id.
  const ScsCriterion* criterion(std::string_view id) const;
  const ScsRequirement* requirement(std::string_view id) const;
  std::vector<const ScsCriterion*> of(ScsShown shown) const;
};
BOOST_DESCRIBE_STRUCT(ScsFacts, (),
                      (format, about, edition, as_of, official, valid_months, counts, sources, notes, categories, requirements, criteria))

/// At most 256 KiB. Error{malformed} with the place: another shape, ids that stand twice or name nothing, counts that are not those of the
/// rows, a check this version does not know, checks where a person alone answers, none where a machine decides, a sentence of low
/// confidence that is worded as if it were sure.
platform::Result<ScsFacts> read_scs_facts(std::string_view text);

/// The one that is compiled in.
const ScsFacts& scs_facts();

}  // namespace gokajo::hub
