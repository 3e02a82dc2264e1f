#include <algorithm>
#include <iostream>
#include <memory>

#include "agent/commands/inputs.h"
#include "agent/conversation.h"
#include "agent/questions.h"
#include "compliance/wording.h"

namespace gokajo::agent {
namespace {

using compliance::Declaration;

struct Options : InputOptions {
  std::string question;
  std::string answer;
  std::string about;
  bool list = false;
  bool withdraw = false;
};

// Everything the command works on.
struct Desk {
  const Session& session;
  const Options& options;
  State& state;
  std::vector<Question> questions;
  std::vector<Declaration> answers;
  platform::Time now;
  Conversation talk;
};

int save(Desk& desk) {
  const auto status = desk.state.write_declarations(desk.answers);
  return status ? 0 : complain(desk.session, desk.state.directory(), status.error(), kCannotCreate);
}

void forget(Desk& desk, const Question& question) {
  std::erase_if(desk.answers, [&](const Declaration& answer) { return answer.question == question.id && answer.about == question.about; });
}

int record(Desk& desk, const Question& question, const std::string& choice) {
  Declaration answer{
      question.id, question.about, choice, platform::current_invoker().login, desk.now, valid_until(desk.now, question.valid_months)};
  const auto until = compliance::render_day(answer.valid_until, desk.session.language, compliance::Reader{0, {}});
  forget(desk, question);
  desk.answers.push_back(std::move(answer));
  if (const int code = save(desk); code != 0) return code;
  desk.talk.paragraph(desk.session.ja() ? "自己申告として記録しました。" + until + "まで使います。"
                                        : "Recorded as self-declared; it counts until " + until + ".");
  return 0;
}

const Declaration* answer_to(const Desk& desk, const Question& question) {
  for (const auto& answer : desk.answers)
    if (answer.question == question.id && answer.about == question.about && desk.now < answer.valid_until + platform::Days{1})
      return &answer;
  return nullptr;
}

void show(Desk& desk, const Question& question) {
  const auto& say = desk.session;
  desk.talk.paragraph(desk.talk.say(question.ask), question.id + (question.about.empty() ? "" : " (" + question.about + ")") + ": ");
  const auto* answer = answer_to(desk, question);
  if (!answer) {
    desk.talk.paragraph(say.say("未回答", "not answered"), "   ");
    return;
  }
  std::string text = answer->answer;
  for (const auto& choice : question.choices)
    if (choice.id == answer->answer) text = desk.talk.say(choice.text);
  const auto day = [&](platform::Time time, int offset) {
    return compliance::render_day(time, say.language, compliance::Reader{offset, {}});
  };
  desk.talk.paragraph(text + (say.ja() ? "（自己申告: " + answer->who + "さん、" + day(answer->answered_at, 540) + "、" +
                                             day(answer->valid_until, 0) + "まで）"
                                       : " (self-declared by " + answer->who + " on " + day(answer->answered_at, 540) + ", until " +
                                             day(answer->valid_until, 0) + ")"),
                      "   ");
}

int ask(Desk& desk, const Question& question) {
  desk.talk.paragraph(desk.talk.say(question.ask));
  std::vector<compliance::Text> texts;
  texts.reserve(question.choices.size());
  for (const auto& choice : question.choices) texts.push_back(choice.text);
  const auto chosen = desk.talk.choose(texts);
  return chosen ? record(desk, question, question.choices[*chosen].id) : 1;
}

int answer_one(Desk& desk, const Question& question) {
  const auto& options = desk.options;
  if (options.withdraw) {
    forget(desk, question);
    if (const int code = save(desk); code != 0) return code;
    desk.talk.paragraph(desk.session.say("回答を取り下げました。", "The answer was withdrawn."));
    return 0;
  }
  if (options.list) {
    show(desk, question);
    return 0;
  }
  if (options.answer.empty()) return ask(desk, question);
  std::string known;
  for (const auto& choice : question.choices) {
    if (choice.id == options.answer) return record(desk, question, choice.id);
    known += (known.empty() ? "" : ", ") + choice.id;
  }
  return complain(desk.session, question.id, {platform::ErrorKind::malformed, "\"" + options.answer + "\"; expected: " + known}, kUsage);
}

void tell_how_many(Desk& desk) {
  const auto waiting =
      std::count_if(desk.questions.begin(), desk.questions.end(), [&](const Question& question) { return !answer_to(desk, question); });
  const auto count = std::to_string(waiting);
  if (waiting == 0) {
    desk.talk.paragraph(desk.session.say("答えていただく質問は、いまはありません。回答を見るには gokajo answer --list を実行してください。",
                                         "No question waits for an answer. gokajo answer --list shows the answers."));
    return;
  }
  desk.talk.paragraph(desk.session.ja() ? "質問が" + count + "つあります。番号で答えてください。"
                                        : "Questions: " + count + ". Answer with a number.");
  desk.talk.tell_how_to_stop({"そこまでの回答は記録されています。", "The answers so far are kept."});
  desk.talk.blank();
}

int answer_all(Desk& desk) {
  if (desk.options.withdraw) return complain(desk.session, "--withdraw", {platform::ErrorKind::malformed, "expected: QUESTION"}, kUsage);
  const bool talks = platform::is_terminal(platform::Stream::in) && platform::is_terminal(platform::Stream::out);
  if (talks && !desk.options.list) tell_how_many(desk);
  for (const auto& question : desk.questions) {
    if (desk.options.list || !talks) {
      show(desk, question);
    } else if (!answer_to(desk, question)) {
      if (const int code = ask(desk, question); code != 0) return code;
      desk.talk.blank();
    }
  }
  return 0;
}

int run(Session& session, const Options& options) {
  const auto pack = load_pack(session, options.pack);
  auto state = pack ? open_state(session, options) : std::nullopt;
  if (!state) return session.exit_code;
  const bool talks = platform::is_terminal(platform::Stream::in) && platform::is_terminal(platform::Stream::out);
  Desk desk{session,
            options,
            *state,
            {},
            state->read_declarations(),
            current_time(),
            {std::cin, std::cout, session.language, talks ? std::min(platform::terminal_columns(), 80) : 80, talks}};
  tell_damage(session, *state);
  desk.questions = open_questions(*pack, state->read_last_scan(), desk.answers);
  if (options.question.empty()) return answer_all(desk);
  std::string known;
  std::vector<Question> meant;
  for (const auto& question : desk.questions) {
    if (question.id == options.question && (options.about.empty() || question.about == options.about)) meant.push_back(question);
    if (known.find(question.id) == std::string::npos) known += (known.empty() ? "" : ", ") + question.id;
  }
  if (meant.empty())
    return complain(session, options.question + (options.about.empty() ? "" : " " + options.about),
                    {platform::ErrorKind::not_found, "there are: " + known}, kUsage);
  int code = 0;
  for (const auto& question : meant)
    if (code == 0) code = answer_one(desk, question);
  return code;
}

}  // namespace

void add_answer_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("answer", session.say("PCからは見えないことに答えます（自己申告）", "Answer what no PC can see (self-declared)"));
  command->add_option("QUESTION", options->question, session.say("質問の名前 (nas など)", "id of the question (such as nas)"))
      ->type_name("");
  command->add_option("ANSWER", options->answer, session.say("答えの名前 (yes など)", "id of the answer (such as yes)"))->type_name("");
  command->add_option("--about", options->about, session.say("フォルダーやユーザーの名前", "the folder or account asked about"))
      ->type_name("NAME");
  command->add_flag("--list", options->list, session.say("質問と今の回答を並べます", "list questions and answers"));
  command->add_flag("--withdraw", options->withdraw, session.say("回答を取り下げます", "withdraw the answer"));
  command->add_option("--pack", options->pack, session.say("規則の組の名前かファイル", "rule pack, by name or file"))->type_name("PACK");
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
