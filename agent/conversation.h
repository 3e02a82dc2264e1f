/// \file
/// Talking with a person at a terminal, or with whoever writes into a pipe.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "compliance/text.h"

namespace gokajo::agent {

/// Text goes out in at most `columns` columns. Not thread-safe; the streams must outlive it.
class Conversation {
 public:
  Conversation(std::istream& in, std::ostream& out, compliance::Language language, int columns, bool paged)
      : in_(in), out_(out), language_(language), columns_(columns), paged_(paged) {}

  bool ja() const { return language_ == compliance::Language::ja; }
  const std::string& say(const compliance::Text& text) const { return text.in(language_); }

  void paragraph(const std::string& text, const std::string& head = "");
  void blank();
  /// Waits for Enter where a person reads along.
  void page();
  /// Shows numbered choices and reads a number until it is one of them: its index, or nothing at the end of input.
  std::optional<std::size_t> choose(const std::vector<compliance::Text>& choices);
  /// How a person at the terminal leaves; `kept`: what becomes of the answers so far. Nothing for a pipe.
  void tell_how_to_stop(const compliance::Text& kept);

 private:
  std::istream& in_;
  std::ostream& out_;
  compliance::Language language_;
  int columns_;
  bool paged_;
};

}  // namespace gokajo::agent
