#include <cstdio>

#include "hub/commands/command.h"
#include "hub/demo/marker.h"
#include "hub/enrolment_codes.h"
#include "hub/enrolment_sheet.h"
#include "platform/bytes.h"
#include "platform/prepared_file.h"
#include "protocol/setup.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::Result;

struct Options {
  std::string company;
  std::string folder;
  bool install_day = false;
  std::int64_t hours = 0;
  std::int64_t number = 0;
};

int make(const Session& session, const Options& options) {
  std::string sheet;
  // Before this program becomes the hub's own user, who may not write there.
  std::optional<platform::PreparedFile> setup;
  if (!options.folder.empty()) {
    auto prepared = platform::PreparedFile::create(options.folder + "/" + protocol::kSetupFile);
    if (!prepared) return complain(session, prepared.error());
    setup.emplace(std::move(*prepared));
  }
  const int code = change(session, [&](HubState& state) -> Result<int> {
    if (demo::is_demo(state.directory))
      return misuse(session,
                    session.say("ここはデモです。デモはPCからの結果を受け取りません", "this is a demo, which takes nothing from PCs"));
    const auto company = state.store->company(options.company);
    if (!company) return Error{company.error().kind, options.company};
    if (!may_issue(*company))
      return misuse(session,
                    session.say("コードを出す前に、責任者を決め、従業員に知らせてください。そのあとで: gokajo-hub company set ID "
                                "--responsible 名前 --staff-told",
                                "Before a code is issued, name who is responsible and tell the employees. Then: gokajo-hub company set "
                                "ID --responsible NAME --staff-told"));
    const auto serving = read_serving(state);
    if (!serving)
      return misuse(session, session.say("先に gokajo-hub serve を一度始めてください（集める先の名前と鍵の印が要ります）",
                                         "Start gokajo-hub serve once before (the sheet needs the hub's name and pin)"));
    const auto issued = issue_code(*state.store, state.pepper, *company, options.install_day ? CodeKind::install_day : CodeKind::one_time,
                                   options.hours, session.now);
    if (!issued) return issued.error();
    sheet = enrolment_sheet(*company, issued->code, issued->clear, *serving, session.language);
    if (!setup) return 0;
    const auto text = setup_text(state.directory, *serving, issued->clear);
    if (!text) return text.error();
    if (auto written = setup->write(*text); !written) return written.error();
    return 0;
  });
  // Shown only when it counts; and never again.
  if (code == 0) std::printf("%s", platform::printable_utf8(sheet).c_str());
  if (code == 0 && setup)
    print(setup->path() +
          session.say(": 書きました。PCに差して: sudo gokajo enroll --setup フォルダー --label 呼び名（コードの入力は要りません。"
                      "使い終わったら、このファイルを消してください）",
                      ": written. On each PC: sudo gokajo enroll --setup FOLDER --label NAME (nothing to type; delete the file when "
                      "all are done)"));
  return code;
}

int list(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    if (const auto company = state.store->company(options.company); !company) return Error{company.error().kind, options.company};
    const auto codes = state.store->codes(options.company);
    if (!codes) return codes.error();
    for (const auto& code : *codes) {
      const auto stands = standing_of(code, session.now);
      const char* standing = stands == CodeStanding::revoked ? session.say("取り消し", "revoked")
                             : stands == CodeStanding::ended ? session.say("期限切れ", "ended")
                             : stands == CodeStanding::used  ? session.say("使用済み", "used")
                                                             : session.say("使えます", "valid");
      print(std::to_string(code.number) + "\t" +
            (code.kind == CodeKind::one_time ? session.say("1台用", "one PC") : session.say("設置日", "install day")) + "\t" + standing +
            "\t" + (session.ja() ? "残り" : "left ") + std::to_string(code.uses_left) + "\t" + platform::format_time(code.valid_until));
    }
    return 0;
  });
}

int revoke(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    if (auto status = state.store->revoke_code(options.company, options.number, session.now); !status)
      return Error{status.error().kind, options.company + " " + std::to_string(options.number)};
    print(session.say("取り消しました", "revoked"));
    return 0;
  });
}

}  // namespace

void add_token_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("token", session.say("PCをつなぐためのコードを出します", "Issue codes with which PCs enrol"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  const auto with_company = [&](CLI::App* sub) {
    add_common_options(*sub, session);
    sub->add_option("COMPANY", options->company, session.say("会社のID", "the company's id"))->required();
  };
  auto* making = command->add_subcommand("new", session.say("コードを1つ出し、設置シートを表示します", "Issue a code and print its sheet"));
  with_company(making);
  making->add_flag("--install-day", options->install_day,
                   session.say("設置日コード（25台、72時間、承認が要ります）", "for many PCs (25, 72 hours, each to be approved)"));
  making->add_option("--hours", options->hours, session.say("使える時間", "hours for which it is valid"))
      ->check(CLI::Range(std::int64_t{1}, kMostHours))
      ->type_name("N");
  making
      ->add_option("--folder", options->folder,
                   session.say("USBメモリーなどのフォルダー。入力なしでつなぐためのファイルも書きます",
                               "a folder, of a USB stick say: also writes the file with which PCs enrol without typing"))
      ->type_name("DIR");
  making->callback([options, &session] { session.exit_code = make(session, *options); });
  auto* listing = command->add_subcommand(
      "list", session.say("出したコードの一覧（コードそのものは残りません）", "List codes (without the codes themselves)"));
  with_company(listing);
  listing->callback([options, &session] { session.exit_code = list(session, *options); });
  auto* revoking = command->add_subcommand("revoke", session.say("コードを取り消します", "Revoke a code"));
  with_company(revoking);
  revoking->add_option("NUMBER", options->number, session.say("一覧の番号", "its number in the list"))->required();
  revoking->callback([options, &session] { session.exit_code = revoke(session, *options); });
}

}  // namespace gokajo::hub
