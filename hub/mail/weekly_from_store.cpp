#include "hub/mail/weekly_from_store.h"

#include <algorithm>

#include "hub/declaring/facts_from_store.h"
#include "hub/evidence_store.h"
#include "hub/feeds/reading.h"
#include "hub/mail/weekly_changes.h"
#include "hub/mail/weekly_counts.h"
#include "hub/mail/weekly_named.h"
#include "hub/mail/weekly_source.h"
#include "hub/mail/weekly_todos.h"

namespace gokajo::hub {

using platform::Done, platform::Result, platform::Status;

namespace {

constexpr std::size_t kMostBriefings = 24;

Result<WeeklySource> source_of(Store& store, const WeeklyInput& input) {
  auto company = store.company(input.tenant);
  if (!company) return company.error();
  auto pack = shelf_of(input.library)->pack(company->pack);
  if (!pack) return pack.error();
  const auto calendar = calendar_of(*company);
  auto contacts = contacts_of(store, calendar, input.tenant, input.now);
  if (!contacts) return contacts.error();
  auto in_use = in_use_of(store, input.tenant, *contacts);
  if (!in_use) return in_use.error();
  auto unmarked = contacts->unmarked_ids();
  return WeeklySource{
      store, input, std::move(*company), std::move(*pack), calendar, std::move(*contacts), std::move(unmarked), std::move(*in_use)};
}

void put_head(const WeeklySource& source, Weekly& week) {
  week.company = source.company.name;
  week.owner = source.company.owner_name;
  week.person = source.company.person_in_charge;
  week.offset_minutes = static_cast<int>(source.company.offset_minutes);
  week.counted_at = source.input.now;
  week.next = next_weekly(source.input.now, source.calendar);
  if (source.company.stated_devices) week.stated = static_cast<int>(*source.company.stated_devices);
}

// Of the chosen answer; empty for one that the pack does not know.
std::string verdict_of(const compliance::PackQuestion& question, const std::string& answer) {
  for (const auto& choice : question.choices)
    if (choice.id == answer) return choice.verdict;
  return {};
}

Status put_questions(const WeeklySource& source, Weekly& week) {
  const auto kept = source.store.declarations(source.input.tenant);
  if (!kept) return kept.error();
  for (const auto& question : source.pack.questions) {
    if (question.role != compliance::Role::required) continue;
    const KeptDeclaration* answer = nullptr;
    for (const auto& one : *kept)
      if (one.device.empty() && one.declaration.question == question.id && !one.withdrawn &&
          source.input.now < one.declaration.valid_until + platform::Days{1})
        answer = &one;
    const auto verdict = answer ? verdict_of(question, answer->declaration.answer) : "";
    if (verdict == "fail") {
      // Known and not as it should be: something to do for the company itself.
      week.todos.push_back({{}, question.rule, "question." + question.id, "", {}, {}, std::nullopt, {}});
    } else if (verdict != "pass" && verdict != "not_applicable") {
      week.questions.push_back(question.id);
    } else if (!week.answered_at || answer->declaration.answered_at < *week.answered_at) {
      week.answered_at = answer->declaration.answered_at;
    }
  }
  return Done{};
}

Status put_record_file(const WeeklySource& source, Weekly& week) {
  const auto packs = packs_of(source.store).evidence_packs(source.input.tenant, 1);
  if (!packs) return packs.error();
  if (!packs->empty()) week.record = RecordFile{packs->front().number, head_of(packs->front().manifest), packs->front().made};
  return Done{};
}

Status put_news(const WeeklySource& source, Weekly& week) {
  const auto feeds = source.store.feeds();
  if (!feeds) return feeds.error();
  OldNews news;
  std::optional<OldFeed> oldest;
  for (auto& feed : old_feeds(*feeds, source.input.now)) {
    ++news.feeds;
    if (!oldest || (oldest->good && (!feed.good || *feed.good < *oldest->good))) oldest = std::move(feed);
  }
  if (oldest) {
    if (oldest->good) news.days = static_cast<int>(std::chrono::floor<platform::Days>(source.input.now - *oldest->good).count());
    news.why = oldest->why;
    week.old_news = news;
  }
  const auto briefings = source.store.company_briefings(source.input.tenant, kMostBriefings);
  if (!briefings) return briefings.error();
  week.proposals = static_cast<int>(
      std::count_if(briefings->begin(), briefings->end(), [](const CompanyBriefing& one) { return one.state == BriefingState::proposed; }));
  return Done{};
}

Status put_declaring(const WeeklySource& source, Weekly& week) {
  auto reminders = declaring_reminders_of(source.store, source.company, source.input.now);
  if (!reminders) return reminders.error();
  week.declaring = std::move(*reminders);
  return Done{};
}

Status put_todos(const WeeklySource& source, Weekly& week) { return add_todos(source, week.todos); }

}  // namespace

// A few questions for all PCs together: there may be thousands.
Result<Weekly> weekly_from(Store& store, const WeeklyInput& input) {
  const auto source = source_of(store, input);
  if (!source) return source.error();
  Weekly week;
  put_head(*source, week);
  // In this order: put_counts() goes by what is asked of the company, put_catching_up() by what was counted.
  for (const auto put : {put_questions, put_counts, put_silent, put_resting, put_catching_up, put_todos, put_changes, put_record_file,
                         put_news, put_declaring})
    if (auto status = put(*source, week); !status) return status.error();
  return week;
}

}  // namespace gokajo::hub
