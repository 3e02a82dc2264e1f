#include "hub/answers.h"
#include "hub/commands/command.h"

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

Result<int> record(HubState& state, const Session& session, const Options& options, const CompanyPage& page, CompanyBook& book) {
  const auto& tenant = page.company.id;
  const auto outcome = options.withdraw
                           ? withdraw_for_company(*state.store, book, tenant, options.question, session.now)
                           : answer_for_company(*state.store, book, tenant, options.question, options.answer, options.who, session.now);
  if (!outcome) return outcome.error();
  switch (*outcome) {
    case Answered::no_question:
    case Answered::no_answer:
      return Error{ErrorKind::not_found, options.question};
    case Answered::no_choice: {
      std::string known;
      for (const auto& question : page.pack.questions)
        if (question.id == options.question)
          for (const auto& choice : question.choices) known += (known.empty() ? "" : ", ") + choice.id;
      return misuse(session, "\"" + options.answer + "\"" + session.say("、使える答え: ", ", expected: ") + known);
    }
    case Answered::nobody:
      return misuse(session, session.say("だれの答えかを --who で示してください", "say with --who whose answer it is"));
    case Answered::taken:
      break;
  }
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
    return record(state, session, options, **page, book);
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
