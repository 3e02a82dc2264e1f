#include "platform/last_answers.h"

#include <algorithm>

#include "platform/fingerprint_mixer.h"
#include "platform/json_form.h"
#include "platform/snapshot.h"

namespace gokajo::platform {
namespace {

// A key's last write tells of values nobody asked for as well.
Reply without_write_times(Reply reply) {
  if (auto* registry = std::get_if<Registry>(&reply))
    for (auto& key : registry->keys) key.changed = Time{};
  return reply;
}

}  // namespace

LastAnswersHost::LastAnswersHost(const Host& inner, RememberedAnswers answers, Time now, Witnesses witnesses)
    : inner_(inner), now_(now), witnesses_(witnesses), answers_(std::move(answers)) {
  const auto before = answers_.size();
  std::erase_if(answers_, [&](const auto& entry) {
    const auto at = entry.second.answer.observed_at;
    const Json json = Json::parse(entry.first, nullptr, false);
    Question question;
    return at > now_ || now_ - at > kLastAnswersKept || !entry.second.answer.reply || json.is_discarded() ||
           !read_form(json, question, Place{}) || !witnesses_(question);
  });
  changed_ = answers_.size() != before;
}

// nullopt: a witness said nothing, which would be the same whatever has changed.
std::optional<std::uint64_t> LastAnswersHost::fingerprint_of(const std::vector<Question>& witnesses) const {
  FingerprintMixer mixer(now_);
  for (const auto& witness : witnesses) {
    const Answer answer = inner_.ask(witness);
    if (!answer.reply && answer.reply.error().kind != ErrorKind::not_found) return std::nullopt;
    mixer.add(question_key(witness));
    mixer.add(answer.reply ? to_form(without_write_times(*answer.reply)).dump() : "not found");
  }
  return mixer.value();
}

Answer LastAnswersHost::ask(const Question& question) const {
  const auto witnesses = witnesses_(question);
  Answer answer = inner_.ask(question);
  if (!witnesses) return answer;
  const bool in_vain = !answer.reply && answer.reply.error().kind == ErrorKind::timed_out;
  const auto fingerprint = answer.reply || in_vain ? fingerprint_of(*witnesses) : std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto kept = answers_.find(question_key(question));
  if (in_vain) {
    if (kept == answers_.end() || kept->second.fingerprint != fingerprint) return answer;
    return {kept->second.answer.reply, kept->second.answer.observed_at, answer.reply.error()};
  }
  if (answer.reply && fingerprint) {
    answers_.insert_or_assign(question_key(question), RememberedAnswer{*fingerprint, answer});
    changed_ = true;
  } else if (kept != answers_.end()) {
    answers_.erase(kept);
    changed_ = true;
  }
  return answer;
}

RememberedAnswers LastAnswersHost::answers() const {
  const std::lock_guard lock(mutex_);
  return answers_;
}

bool LastAnswersHost::changed() const {
  const std::lock_guard lock(mutex_);
  return changed_;
}

Answer OnlyNewAnswers::ask(const Question& question) const {
  Answer answer = inner_.ask(question);
  if (!answer.no_newer || (since_ && answer.observed_at >= *since_)) return answer;
  const std::lock_guard lock(mutex_);
  held_back_ = std::max(held_back_.value_or(answer.observed_at), answer.observed_at);
  return {std::move(*answer.no_newer), now_};
}

std::optional<Time> OnlyNewAnswers::held_back() const {
  const std::lock_guard lock(mutex_);
  return held_back_;
}

}  // namespace gokajo::platform
