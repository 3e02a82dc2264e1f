#include "agent/person_helper.h"

#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/own_file.h"

namespace gokajo::agent {
namespace {

constexpr const char* kFile = "/notices.json";
constexpr std::size_t kMaxFile = 16U << 10U;
constexpr platform::Days kStoppedAfter{7};

}  // namespace

PersonHelper::PersonHelper(PersonHelperParts parts) : parts_(std::move(parts)) {
  const auto text = platform::read_own_file(parts_.directory + kFile, kMaxFile);
  if (!text) return;
  if (auto read = read_shown_notices(*text)) shown_ = std::move(*read);
}

std::vector<Notice> PersonHelper::what_there_is() const {
  const auto answered = parts_.ask(write_person_message({.wish = PersonWish::notices}));
  if (answered) {
    auto answer = read_person_answer(*answered);
    if (!answer) return {};
    // That the checking has stopped is nothing that a service could say.
    std::erase_if(answer->notices, [](const Notice& notice) { return notice.kind == NoticeKind::stopped; });
    return std::move(answer->notices);
  }
  const auto scanned = parts_.scanned_at();
  if (scanned && parts_.clock.now().wall - *scanned > kStoppedAfter) return {{.kind = NoticeKind::stopped, .day = *scanned}};
  return {};
}

void PersonHelper::look() {
  const auto notices = what_there_is();
  const auto now = parts_.clock.now().wall;
  const auto notice = next_notice(notices, shown_, now, parts_.offset_minutes);
  if (!notice || !parts_.may_be_disturbed()) return;
  note_shown(shown_, notice->kind, now, parts_.offset_minutes);
  if (!parts_.directory.empty() && platform::own_private_directory(parts_.directory))
    (void)platform::write_file_durably(parts_.directory + kFile, write_shown_notices(shown_));
  (void)parts_.show(text_of(*notice, parts_.language, parts_.offset_minutes));
}

}  // namespace gokajo::agent
