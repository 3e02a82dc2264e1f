#include "agent/state.h"

#include <filesystem>

#include "platform/durable_file.h"
#include "platform/own_file.h"
#include "platform/places.h"

namespace gokajo::agent {

using compliance::Declaration, compliance::Memory;
using platform::Error, platform::ErrorKind, platform::Json, platform::Status;

namespace {

constexpr const char* kMemoryFile = "memory.json";
constexpr const char* kDeclarationsFile = "declarations.json";
constexpr const char* kLastScanFile = "last-scan.json";
constexpr const char* kAnswersFile = "answers.cbor";
constexpr const char* kLastAnswersFile = "last-answers.cbor";

}  // namespace

std::string state_directory(const std::string& named, const platform::Invoker& who) {
  if (!named.empty()) return named;
  if (const auto set = platform::environment("GOKAJO_STATE")) return *set;
  return who.elevated ? platform::service_state_directory("gokajo") : platform::personal_state_directory(who);
}

platform::Result<State> State::open(const std::string& directory, bool elevated) {
  State state;
  if (directory.empty()) {
    state.unwritable_ = "HOME";
    return state;
  }
  const auto owned = platform::own_private_directory(directory);
  if (!owned && elevated && owned.error().kind == ErrorKind::denied && std::filesystem::exists(directory)) return owned.error();
  if (owned)
    state.directory_ = directory;
  else
    state.unwritable_ = owned.error().detail;
  return state;
}

platform::Result<Json> State::read_json(const char* file) {
  if (directory_.empty()) return Error{ErrorKind::not_found, file};
  auto text = platform::read_own_file(path(file), kMaxStateBytes);
  if (!text) return text.error();
  return platform::parse_json(*text, kMaxStateBytes);
}

void State::set_aside(const char* file, const Error& problem) {
  Damaged damage{path(file), path(file) + ".damaged", problem.detail};
  std::error_code error;
  // What cannot be read just now (too many open files, a failing disk) may be whole: it stays, and nothing is written over it.
  if (problem.kind == ErrorKind::failed) {
    damage.kept_as.clear();
    damaged_.push_back(std::move(damage));
    return;
  }
  for (int number = 2; std::filesystem::exists(damage.kept_as, error); ++number)
    damage.kept_as = damage.file + ".damaged-" + std::to_string(number);
  std::filesystem::rename(damage.file, damage.kept_as, error);
  if (error) damage.kept_as.clear();
  damaged_.push_back(std::move(damage));
}

Memory State::read_memory() {
  const auto json = read_json(kMemoryFile);
  if (!json && json.error().kind == ErrorKind::not_found) return {};
  auto memory = json ? compliance::read_memory(*json) : platform::Result<Memory>(json.error());
  if (memory) return std::move(*memory);
  set_aside(kMemoryFile, memory.error());
  return {};
}

std::vector<Declaration> State::read_declarations() {
  const auto json = read_json(kDeclarationsFile);
  if (!json && json.error().kind == ErrorKind::not_found) return {};
  auto declarations = json ? read_declarations_document(*json) : platform::Result<std::vector<Declaration>>(json.error());
  if (declarations) return std::move(*declarations);
  set_aside(kDeclarationsFile, declarations.error());
  return {};
}

platform::Result<std::string> State::read_last_scan() const {
  if (directory_.empty()) return Error{ErrorKind::not_found, kLastScanFile};
  return platform::read_own_file(path(kLastScanFile), kMaxStateBytes);
}

platform::RememberedAnswers State::read_answers_in(const char* file) const {
  return directory_.empty() ? platform::RememberedAnswers{} : platform::load_remembered(path(file));
}
platform::RememberedAnswers State::read_answers() const { return read_answers_in(kAnswersFile); }
platform::RememberedAnswers State::read_last_answers() const { return read_answers_in(kLastAnswersFile); }

Status State::write(const char* file, std::string_view bytes) {
  if (directory_.empty()) return Error{ErrorKind::denied, unwritable_};
  for (const auto& damage : damaged_)
    if (damage.file == path(file) && damage.kept_as.empty())
      return Error{ErrorKind::denied, damage.file + ": damaged, and cannot be set aside"};
  return platform::write_file_durably(path(file), bytes);
}

Status State::write_memory(const Memory& memory) { return write(kMemoryFile, compliance::write_memory(memory).dump() + "\n"); }
Status State::write_declarations(const std::vector<Declaration>& declarations) {
  return write(kDeclarationsFile, write_declarations_document(declarations).dump(1) + "\n");
}
Status State::write_last_scan(std::string_view document) { return write(kLastScanFile, document); }
Status State::write_answers_in(const char* file, const platform::RememberedAnswers& answers) {
  if (!answers.empty() || directory_.empty()) return write(file, platform::write_remembered(answers));
  return platform::remove_file_durably(path(file));
}
Status State::write_answers(const platform::RememberedAnswers& answers) { return write_answers_in(kAnswersFile, answers); }
Status State::write_last_answers(const platform::RememberedAnswers& answers) { return write_answers_in(kLastAnswersFile, answers); }

Json write_declarations_document(const std::vector<Declaration>& declarations) {
  return {{"format", kDeclarationsFormat}, {"declarations", platform::to_form(declarations)}};
}

platform::Result<std::vector<Declaration>> read_declarations_document(const Json& json) {
  const platform::Place top;
  if (!json.is_object()) return platform::expected(top, "an object", json);
  for (const auto& [key, value] : json.items())
    if (key != "format" && key != "declarations") return platform::misplaced(top.key(key), "unknown key");
  const auto format = json.find("format");
  if (format == json.end() || *format != kDeclarationsFormat)
    return platform::misplaced(top.key("format"), std::string("expected \"") + kDeclarationsFormat + "\"");
  const auto list = json.find("declarations");
  if (list == json.end()) return platform::misplaced(top.key("declarations"), "missing");
  std::vector<Declaration> declarations;
  if (auto status = platform::read_form(*list, declarations, top.key("declarations")); !status) return status.error();
  return declarations;
}

}  // namespace gokajo::agent
