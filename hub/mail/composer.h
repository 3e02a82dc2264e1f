/// \file
/// Puts a mail together sentence by sentence, as text in short lines and as blocks for its HTML part.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hub/mail/words.h"

namespace gokajo::hub {

/// A part of the text, for other ways to show it. `sentence`: with "|" where a line may end; of a row, `cells` in its place. `answer`: what
/// the mail says first. `link`: a URL that was verified.
struct MailBlock {
  enum class Kind { address, answer, paragraph, heading, item, item_text, row, link, blank };
  Kind kind = Kind::paragraph;
  std::string sentence;
  std::vector<std::string> cells;
};

struct MailText {
  std::string subject;
  std::string text;  ///< lines ended by '\n'
  std::vector<MailBlock> blocks;
};

inline constexpr int kNameColumns = 16;   ///< of a person
inline constexpr int kShortColumns = 10;  ///< of a PC in a list
inline constexpr int kLabelColumns = 24;  ///< of a PC in a line of its own

/// "PC-11" of "PC-11 受付".
std::string short_label(const std::string& label);

class Composer {
 public:
  using Values = Teller::Values;
  using Kind = MailBlock::Kind;

  explicit Composer(compliance::Language language) : say_(language) {}
  const Teller& say() const { return say_; }

  /// "山田工務店　山田様" in one line, whatever they are called, and a blank one.
  void address(const std::string& company, const std::string& owner);
  /// A sentence with its marks.
  void lines(const std::string& sentence, Kind kind = Kind::paragraph);
  /// A sentence of the wording by its key.
  void line(const std::string& key, const Values& values = {}, Kind kind = Kind::paragraph) { lines(say_.say(key, values), kind); }
  void head(const std::string& key, const Values& values = {}) { line(key, values, Kind::heading); }
  /// A line as it is, and its cells.
  void row(const std::string& text, std::vector<std::string> cells);
  void blank();
  /// 田中さん, or the person in charge where none is named.
  std::string person(const std::string& name) const;

  /// The first paragraph behind the address becomes the answer.
  MailText finish(const std::string& subject);

 private:
  Teller say_;
  std::string text_;
  std::vector<MailBlock> blocks_;
};

}  // namespace gokajo::hub
