#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "hub/commands/command.h"
#include "platform/bytes.h"
#include "platform/durable_file.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

struct Options {
  std::string file;
};

const char* origin_of(const Session& session, Origin origin) {
  return origin == Origin::file ? session.say("ファイル", "file") : session.say("内蔵", "built in");
}

std::string name_of_table(const Session& session, std::string_view id) {
  return id == compliance::kLifecycleTable ? session.say("OSとソフトのサポート期限", "until when systems and programs are supported")
                                           : session.say("Windowsの毎月の更新", "the monthly updates of Windows");
}

int list(const Session& session) {
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto shelf = state->library->shelf();
  for (const auto& [id, one] : shelf->packs)
    print(std::string(session.say("ルール集", "pack")) + "\t" + id + "\t" + one.pack.version + "\t" + origin_of(session, one.origin) +
          "\t" + one.pack.name.in(session.language));
  for (const auto& one : shelf->briefings)
    print(std::string(session.say("お知らせ", "briefing")) + "\t" + one.briefing.id + "\t" +
          platform::format_time(one.briefing.published).substr(0, 10) + "\t" + origin_of(session, one.origin) + "\t" +
          one.briefing.title.in(session.language));
  for (const char* id : {compliance::kLifecycleTable, compliance::kWindowsLevelsTable}) {
    const auto found = shelf->tables.find(id);
    const bool file = found != shelf->tables.end();
    print(std::string(session.say("対応表", "table")) + "\t" + id + "\t" +
          (file ? found->second.table.version : compliance::built_in_table_version(id)) + "\t" +
          origin_of(session, file ? Origin::file : Origin::built_in) + "\t" + name_of_table(session, id));
  }
  print(std::string(session.say("置き場所: ", "folders: ")) + packs_folder(state->directory) + ", " + briefings_folder(state->directory) +
        ", " + tables_folder(state->directory));
  std::fflush(stdout);
  for (const auto& one : shelf->problems)
    std::fprintf(stderr, "gokajo-hub: %s%s\n", session.say("使っていないファイル: ", "not used: "),
                 platform::printable_utf8(one.detail).c_str());
  return shelf->problems.empty() ? 0 : kDataError;
}

Result<std::string> contents_of(const std::string& path) {
  std::ifstream file(std::filesystem::path(path), std::ios::binary);
  if (!file) return Error{ErrorKind::not_found, path};
  std::string text(compliance::kMaxPackBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string folder_of(const std::string& directory, protocol::HandedOut kind) {
  switch (kind) {
    case protocol::HandedOut::pack:
      return packs_folder(directory);
    case protocol::HandedOut::briefing:
      return briefings_folder(directory);
    case protocol::HandedOut::table:
      break;
  }
  return tables_folder(directory);
}

const char* placed(const Session& session, protocol::HandedOut kind) {
  switch (kind) {
    case protocol::HandedOut::pack:
      return session.say(": ルール集を置きました。動いているハブは、1分以内に使い始めます。",
                         ": the pack is there. A running hub uses it within a minute.");
    case protocol::HandedOut::briefing:
      return session.say(": お知らせを置きました。各PCには、次に報告したときに届きます。",
                         ": the briefing is there. Each PC gets it when it reports next.");
    case protocol::HandedOut::table:
      break;
  }
  return session.say(": 対応表を置きました。動いているハブは、1分以内に使い始めて判定し直します。各PCには、次に報告したときに届きます。",
                     ": the table is there. A running hub uses it within a minute and judges again; each PC gets it when it reports next.");
}

int add(const Session& session, const Options& options) {
  // Before the state is opened: as root this goes on as the hub's owner, who may not read what root may.
  const auto text = contents_of(options.file);
  if (!text) return complain(session, text.error());
  const auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  const auto fits = fits_on(*state->library->shelf(), *text);
  if (!fits && fits.error().kind == ErrorKind::unsupported) {
    std::fprintf(stderr, "gokajo-hub: %s%s: %s\n",
                 session.say("いま使っているものより新しくありません。版（お知らせは日付）を上げてください: ",
                             "not later than what is in force; please raise its version (of a briefing: its date): "),
                 platform::printable_utf8(options.file).c_str(), platform::printable_utf8(fits.error().detail).c_str());
    return kDataError;
  }
  if (!fits) return complain(session, {fits.error().kind, options.file + ": " + fits.error().detail});
  const auto folder = folder_of(state->directory, fits->kind);
  if (auto written = platform::write_file_durably(folder + "/" + fits->id + ".json", *text); !written)
    return complain(session, written.error());
  print(fits->id + placed(session, fits->kind));
  return 0;
}

}  // namespace

void add_data_command(CLI::App& app, Session& session) {
  auto* command =
      app.add_subcommand("data", session.say("ルール集とお知らせを見る、新しいものを置く", "List packs and briefings, add newer ones"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  auto* listing = command->add_subcommand("list", session.say("使っているルール集とお知らせの一覧", "List what is in force"));
  add_common_options(*listing, session);
  listing->callback([&session] { session.exit_code = list(session); });
  auto* adding = command->add_subcommand(
      "add", session.say("新しいルール集かお知らせを確かめて置きます", "Check a newer pack or briefing and put it there"));
  add_common_options(*adding, session);
  adding->add_option("FILE", options->file, session.say("ルール集かお知らせ (JSON)", "a pack or a briefing (JSON)"))->required();
  adding->callback([options, &session] { session.exit_code = add(session, *options); });
}

}  // namespace gokajo::hub
