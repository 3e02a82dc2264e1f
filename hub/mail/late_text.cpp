#include "hub/mail/late_text.h"

#include "compliance/layout.h"
#include "hub/mail/weekly_parts.h"
#include "hub/mail/words.h"

namespace gokajo::hub {

using compliance::columns_of;

namespace {

class LateMail : WeeklyParts {
 public:
  using WeeklyParts::WeeklyParts;

  MailText write() {
    const auto& outage = *week_.outage;
    line("late.lead", {{"from", dates_.month_day(outage.from) + hour_after_day(outage.from)},
                       {"until", dates_.day_near(outage.until, outage.from) + hour_after_day(outage.until)}});
    blank();
    results_of(outage);
    if (outage.changes && outage.changes->empty()) {
      line("late.no-changes");
    } else {
      line("late.but");
      if (outage.changes) missed(*outage.changes);
    }
    blank();
    if (all_fine(week_)) {
      head("late.now-fine");
    } else {
      head("late.now", {{"parts", open_parts(kLineColumns - columns_of(say_.plain("late.now", {{"parts", ""}})))}});
      silent_pcs(todos());
      rest_of_todos();
    }
    if (!outage.missing.empty()) {
      head("late.missing", {{"n", number(static_cast<int>(outage.missing.size()))}, {"labels", in_brackets(outage.missing)}});
      line("late.missing-text", {{"day", dates_.day_near(outage.tell_by, outage.from)}});
    }
    blank();
    head("late.again", {{"person", person()}});
    line(outage.slept ? "late.again-sleep" : "late.again-off");
    return finish(subject_of(all_fine(week_) ? "subject.late-fine" : "subject.late"));
  }

 private:
  std::string hour_after_day(platform::Time time) const { return (say_.ja() ? "" : " ") + dates_.hour(time); }

  // Safe is said only where results came and none was lost.
  void results_of(const Outage& outage) {
    const auto all_in = dates_.day_near(outage.all_in, outage.from) + hour_after_day(outage.all_in);
    const bool some = !outage.reports || *outage.reports > 0;
    head(outage.lost.value_or(0) > 0 ? "late.not-safe" : outage.lost && some ? "late.safe" : "late.results");
    if (some && outage.reports && outage.lost) {
      line("late.kept", {{"n", number(*outage.reports)}, {"all_in", all_in}, {"lost", number(*outage.lost)}});
      return;
    }
    if (!some)
      line("late.none-kept", {{"all_in", all_in}});
    else if (outage.all_in > outage.until)
      line("late.kept-uncounted", {{"all_in", all_in}});
    if (outage.lost.value_or(0) > 0) line("late.lost", {{"lost", number(*outage.lost)}});
  }

  void missed(const std::vector<MissedChange>& changes) {
    line("late.changes", {{"n", number(static_cast<int>(changes.size()))}});
    for (std::size_t i = 0; i < changes.size() && i < kMaxListed; ++i) {
      const auto& change = changes[i];
      const auto words = mail_words().rules.find(change.rule);
      const bool same = change.back && dates_.same_day(change.lost, *change.back);
      line(same          ? "late.change-same-day"
           : change.back ? "late.change-back"
                         : "late.change-open",
           {{"pc", detail_ == Detail::labels ? short_label(change.label) : "-"},
            {"day", dates_.day_near(change.lost, week_.outage->from)},
            {"what", words == mail_words().rules.end() ? change.rule : say_.plain(words->second.lost)},
            {"back", change.back ? dates_.day_near(*change.back, week_.outage->from) : ""}});
    }
  }
};

}  // namespace

MailText late_text(const Weekly& week, compliance::Language language, Detail detail) { return LateMail(week, language, detail).write(); }

}  // namespace gokajo::hub
