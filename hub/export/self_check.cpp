#include "hub/export/self_check.h"

#include <algorithm>
#include <map>

#include "compliance/wording.h"
#include "hub/company_book.h"
#include "hub/rejudging_store.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using compliance::Language, compliance::Verdict;
using platform::Done, platform::Result, platform::Status;

namespace {

constexpr Verdict kShown[] = {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable};
// More would be no sheet any more, and keep the pages waiting; tables have them all.
constexpr std::size_t kListed = 500;
constexpr std::size_t kFirstRule = 3;  // in a row of results_table()

// The answer of a company to that question that counts now.
const KeptDeclaration* answer_to(const std::vector<KeptDeclaration>& answers, const std::string& question, Time now) {
  for (const auto& one : answers)
    if (one.device.empty() && !one.withdrawn && one.declaration.question == question && one.declaration.valid_until > now) return &one;
  return nullptr;
}

}  // namespace

Result<SelfCheck> self_check_of(const ExportQuestion& question, const std::string& tenant) {
  const auto page = CompanyBook(question.store, question.library).of(tenant, question.now);
  if (!page) return page.error();
  const auto& company = (*page)->company;
  const auto& pack = (*page)->pack;
  const auto word = [&](const char* key) { return page_word(key, question.language); };
  const auto day = [&](Time time) {
    return compliance::render_day(time, question.language, {static_cast<int>(company.offset_minutes), {}});
  };
  SelfCheck check;
  check.title = pack.name.in(question.language) + word("self_check.title");
  check.company = shown(company.name);
  check.made_on = word("self_check.made_on") + day(question.now);
  const auto listed = results_table(question, tenant, [&](const TableRow& row) -> Status {
    check.pcs.push_back(row);
    return Done{};
  });
  if (!listed) return listed.error();

  const auto waiting = word("export.waiting"), silent = word("export.silent"), resting = word("export.resting");
  std::int64_t registered = 0;
  std::map<std::string, std::int64_t> states;
  for (std::size_t i = 1; i < check.pcs.size(); ++i) {
    ++states[check.pcs[i][1].text];
    registered += check.pcs[i][1].text != waiting;
  }
  check.registered = word("self_check.registered") + std::to_string(registered) + word("self_check.of_stated") +
                     (company.stated_devices ? std::to_string(*company.stated_devices) : word("self_check.not_stated"));
  if (company.stated_devices != registered) check.notes.push_back(word("self_check.count_differs"));
  const auto rejudging = rejudgings_of(question.store).rejudging(tenant);
  if (!rejudging) return rejudging.error();
  if (*rejudging) check.notes.push_back(word("self_check.rejudging"));
  if (states[silent] > 0) check.notes.push_back(word("self_check.silent"));

  TableRow head = {word("self_check.rule")};
  for (const auto verdict : kShown) head.emplace_back(compliance::verdict_name(verdict, question.language));
  head.push_back(silent);
  head.push_back(resting);
  check.rules.push_back(std::move(head));
  for (std::size_t i = 0; i < pack.rules.size(); ++i) {
    TableRow row = {pack.rules[i].name.in(question.language)};
    for (const auto verdict : kShown)
      row.push_back(std::to_string(std::count_if(check.pcs.begin() + 1, check.pcs.end(), [&](const TableRow& pc) {
        return pc[kFirstRule + i].text == compliance::verdict_name(verdict, question.language);
      })));
    row.push_back(std::to_string(states[silent]));
    row.push_back(std::to_string(states[resting]));
    check.rules.push_back(std::move(row));
  }

  if (check.pcs.size() > kListed + 1) {
    check.pcs.resize(kListed + 1);
    check.notes.push_back(word("self_check.list_cut"));
  }
  check.answers_title = word("self_check.answers");
  check.answers.push_back({word("self_check.question"), word("self_check.answer"), word("self_check.who")});
  for (const auto& asked : pack.questions) {
    const auto* kept = answer_to((*page)->declarations, asked.id, question.now);
    std::string text = word("self_check.unanswered");
    if (kept)
      for (const auto& choice : asked.choices)
        if (choice.id == kept->declaration.answer) text = choice.text.in(question.language);
    check.answers.push_back(
        {asked.ask.in(question.language), text, kept ? shown(kept->declaration.who) + " " + day(kept->declaration.answered_at) : ""});
  }
  check.not_looked_at = word("self_check.not_looked_at");
  check.remark = word("self_check.remark");
  check.list_title = word("self_check.list");
  return check;
}

}  // namespace gokajo::hub
