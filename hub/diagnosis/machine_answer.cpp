#include "hub/diagnosis/machine_answer.h"

#include <algorithm>

namespace gokajo::hub {

using compliance::Verdict;

namespace {

std::int64_t count_of(const CheckSeen& seen, Verdict verdict) {
  const auto found = seen.heard.find(verdict);
  return found == seen.heard.end() ? 0 : found->second;
}

const CheckSeen& seen_of(const CompanyFacts& facts, const std::string& check) {
  static const CheckSeen kNothing;
  const auto found = facts.checks.find(check);
  return found == facts.checks.end() ? kNothing : found->second;
}

// All deciding checks of one question together.
class Weighing {
 public:
  Weighing(const DiagnosisQuestion& question, const CompanyFacts& facts) : question_(question), facts_(facts) {
    for (const auto& check : question.decides) weigh(check);
    if (question.outside)
      if (const auto answer = facts.answers.find(*question.outside); answer != facts.answers.end()) outside_ = answer->second;
  }

  std::optional<Level> level() const {
    if (question_.decides.empty() || facts_.registered <= 0) return std::nullopt;
    if (good_everywhere_ && passes_ && complete() && outside_good() && question_.ceiling == Ceiling::done) return Level::done;
    if (good_somewhere_ && passes_) return Level::partly;
    if (question_.ceiling == Ceiling::done && fails_everywhere_ && !passes_ && complete()) return Level::not_done;
    return std::nullopt;
  }

  bool contradicts() const {
    const bool seen = std::any_of(question_.contradicts.begin(), question_.contradicts.end(),
                                  [&](const std::string& check) { return seen_of(facts_, check).failing > 0; });
    return seen || (!question_.decides.empty() && outside_ == Verdict::fail);
  }

  std::vector<Shortfall> short_of() const {
    std::vector<Shortfall> all;
    if (question_.decides.empty()) return all;
    const auto add = [&](bool is_so, Shortfall one) {
      if (is_so) all.push_back(one);
    };
    add(failing_ > 0, Shortfall::failing);
    add(unmeasured_ > 0, Shortfall::unmeasured);
    add(asking_ > 0, Shortfall::asking);
    add(facts_.quiet > 0, Shortfall::silent);
    add(facts_.stated != facts_.registered, Shortfall::not_all_registered);
    add(question_.outside && !outside_good() && outside_ != Verdict::fail, Shortfall::outside_open);
    add(question_.outside && outside_ == Verdict::fail, Shortfall::outside_not);
    add(question_.ceiling == Ceiling::partly, Shortfall::only_part);
    return all;
  }

 private:
  void weigh(const std::string& check) {
    const auto& seen = seen_of(facts_, check);
    const auto pass = count_of(seen, Verdict::pass), fail = count_of(seen, Verdict::fail), ask = count_of(seen, Verdict::ask);
    const auto idle = count_of(seen, Verdict::not_applicable);
    const auto registered = facts_.registered;
    good_everywhere_ = good_everywhere_ && pass + idle == registered;
    good_somewhere_ = good_somewhere_ && (pass > 0 || idle == registered);
    passes_ = passes_ || pass > 0;
    fails_everywhere_ = fails_everywhere_ || (registered > 0 && fail == registered);
    failing_ += seen.failing;
    asking_ += ask;
    // What nobody looked at is as little known as what could not be measured.
    unmeasured_ += std::max<std::int64_t>(registered - facts_.quiet - pass - fail - ask - idle, 0);
  }

  bool complete() const { return facts_.stated == facts_.registered && facts_.quiet == 0; }
  bool outside_good() const { return outside_ == Verdict::pass || outside_ == Verdict::not_applicable; }

  const DiagnosisQuestion& question_;
  const CompanyFacts& facts_;
  std::optional<Verdict> outside_;
  bool good_everywhere_ = true;
  bool good_somewhere_ = true;
  bool passes_ = false;
  bool fails_everywhere_ = false;
  std::int64_t failing_ = 0;
  std::int64_t unmeasured_ = 0;
  std::int64_t asking_ = 0;
};

}  // namespace

MachineAnswer machine_answer(const DiagnosisQuestion& question, const CompanyFacts& facts) {
  const Weighing weighing(question, facts);
  MachineAnswer answer;
  answer.level = weighing.level();
  answer.contradicts = weighing.contradicts();
  if (answer.level != Level::done) answer.short_of = weighing.short_of();
  for (const auto& check : question.decides) answer.proof.push_back({check, true, seen_of(facts, check)});
  for (const auto& check : question.beside) answer.proof.push_back({check, false, seen_of(facts, check)});
  return answer;
}

}  // namespace gokajo::hub
