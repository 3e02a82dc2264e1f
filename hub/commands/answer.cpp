#include <algorithm>

#include "hub/commands/command.h"
#include "hub/review.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

struct Options {
  std::string company;
  std::string question;
  std::string answer;
  std::string who;
  bool withdraw = false;
};

// The same calendar day `months` later, or the last of that month.
Time months_later(Time from, std::int64_t months, int offset) {
  const std::chrono::year_month_day day{platform::local_day(from, offset)};
  const auto month = std::chrono::year_month{day.year(), day.month()} + std::chrono::months{months};
  const auto last = std::chrono::year_month_day{month / std::chrono::last};
  return std::chrono::sys_days{month / std::min(day.day(), last.day())};
}

int list(HubState& state, const Session& session, const CompanyPage& page) {
  const auto kept = state.store->declarations(page.company.id);
  if (!kept) return complain(session, kept.error());
  for (const auto& question : page.pack.questions) {
    print(question.id + ": " + question.ask.in(session.language));
    for (const auto& choice : question.choices) print("   " + choice.id + ": " + choice.text.in(session.language));
    for (const auto& one : *kept)
      if (one.device.empty() && one.declaration.question == question.id && !one.withdrawn)
        print(std::string("   → ") + one.declaration.answer + session.say("（自己申告: ", " (self-declared by ") + one.declaration.who +
              ", " + platform::format_time(one.declaration.valid_until).substr(0, 10) + session.say("まで）", ")"));
  }
  return 0;
}

Result<int> record(HubState& state, const Session& session, const Options& options, const CompanyPage& page) {
  const auto question = std::find_if(page.pack.questions.begin(), page.pack.questions.end(),
                                     [&](const compliance::PackQuestion& one) { return one.id == options.question; });
  if (question == page.pack.questions.end()) return Error{ErrorKind::not_found, options.question};
  KeptDeclaration kept{"", {question->id, "", options.answer, options.who, session.now, {}}, std::nullopt};
  if (options.withdraw) {
    const auto all = state.store->declarations(page.company.id);
    if (!all) return all.error();
    const auto old = std::find_if(all->begin(), all->end(), [&](const KeptDeclaration& one) {
      return one.device.empty() && one.declaration.question == question->id && !one.withdrawn;
    });
    if (old == all->end()) return Error{ErrorKind::not_found, options.question};
    kept = *old;
    kept.withdrawn = session.now;
  } else {
    std::string known;
    for (const auto& choice : question->choices) known += (known.empty() ? "" : ", ") + choice.id;
    if (std::none_of(question->choices.begin(), question->choices.end(),
                     [&](const compliance::Choice& one) { return one.id == options.answer; }))
      return misuse(session, "\"" + options.answer + "\"" + session.say("、使える答え: ", ", expected: ") + known);
    if (options.who.empty())
      return misuse(session, session.say("だれの答えかを --who で示してください", "say with --who whose answer it is"));
    kept.declaration.valid_until = months_later(session.now, question->valid_months, static_cast<int>(page.company.offset_minutes));
  }
  if (auto status = state.store->put_declaration(page.company.id, kept); !status) return status.error();
  CompanyBook book(*state.store, state.library.get());
  if (auto status = Review(*state.store, book).company_again(page.company.id, session.now); !status) return status.error();
  print(options.withdraw ? session.say("回答を取り下げました", "the answer was withdrawn")
                         : session.say("自己申告として記録しました", "recorded as self-declared"));
  return 0;
}

int run(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    CompanyBook book(*state.store, state.library.get());
    const auto page = book.of(options.company, session.now);
    if (!page) return Error{page.error().kind, options.company};
    if (options.question.empty()) return list(state, session, **page);
    return record(state, session, options, **page);
  });
}

}  // namespace

void add_answer_command(CLI::App& app, Session& session) {
  auto* command =
      app.add_subcommand("answer", session.say("PCからは見えない質問に、会社として答えます", "Answer for the company what no PC can see"));
  auto options = std::make_shared<Options>();
  add_common_options(*command, session);
  command->add_option("COMPANY", options->company, session.say("会社のID", "the company's id"))->required();
  command->add_option("QUESTION", options->question, session.say("質問（書かないと一覧）", "the question (none: list them)"));
  command->add_option("ANSWER", options->answer, session.say("答え", "the answer"));
  command->add_option("--who", options->who, session.say("答えた人", "whose answer it is"))->type_name("NAME");
  command->add_flag("--withdraw", options->withdraw, session.say("回答を取り下げます", "withdraw the answer"));
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::hub
