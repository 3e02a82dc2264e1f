#include "platform/snapshot.h"

namespace gokajo::platform {
namespace {

Status read_body(const Json& json, Snapshot& out) {
  const Place top;
  if (!json.is_object()) return expected(top, "an object", json);
  for (const auto& [key, value] : json.items())
    if (key != "format" && key != "recorded_at" && key != "answers" && key != "memory" && key != "declarations")
      return misplaced(top.key(key), "unknown key");
  const auto format = json.find("format");
  if (format == json.end() || *format != kSnapshotFormat)
    return misplaced(top.key("format"), std::string("expected \"") + kSnapshotFormat + "\"");
  const auto recorded = json.find("recorded_at");
  if (recorded == json.end()) return misplaced(top.key("recorded_at"), "missing");
  if (auto status = read_form(*recorded, out.recorded_at, top.key("recorded_at")); !status) return status;
  const auto answers = json.find("answers");
  if (answers == json.end()) return misplaced(top.key("answers"), "missing");
  if (!answers->is_array()) return expected(top.key("answers"), "an array", *answers);
  for (std::size_t i = 0; i < answers->size(); ++i) {
    const Place place = top.key("answers").index(i);
    const Json& entry = (*answers)[i];
    if (!entry.is_object()) return expected(place, "an object", entry);
    const auto asked = entry.find("question");
    if (asked == entry.end()) return misplaced(place.key("question"), "missing");
    Question question;
    if (auto status = read_form(*asked, question, place.key("question")); !status) return status;
    Json without_question = entry;
    without_question.erase("question");
    Answer answer;
    if (auto status = read_answer(without_question, answer, place); !status) return status;
    if (!out.answers.emplace(question_key(question), std::move(answer)).second) return misplaced(place.key("question"), "asked twice");
  }
  if (const auto memory = json.find("memory"); memory != json.end()) out.memory = *memory;
  if (const auto declarations = json.find("declarations"); declarations != json.end()) out.declarations = *declarations;
  return Done{};
}

Json write_error(const Error& error) { return {{"kind", to_form(error.kind)}, {"detail", printable_utf8(error.detail)}}; }

Status read_error(const Json& json, Error& out, const Place& place) {
  if (!json.is_object() || !json.contains("kind") || !json.contains("detail") || json.size() != 2)
    return expected(place, "an object with kind and detail", json);
  if (auto status = read_form(json["kind"], out.kind, place.key("kind")); !status) return status;
  return read_form(json["detail"], out.detail, place.key("detail"));
}

}  // namespace

std::string question_key(const Question& question) {
  if (const auto* helper = std::get_if<RunHelper>(&question); helper && !helper->unchanged_while.empty()) {
    RunHelper plain = *helper;
    plain.unchanged_while.clear();
    return to_form(Question{plain}).dump();
  }
  if (const auto* offers = std::get_if<ListPackageOffers>(&question))
    return to_form(Question{ListPackageOffers{.lists = offers->lists}}).dump();
  return to_form(question).dump();
}

Json write_answer(const Answer& answer) {
  Json out = {{"observed_at", format_time(answer.observed_at)}};
  if (answer.reply) {
    out["reply"] = to_form(*answer.reply);
    if (answer.no_newer) out["no_newer"] = write_error(*answer.no_newer);
  } else {
    out["error"] = write_error(answer.reply.error());
  }
  return out;
}

Status read_answer(const Json& json, Answer& out, const Place& place) {
  for (const auto& [key, value] : json.items())
    if (key != "reply" && key != "error" && key != "observed_at" && key != "no_newer") return misplaced(place.key(key), "unknown key");
  const auto observed = json.find("observed_at");
  if (observed == json.end()) return misplaced(place.key("observed_at"), "missing");
  if (auto status = read_form(*observed, out.observed_at, place.key("observed_at")); !status) return status;
  const auto reply = json.find("reply");
  const auto error = json.find("error");
  const auto no_newer = json.find("no_newer");
  if ((reply == json.end()) == (error == json.end())) return misplaced(place, "expected either \"reply\" or \"error\"");
  if (reply != json.end()) {
    Reply value;
    if (auto status = read_form(*reply, value, place.key("reply")); !status) return status;
    out.reply = std::move(value);
    return no_newer == json.end() ? Status(Done{}) : read_error(*no_newer, out.no_newer.emplace(), place.key("no_newer"));
  }
  if (no_newer != json.end()) return misplaced(place.key("no_newer"), "expected only beside \"reply\"");
  Error problem;
  if (auto status = read_error(*error, problem, place.key("error")); !status) return status;
  out.reply = std::move(problem);
  return Done{};
}

std::string write_snapshot(const Snapshot& snapshot) {
  Json answers = Json::array();
  for (const auto& [key, answer] : snapshot.answers) {
    Json entry = write_answer(answer);
    entry["question"] = Json::parse(key);  // our own text, written by question_key
    answers.push_back(std::move(entry));
  }
  Json out = {{"format", kSnapshotFormat}, {"recorded_at", format_time(snapshot.recorded_at)}, {"answers", std::move(answers)}};
  if (!snapshot.memory.is_null()) out["memory"] = snapshot.memory;
  if (!snapshot.declarations.is_null()) out["declarations"] = snapshot.declarations;
  return out.dump(1) + "\n";
}

Result<Snapshot> read_snapshot(std::string_view text) {
  auto json = parse_json(text, kMaxSnapshotBytes);
  if (!json) return json.error();
  Snapshot snapshot;
  if (auto status = read_body(*json, snapshot); !status) return status.error();
  return snapshot;
}

Answer SnapshotHost::ask(const Question& question) const {
  const auto found = snapshot_.answers.find(question_key(question));
  if (found != snapshot_.answers.end()) return found->second;
  return {Error{ErrorKind::not_asked, source_of(question) + ": not asked when the snapshot was recorded"}, snapshot_.recorded_at};
}

Answer RecordingHost::ask(const Question& question) const {
  const std::string key = question_key(question);
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
  }
  Answer answer = inner_.ask(question);
  const std::lock_guard lock(mutex_);
  return answers_.emplace(key, std::move(answer)).first->second;
}

std::map<std::string, Answer> RecordingHost::answers() const {
  const std::lock_guard lock(mutex_);
  return answers_;
}

}  // namespace gokajo::platform
