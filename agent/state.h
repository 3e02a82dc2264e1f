/// \file
/// What the agent keeps between scans, in a directory of its own: memory.json (compliance/memory.h), declarations.json (what a person
/// answered) last-scan.json (the last result, for `gokajo explain`), answers.cbor (costly answers that still hold,
/// platform/remembering_host.h) and last-answers.cbor (for questions that may get no answer in time, platform/last_answers.h). Written so
/// that a crash leaves the old file or the new (platform/durable_file.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/declaration.h"
#include "compliance/memory.h"
#include "platform/invoker.h"
#include "platform/remembering_host.h"

namespace gokajo::agent {

inline constexpr const char* kDeclarationsFormat = "gokajo-declarations/1";
inline constexpr std::size_t kMaxStateBytes = 32U << 20U;

/// `named` (--state) if not empty, else GOKAJO_STATE; else /var/lib/gokajo for root, $XDG_STATE_HOME/gokajo or ~/.local/state/gokajo for
/// anybody else. Empty: there is no home to keep anything in.
std::string state_directory(const std::string& named, const platform::Invoker& who);

/// A file that could not be read as what it should be: set aside under `kept_as`, never overwritten.
struct Damaged {
  std::string file;
  std::string kept_as;  ///< empty: it could not be renamed, and nothing will be written over it
  std::string problem;
};

/// The directory, opened. Not thread-safe; two programs writing at once leave one of both files, whole.
class State {
 public:
  /// Error{denied} for root when the directory is not root's alone: nothing in it could be trusted. Anybody else gets a State that cannot
  /// be written, whose `unwritable` says why.
  static platform::Result<State> open(const std::string& directory, bool elevated);
  /// Nothing read, nothing written.
  static State none() { return {}; }

  compliance::Memory read_memory();
  std::vector<compliance::Declaration> read_declarations();
  /// The text of the last scan's document, or Error{not_found}.
  platform::Result<std::string> read_last_scan() const;

  platform::RememberedAnswers read_answers() const;
  platform::RememberedAnswers read_last_answers() const;

  platform::Status write_memory(const compliance::Memory& memory);
  platform::Status write_declarations(const std::vector<compliance::Declaration>& declarations);
  platform::Status write_last_scan(std::string_view document);
  /// Without any, the file goes, whatever stood in it.
  platform::Status write_answers(const platform::RememberedAnswers& answers);
  platform::Status write_last_answers(const platform::RememberedAnswers& answers);

  const std::string& directory() const { return directory_; }
  const std::string& unwritable() const { return unwritable_; }
  const std::vector<Damaged>& damaged() const { return damaged_; }

 private:
  std::string path(const char* file) const { return directory_ + "/" + file; }
  platform::Result<platform::Json> read_json(const char* file);
  platform::RememberedAnswers read_answers_in(const char* file) const;
  platform::Status write_answers_in(const char* file, const platform::RememberedAnswers& answers);
  void set_aside(const char* file, const platform::Error& problem);
  platform::Status write(const char* file, std::string_view bytes);

  std::string directory_;
  std::string unwritable_;
  std::vector<Damaged> damaged_;
};

/// {"format": "gokajo-declarations/1", "declarations": [...]}.
platform::Json write_declarations_document(const std::vector<compliance::Declaration>& declarations);
platform::Result<std::vector<compliance::Declaration>> read_declarations_document(const platform::Json& json);

}  // namespace gokajo::agent
