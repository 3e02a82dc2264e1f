/// \file
/// Every way through a PAM stack, after _pam_dispatch_aux of Linux-PAM 1.5.2 (libpam/pam_dispatch.c) and pam.d(5). Changing a password runs
/// the stack twice, each time by the modules' return values of that time.
#include "collectors/pam_stack.h"

namespace gokajo::collectors {
namespace {

using Kind = parse::PamAction::Kind;
using LineKind = parse::PamLine::Kind;

constexpr std::size_t kMaxPaths = 4096;

enum class Impression { none, positive, negative };

struct State {
  std::size_t at = 0;
  int previous_level = 0;
  Impression impression = Impression::none;
  bool succeeding = false;  // the status the stack would return now
  std::map<int, std::pair<Impression, bool>> entered;
  std::vector<PamPath::Step> steps;
};

class Walk {
 public:
  Walk(const PamStack& stack, const PamReturns& returns) : stack_(stack), returns_(returns) {}

  bool from(State state) {
    while (state.at < stack_.size()) {
      const auto& entry = stack_[state.at];
      if (state.previous_level < entry.level) state.entered[entry.level] = {state.impression, state.succeeding};
      state.previous_level = entry.level;
      if (entry.line.kind == LineKind::substack) {
        ++state.at;
        continue;
      }
      const auto returned = entry.line.kind == LineKind::must_fail ? std::vector<std::string_view>{"perm_denied"} : returns_(entry);
      for (std::size_t i = 1; i < returned.size(); ++i) {
        State other = state;
        step(other, entry, returned[i]);
        if (!from(std::move(other))) return false;
      }
      step(state, entry, returned.empty() ? "perm_denied" : returned[0]);
    }
    if (paths.size() >= kMaxPaths) return false;
    paths.push_back({std::move(state.steps), state.succeeding && state.impression == Impression::positive});
    return true;
  }

  std::vector<PamPath> paths;

 private:
  void step(State& state, const PamEntry& entry, std::string_view returned) const {
    state.steps.push_back({&entry, returned});
    const auto action = entry.line.control.action(returned);
    const auto here = state.at++;
    const bool success = returned == "success";
    switch (action.kind) {
      case Kind::ignore:
        return;
      case Kind::reset: {
        const auto before = state.entered.find(entry.level);
        state.impression = before == state.entered.end() ? Impression::none : before->second.first;
        state.succeeding = before != state.entered.end() && before->second.second;
        return;
      }
      case Kind::ok:
      case Kind::done:
        if (state.impression == Impression::none || (state.impression == Impression::positive && state.succeeding)) {
          state.impression = Impression::positive;
          state.succeeding = success;
        }
        if (action.kind == Kind::done && state.impression == Impression::positive) leave(state, entry.level);
        return;
      case Kind::bad:
      case Kind::die:
        fail(state);
        if (action.kind == Kind::die) leave(state, entry.level);
        return;
      case Kind::jump:
        jump(state, here, entry.level, action.jump);
    }
  }

  static void fail(State& state) {
    state.impression = Impression::negative;
    state.succeeding = false;
  }

  // The rest of this stack, or substack, is not run.
  void leave(State& state, int level) const {
    while (state.at < stack_.size() && stack_[state.at].level >= level) ++state.at;
  }

  // Skips lines of this stack; a substack with all that is in it counts as one.
  void jump(State& state, std::size_t here, int level, std::int64_t count) const {
    auto at = here;
    while (at + 1 < stack_.size() && stack_[at + 1].level >= level && count > 0) {
      do ++at;
      while (at + 1 < stack_.size() && stack_[at + 1].level > level);
      --count;
    }
    state.at = at + 1;
    if (count > 0) fail(state);  // "bad jump in stack"
  }

  const PamStack& stack_;
  const PamReturns& returns_;
};

}  // namespace

std::optional<std::vector<PamPath>> pam_paths(const PamStack& stack, const PamReturns& returns) {
  Walk walk(stack, returns);
  if (!walk.from({})) return std::nullopt;
  return std::move(walk.paths);
}

}  // namespace gokajo::collectors
