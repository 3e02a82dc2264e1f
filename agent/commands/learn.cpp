#include <iostream>
#include <memory>

#include "agent/briefings_read.h"
#include "agent/commands/inputs.h"
#include "agent/conversation.h"
#include "agent/handed_out.h"
#include "agent/person_message.h"
#include "agent/summary.h"
#include "compliance/wording.h"
#include "platform/person_channel.h"
#include "platform/places.h"

namespace gokajo::agent {
namespace {

using compliance::Briefing;

const Briefing* briefing_named(const std::vector<Briefing>& all, const std::string& id, platform::Time now) {
  if (id.empty()) return compliance::current_briefing(all, now);
  for (const auto& briefing : all)
    if (briefing.id == id) return &briefing;
  return nullptr;
}

void show(Conversation& talk, const Briefing& briefing) {
  const auto bullets = [&](const std::vector<compliance::Text>& texts, const char* mark) {
    for (std::size_t i = 0; i < texts.size(); ++i) talk.paragraph(talk.say(texts[i]), mark ? mark : std::to_string(i + 1) + " ");
  };
  talk.paragraph(talk.say(briefing.title));
  talk.paragraph(
      (talk.ja() ? "約" + std::to_string(briefing.minutes) + "分、" : "About " + std::to_string(briefing.minutes) + " minutes, ") +
      compliance::render_day(briefing.published, talk.ja() ? compliance::Language::ja : compliance::Language::en,
                             compliance::Reader{0, {}}));
  talk.blank();
  talk.paragraph(talk.say(briefing.what_happens));
  talk.page();
  talk.blank();
  talk.paragraph(talk.ja() ? "気づくには" : "How to notice");
  bullets(briefing.how_to_notice, "- ");
  talk.page();
  talk.blank();
  talk.paragraph(talk.ja() ? "すること" : "What to do");
  bullets(briefing.what_to_do, nullptr);
  talk.page();
  talk.blank();
}

// Whether every question was answered right in the end; a wrong answer is explained and asked again.
bool asked_until_right(Conversation& talk, const Briefing& briefing) {
  for (std::size_t i = 0; i < briefing.questions.size(); ++i) {
    const auto& question = briefing.questions[i];
    for (;;) {
      talk.paragraph(talk.say(question.ask), (talk.ja() ? "質問" : "Question ") + std::to_string(i + 1) + ": ");
      const auto chosen = talk.choose(question.choices);
      if (!chosen) return false;
      const bool right = static_cast<std::int64_t>(*chosen) == question.right;
      talk.paragraph((right ? (talk.ja() ? "そのとおりです。" : "Right. ") : (talk.ja() ? "ちがいます。" : "Not quite. ")) +
                     talk.say(question.because));
      talk.blank();
      if (right) break;
      talk.tell_how_to_stop({"やめた場合は、読んだことは記録されません。", "Nothing is recorded then."});
    }
  }
  return true;
}

void show_sources(Conversation& talk, const Briefing& briefing) {
  talk.paragraph(talk.ja() ? "出典" : "Sources");
  for (const auto& source : briefing.sources) {
    talk.paragraph(source.title, "- ");
    talk.paragraph(source.url, "  ");
  }
}

int run(const Session& session, const std::string& id) {
  const auto who = platform::current_invoker();
  if (who.through_sudo) {
    std::cerr << session.say("gokajo: お知らせは人ごとに記録します。sudoを付けずに gokajo learn を実行してください。",
                             "gokajo: briefings are recorded per person. Run gokajo learn without sudo.")
              << "\n";
    return kNoPermission;
  }
  const auto now = current_time();
  const auto all = all_briefings(service_directory(""));
  const auto* briefing = briefing_named(all, id, now);
  if (!briefing) return complain(session, "", {platform::ErrorKind::not_found, id.empty() ? "briefing" : id}, kUsage);
  const bool terminal = platform::is_terminal(platform::Stream::in) && platform::is_terminal(platform::Stream::out);
  Conversation talk(std::cin, std::cout, session.language, terminal ? std::min(platform::terminal_columns(), 80) : 80, terminal);
  show(talk, *briefing);
  show_sources(talk, *briefing);
  talk.blank();
  if (!asked_until_right(talk, *briefing)) {
    talk.paragraph(session.say("途中で終わったため、まだ記録していません。", "Not finished, so nothing was recorded yet."));
    return 1;
  }
  const auto directory = platform::personal_state_directory(who);
  const auto recorded = record_briefing_read(directory, {briefing->id, now, static_cast<std::int64_t>(briefing->questions.size())});
  if (!recorded) return complain(session, directory, recorded.error(), kCannotCreate);
  // So that the service need not find that file, and asks no more for it; it does not matter whether one listens.
  (void)platform::ask_over_channel(platform::kPersonChannelName, {},
                                   write_person_message({.wish = PersonWish::understood, .briefing = briefing->id}));
  talk.paragraph(session.ja() ? "読んで理解したことを記録しました（" + who.login + "さん）。"
                              : "Recorded that " + who.login + " read and understood it.");
  return 0;
}

}  // namespace

void add_learn_command(CLI::App& app, Session& session) {
  auto id = std::make_shared<std::string>();
  auto* command = app.add_subcommand(
      "learn", session.say("手口のお知らせを読み、3つの質問に答えます", "Read the current briefing and answer three questions"));
  command->add_option("BRIEFING", *id, session.say("お知らせの名前 (既定: 最新)", "id of a briefing (default: the newest)"))->type_name("");
  add_language_option(*command, session);
  command->callback([id, &session] { session.exit_code = run(session, *id); });
}

}  // namespace gokajo::agent
