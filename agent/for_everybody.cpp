#include "agent/for_everybody.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gokajo::agent {

using namespace compliance;

namespace {

// Names in sentences of these checks, by the parameter that holds them.
struct Shown {
  std::string_view checks;
  std::string_view parameter;
};
constexpr std::array kShown = {
    Shown{"updates.", "name"},        Shown{"updates.", "names"},     Shown{"updates.", "release"},    Shown{"updates.", "running"},
    Shown{"updates.", "version"},     Shown{"updates.", "where"},     Shown{"updates.", "installed"},  Shown{"updates.", "fix"},
    Shown{"updates.", "held"},        Shown{"updates.", "level"},     Shown{"updates.", "extension"},  Shown{"updates.", "pinned_to"},
    Shown{"updates.", "pinned_by"},   Shown{"updates.", "mechanism"}, Shown{"updates.", "why"},        Shown{"updates.", "stores"},
    Shown{"updates.", "with_system"}, Shown{"antivirus.", "product"}, Shown{"antivirus.", "products"}, Shown{"antivirus.", "programs"},
};

// Where people keep their own things: such a path names a person.
bool is_personal(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kHomes = {"/home/", "/root", ":\\Users\\", "S-1-5-21-"};
  return std::any_of(kHomes.begin(), kHomes.end(), [&](std::string_view home) { return text.find(home) != std::string_view::npos; });
}

bool is_personal(const Parameter& parameter) {
  if (const auto* name = std::get_if<Name>(&parameter)) return is_personal(name->value);
  if (const auto* version = std::get_if<Version>(&parameter)) return is_personal(version->value);
  const auto* list = std::get_if<List>(&parameter);
  return list && std::any_of(list->value.begin(), list->value.end(), [](const std::string& name) { return is_personal(name); });
}

bool is_a_name(const Parameter& parameter) {
  return std::holds_alternative<Name>(parameter) || std::holds_alternative<Version>(parameter) || std::holds_alternative<List>(parameter);
}

bool may_show(std::string_view check, std::string_view key, const Parameter& parameter) {
  if (!is_a_name(parameter)) return true;
  const bool listed = std::any_of(kShown.begin(), kShown.end(),
                                  [&](const Shown& shown) { return check.starts_with(shown.checks) && shown.parameter == key; });
  return listed && !is_personal(parameter);
}

class Sentences {
 public:
  Sentences(const Finding& finding, const Situation& situation) : finding_(finding), situation_(situation) {}

  bool may_show(const Text& sentence) const {
    const auto keys = placeholders(sentence.ja);
    return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) { return may_fill(key); });
  }

 private:
  bool may_fill(const std::string& key) const {
    if (key == "check" || key == "first_seen") return true;
    if (key == "items") return situation_.item && items_may_show(placeholders(situation_.item->ja));
    if (key == "names" && finding_.parameters.count(key) == 0) return items_may_show({"name"});
    const auto found = finding_.parameters.find(key);
    return found != finding_.parameters.end() && agent::may_show(finding_.check, key, found->second);
  }
  bool items_may_show(const std::vector<std::string>& keys) const {
    return std::all_of(finding_.items.begin(), finding_.items.end(), [&](const Parameters& item) {
      return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
        const auto found = item.find(key);
        return found != item.end() && agent::may_show(finding_.check, key, found->second);
      });
    });
  }

  const Finding& finding_;
  const Situation& situation_;
};

Text general(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail:
      return {"直すところがあります。だれの、どこのことかは、ほかの人も見るこのページには出しません。",
              "Something here needs action. Whose or where it is does not stand on this page, which others see too."};
    case Verdict::ask:
      return {"人に確かめることがあります。だれの、どこのことかは、ほかの人も見るこのページには出しません。",
              "A person must tell something. Whose or where it is does not stand on this page, which others see too."};
    case Verdict::unknown:
      return {"測れなかったところがあります。だれの、どこのことかは、ほかの人も見るこのページには出しません。",
              "Something could not be measured. Whose or where it is does not stand on this page, which others see too."};
    default:
      return {"直すところは見つかりませんでした。", "Nothing was found that needs action."};
  }
}

}  // namespace

RenderedFinding for_everybody(const Finding& finding, const Wording& wording, const Reader& reader) {
  auto out = render(finding, wording, reader);
  out.items.clear();
  const auto* situation = situation_of(finding, wording);
  const auto shown = [&](const Text& sentence) { return Sentences(finding, *situation).may_show(sentence); };
  if (!situation || !shown(situation->saw)) out.saw = general(finding.verdict);
  if (!situation || (situation->why && !shown(*situation->why))) out.why.reset();
  // Whichever system's steps were taken, none of the situation's may name what is not to be shown.
  const auto steps_shown = [&](const std::vector<Text>& steps) { return std::all_of(steps.begin(), steps.end(), shown); };
  bool fixes_shown = situation && (!situation->fix || steps_shown(*situation->fix));
  if (situation && situation->fix_on)
    for (const auto& [system, steps] : *situation->fix_on) fixes_shown = fixes_shown && steps_shown(steps);
  if (!fixes_shown) out.fix.clear();
  return out;
}

}  // namespace gokajo::agent
