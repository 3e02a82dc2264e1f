#include <algorithm>
#include <iostream>
#include <memory>

#include "agent/briefings_read.h"
#include "agent/commands/inputs.h"
#include "agent/conversation.h"
#include "agent/handed_out.h"
#include "agent/notices.h"
#include "agent/person_message.h"
#include "agent/summary.h"
#include "compliance/wording.h"
#include "platform/person_channel.h"
#include "platform/places.h"

namespace gokajo::agent {
namespace {

using compliance::Briefing;

struct Options {
  std::string id;
  bool drill = false;
  bool pause = false;
};

// Without a name, what this person has yet to answer: the briefing, then the drill; the briefing again where there is nothing.
const Briefing* chosen_of(const std::vector<Briefing>& all, const Options& options, const std::vector<compliance::BriefingRead>& read,
                          platform::Time now) {
  if (!options.id.empty()) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Briefing& one) { return one.id == options.id; });
    return found == all.end() ? nullptr : &*found;
  }
  const auto* briefing = compliance::current_briefing(all, now);
  const auto* drill = compliance::current_drill(all, now);
  if (options.drill || !briefing) return drill;
  // As the notices have it that lead here (agent/notices.h).
  Tellable known;
  known.briefing = offer_of(briefing);
  PersonReading reading;
  for (const auto& one : read) add_reading(reading, one, known, now);
  return reading.newest && drill && drill_is_due(reading, now) ? drill : briefing;
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

int learn(const Session& session, const Options& options) {
  const auto who = platform::current_invoker();
  if (who.through_sudo) {
    std::cerr << session.say("gokajo: お知らせは人ごとに記録します。sudoを付けずに gokajo learn を実行してください。",
                             "gokajo: briefings are recorded per person. Run gokajo learn without sudo.")
              << "\n";
    return kNoPermission;
  }
  const auto now = current_time();
  const auto all = all_briefings(service_directory(""));
  const auto directory = platform::personal_state_directory(who);
  const auto* briefing = chosen_of(all, options, load_briefings_read(directory).read, now);
  if (!briefing)
    return complain(session, "",
                    {platform::ErrorKind::not_found, !options.id.empty() ? options.id
                                                     : options.drill     ? "drill"
                                                                         : "briefing"},
                    kUsage);
  const bool terminal = platform::is_terminal(platform::Stream::in) && platform::is_terminal(platform::Stream::out);
  Conversation talk(std::cin, std::cout, session.language, terminal ? std::min(platform::terminal_columns(), 80) : 80, terminal);
  show(talk, *briefing);
  show_sources(talk, *briefing);
  talk.blank();
  if (!asked_until_right(talk, *briefing)) {
    talk.paragraph(session.say("途中で終わったため、まだ記録していません。", "Not finished, so nothing was recorded yet."));
    return 1;
  }
  const auto recorded = record_briefing_read(directory, {briefing->id, now, static_cast<std::int64_t>(briefing->questions.size())});
  if (!recorded) return complain(session, directory, recorded.error(), kCannotCreate);
  // So that the service need not find that file, and asks no more for it; it does not matter whether one listens.
  (void)platform::ask_over_channel(platform::kPersonChannelName, {},
                                   write_person_message({.wish = PersonWish::understood, .briefing = briefing->id}));
  if (compliance::is_drill(briefing->id))
    talk.paragraph(session.ja() ? "訓練をしたことを記録しました（" + who.login + "さん）。"
                                : "Recorded that " + who.login + " did the drill.");
  else
    talk.paragraph(session.ja() ? "読んで理解したことを記録しました（" + who.login + "さん）。"
                                : "Recorded that " + who.login + " read and understood it.");
  return 0;
}

int run(const Session& session, const Options& options) {
  const int code = learn(session, options);
  // A window that closes by itself would take the last words with it.
  if (options.pause) {
    std::cout << session.say("\nEnterキーを押すと終わります。", "\nPress Enter to end.") << std::flush;
    std::string line;
    std::getline(std::cin, line);
  }
  return code;
}

}  // namespace

void add_learn_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "learn", session.say("手口のお知らせを読み、3つの質問に答えます", "Read the current briefing and answer three questions"));
  auto* id = command
                 ->add_option(
                     "BRIEFING", options->id,
                     session.say("お知らせの名前 (既定: まだ答えていないもの)", "id of a briefing (default: what you have yet to answer)"))
                 ->type_name("");
  command->add_flag("--drill", options->drill, session.say("年1回の訓練をします", "the yearly drill instead"))->excludes(id);
  command->add_flag("--pause", options->pause, session.say("終わる前にEnterキーを待ちます", "wait for Enter at the end"));
  add_language_option(*command, session);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
