#include <cstdio>

#include "hub/commands/command.h"
#include "hub/feeds/desk.h"
#include "platform/bytes.h"

namespace gokajo::hub {
namespace {

std::string when(const Session& session, const std::optional<platform::Time>& time) {
  return time ? platform::format_time(*time) : std::string(session.say("なし", "never"));
}

int list(const Session& session) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto settings = find_feed_settings(state->directory);
  if (!settings) return complain(session, settings.error());
  if (!settings->read) {
    print(session.say("公開情報は読んでいません。読むには、hub.toml に [feeds] read = true と書きます。",
                      "No public feed is read. To read them, hub.toml says [feeds] read = true."));
    return 0;
  }
  const auto kept = state->store->feeds();
  if (!kept) return complain(session, kept.error());
  for (const auto& feed : chosen_feeds(*settings)) {
    KeptFeed row;
    for (const auto& one : *kept)
      if (one.feed == feed.id) row = one;
    print(feed.id + "\t" + feed.name.in(session.language) + "\t" + session.say("よい写し: ", "good copy: ") + when(session, row.good) +
          "\t" + session.say("試した: ", "tried: ") + when(session, row.tried) + (row.problem.empty() ? "" : "\t" + row.problem));
  }
  return 0;
}

// Asks each publisher once, whenever it was asked before: a person waits for it.
int read(const Session& session) {
  auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto settings = find_feed_settings(state->directory);
  if (!settings) return complain(session, settings.error());
  if (!settings->read) return list(session);
  FeedReading reading(*state->store, *settings);
  if (auto begun = reading.begin(); !begun) return complain(session, begun.error());
  LookedThrough looked;
  const auto round = feed_round(*state->store, reading, looked, session.now, true);
  if (!round) return complain(session, round.error());
  print(session.say("読みに行った数: ", "asked: ") + std::to_string(round->feeds) + "\t" + session.say("作った案: ", "proposals: ") +
        std::to_string(round->proposals));
  return list(session);
}

}  // namespace

void add_feeds_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand(
      "feeds", session.say("公開の注意喚起を、いつ読めたか見る、いま読む", "See when public feeds were read, read them now"));
  command->require_subcommand(1);
  auto* listing = command->add_subcommand("list", session.say("いつ読めたか、だめなら理由", "When each was read, and what went wrong"));
  add_common_options(*listing, session);
  listing->callback([&session] { session.exit_code = list(session); });
  auto* reading = command->add_subcommand(
      "read", session.say("いま1回ずつ読み、今月の案を作ります", "Read each once now, and make this month's proposals"));
  add_common_options(*reading, session);
  reading->callback([&session] { session.exit_code = read(session); });
}

}  // namespace gokajo::hub
