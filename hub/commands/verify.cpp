#include "hub/evidence/verify.h"

#include <cstdio>
#include <memory>

#include "compliance/wording.h"
#include "hub/commands/command.h"
#include "platform/bytes.h"

namespace gokajo::hub {
namespace {

// Another program may act on these: docs/evidence-pack.md.
constexpr int kChanged = 1;

struct Options {
  std::vector<std::string> files;
  std::string key;
  std::string head;
};

const char* word_of(const Session& session, Damage damage) {
  switch (damage) {
    case Damage::changed:
      return session.say("中身が変わっています", "changed");
    case Damage::missing:
      return session.say("足りません", "missing");
    case Damage::added:
      return session.say("あとから加えられています", "added");
    case Damage::moved:
      return session.say("順番が変わっています", "in another place");
    case Damage::head:
      return session.say("前に付く見出しが変わっています", "its head is changed");
    case Damage::directory:
      return session.say("一覧の行が変わっています", "its line in the list is changed");
    case Damage::end:
      return session.say("ファイルの終わりが変わっています", "the end of the file is changed");
    case Damage::manifest:
      return session.say("目録が読めません", "the manifest cannot be read");
    case Damage::signature:
      return session.say("目録が署名と合いません", "the manifest is not what was signed");
    case Damage::unreadable:
      return session.say("ここから先が読めません", "cannot be read from here on");
  }
  return "";
}

// In Japan's time: a pack does not say whose day its company keeps but in company.json.
std::string day_of(const Session& session, platform::Time time) {
  return compliance::render_day(time, session.language, {platform::kJapanOffset, {}});
}

void tell(const Session& session, const PackProblem& problem) {
  std::string line = std::string("  ") + word_of(session, problem.damage);
  if (!problem.member.empty()) line += ": " + problem.member;
  if (problem.until > problem.from)
    line += session.ja() ? "（" + std::to_string(problem.from) + "〜" + std::to_string(problem.until - 1) + "バイト目）"
                         : " (bytes " + std::to_string(problem.from) + " to " + std::to_string(problem.until - 1) + ")";
  if (!problem.detail.empty()) line += " [" + problem.detail + "]";
  print(line);
}

void tell(const Session& session, const std::string& file, const Verification& found) {
  print(file + (found.whole()    ? session.say(": 変わっていません", ": unchanged")
                : found.manifest ? session.say(": 変わっています", ": CHANGED")
                                 : session.say(": 点検の記録ファイルとして読めません", ": CANNOT BE READ as an evidence pack")));
  for (const auto& problem : found.problems) tell(session, problem);
  if (found.all_problems > found.problems.size())
    print(std::string(session.say("  ほか: ", "  and more: ")) + std::to_string(found.all_problems - found.problems.size()));
  if (!found.manifest) return;
  const auto& manifest = *found.manifest;
  const char* kind = manifest.kind == PackKind::internal ? session.say("社内用", "internal") : session.say("提出用", "for submission");
  // Below it nothing is worth anything, for it may say whatever somebody wrote.
  if (!found.whole()) print(session.say("  （変わったファイルの言うことです）", "  (says the changed file)"));
  print(std::string(session.say("  会社: ", "  company: ")) + manifest.company);
  print(std::string(session.say("  号: ", "  issue: ")) + std::to_string(manifest.number) + " (" + kind + ")");
  // The last day, not the moment after it.
  print(std::string(session.say("  期間: ", "  period: ")) + day_of(session, manifest.from) + session.say("〜", " to ") +
        day_of(session, manifest.until - std::chrono::seconds{1}));
  print(std::string(session.say("  作成: ", "  made: ")) + day_of(session, manifest.made_at) + " (" +
        platform::format_time(manifest.made_at) + ")");
  print(std::string(session.say("  照合番号: ", "  check number: ")) + in_groups(head_of(found.sha256)));
  print(std::string(session.say("  鍵の指紋: ", "  fingerprint of the key: ")) + in_groups(found.key_fingerprint));
}

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

int run(const Session& session, const Options& options) {
  bool whole = true;
  std::optional<Verification> before;
  for (const auto& file : options.files) {
    auto found = verify_pack_file(file);
    if (!found) {
      complain(session, found.error());
      return kNoInput;
    }
    tell(session, file, *found);
    whole = whole && found->whole();
    const auto differs = [&](const std::string& wanted, const std::string& is, const char* in_japanese, const char* in_english) {
      if (wanted.empty() || without_blanks(wanted) == is) return;
      whole = false;
      print(session.say(in_japanese, in_english));
    };
    differs(options.key, found->key_fingerprint, "  鍵が違います", "  signed by another key");
    if (&file == &options.files.back()) differs(options.head, head_of(found->sha256), "  照合番号が違います", "  another check number");
    if (before && !follows(*before, *found)) {
      whole = false;
      print(session.say("  前のファイルの続きではありません", "  does not follow the file before"));
    }
    before = std::move(*found);
  }
  return whole ? 0 : kChanged;
}

}  // namespace

void add_verify_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("verify", session.say("点検の記録ファイルが変わっていないか確かめます（サーバーは要りません）",
                                                           "Check an evidence pack (needs no hub)"));
  auto options = std::make_shared<Options>();
  command
      ->add_option_function<std::string>(
          "--lang",
          [&session](const std::string& name) { session.language = name == "en" ? compliance::Language::en : compliance::Language::ja; },
          session.say("表示の言葉 (ja, en)", "language of the output (ja, en)"))
      ->check(CLI::IsMember({"ja", "en"}))
      ->type_name("LANG")
      ->trigger_on_parse();
  command->add_option("--key", options->key, session.say("鍵の指紋（違えば「変わった」とします）", "the fingerprint its key must have"));
  command->add_option(
      "--head", options->head,
      session.say("最後のファイルの照合番号（毎週のメールにあります）", "the check number of the last file (in the weekly mail)"));
  command
      ->add_option("FILE", options->files,
                   session.say("確かめるファイル。古い順に並べると、続いているかも確かめます",
                               "files; in their order, whether each follows the one before, too"))
      ->required();
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::hub
