/// \file
/// The helper of one person in their session (`gokajo person run`): asks the service now and then what this person should know, and shows
/// it when they may be disturbed. The words are its own; what the service sends is ids, numbers and days.
///
///   notices.json     in the person's own state directory: what was shown when (agent/shown_notices.h)
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "agent/shown_notices.h"
#include "platform/clock.h"

namespace gokajo::agent {

/// `directory`: the person's own; empty where they have none. `ask`: the service (platform/person_channel.h). `scanned_at`: when the
/// service scanned last by what everybody may read, for when it does not answer. `may_be_disturbed`, `show`: platform/person_desktop.h.
struct PersonHelperParts {
  std::string directory;
  const platform::Clock& clock;
  compliance::Language language = compliance::Language::ja;
  int offset_minutes = 540;
  std::function<platform::Result<std::string>(std::string_view)> ask;
  std::function<std::optional<platform::Time>()> scanned_at;
  std::function<bool()> may_be_disturbed;
  std::function<platform::Status(const NoticeText&)> show;
};

/// Not thread-safe.
class PersonHelper {
 public:
  explicit PersonHelper(PersonHelperParts parts);

  /// Asks once, and shows at most one notice. What it was is noted before it is shown: it never comes twice a day, whatever happens.
  void look();

 private:
  std::vector<Notice> what_there_is() const;

  PersonHelperParts parts_;
  ShownNotices shown_;
};

}  // namespace gokajo::agent
