/// \file
/// What the weekly mail, the first and the late one share: the parts of their subjects, what is to be done, and their ends. A mail is a
/// class of its own made of these parts (weekly_text.cpp, late_text.cpp).
#pragma once

#include <string>
#include <vector>

#include "hub/mail/composer.h"
#include "hub/mail/dates.h"
#include "hub/mail/lines.h"
#include "hub/mail/weekly.h"
#include "hub/mail/weekly_text.h"

namespace gokajo::hub {

/// Each part adds lines; blank() separates. `week` must outlive it.
class WeeklyParts {
 public:
  /// Begins with whom the mail is for.
  WeeklyParts(const Weekly& week, compliance::Language language, Detail detail);

 protected:
  using Values = Teller::Values;
  using Kind = MailBlock::Kind;

  static constexpr std::size_t kMaxTodos = 5;
  static constexpr std::size_t kMaxListed = 3;  ///< PCs named in a list

  static std::string number(int value) { return std::to_string(value); }

  void lines(const std::string& sentence, Kind kind = Kind::paragraph) { mail_.lines(sentence, kind); }
  void line(const std::string& key, const Values& values = {}, Kind kind = Kind::paragraph) { mail_.line(key, values, kind); }
  void head(const std::string& key, const Values& values = {}) { mail_.head(key, values); }
  void blank() { mail_.blank(); }

  std::string day() const { return dates_.slashed(week_.counted_at); }
  std::string person() const { return mail_.person(week_.person); }
  int silent() const { return week_.silent_pcs(); }
  int resting() const { return static_cast<int>(week_.resting.size()); }
  int catching_up() const { return week_.catching_up_pcs(); }
  int questions() const { return static_cast<int>(week_.questions.size()); }
  int unregistered() const { return week_.stated ? *week_.stated - week_.registered : 0; }

  std::string listed(const std::vector<std::string>& labels) const;
  /// The list in brackets, or nothing where PCs are not named.
  std::string in_brackets(const std::vector<std::string>& labels) const;

  /// What is open, as much of it as `columns` hold.
  std::string open_parts(int columns) const;
  std::string subject_of(const std::string& key) const;

  std::string todo_label(const Todo& todo) const;
  /// The first items; returns how many there were.
  int todos();
  /// Silent PCs as items behind `at` others.
  void silent_pcs(int at);
  /// Where there are more items than todos() shows.
  void rest_of_todos();
  void confirmation(const std::string& code);
  /// Days of SECURITY ACTION.
  void declaring();
  /// Whether one of them went by.
  bool declaring_over() const;

  /// With the confirmation number and the link, where the mail has them.
  MailText finish(const std::string& subject);

  const Weekly& week_;
  Composer mail_;
  const Teller& say_;
  Dates dates_;
  Detail detail_;

 private:
  void item_head(int at, const std::string& label, std::optional<int> minutes);
  void todo(int at, const Todo& todo);
};

}  // namespace gokajo::hub
