#include <cstdio>
#include <memory>

#include "agent/check_pages.h"
#include "agent/commands/inputs.h"
#include "compliance/layout.h"
#include "platform/json_form.h"

namespace gokajo::agent {

using compliance::columns_of, compliance::wrapped;
namespace {

using platform::Json;

struct Options : InputOptions {
  std::string check;
};

// Paragraphs under small headings.
class Sheet {
 public:
  Sheet(const Session& session, int columns) : session_(session), columns_(columns) {}

  void heading(const char* ja, const char* en) { out_ += std::string(out_.empty() ? "" : "\n") + "■ " + session_.say(ja, en) + "\n"; }
  void text(const std::string& text, const std::string& head = "   ") {
    const int indent = columns_of(head);
    bool first = true;
    for (const auto& line : wrapped(text, columns_ - indent)) {
      out_ += (first ? head : std::string(static_cast<std::size_t>(indent), ' ')) + line + "\n";
      first = false;
    }
  }
  void title(const std::string& text) { out_ += text + "\n"; }
  const std::string& written() const { return out_; }

 private:
  const Session& session_;
  int columns_;
  std::string out_;
};

// The text in the session's language of a member like {"ja": "...", "en": "..."}.
std::string text_in(const Json& finding, const char* key, const Session& session) {
  const Json::json_pointer place(std::string("/") + key + "/" + session.say("ja", "en"));
  return finding.contains(place) && finding.at(place).is_string() ? finding.at(place).get<std::string>() : "";
}

// The finding of this check in the last result, or null.
Json last_finding(const State& state, const std::string& check, std::string& day, const Session& session) {
  const auto text = state.read_last_scan();
  if (!text) return nullptr;
  const auto scan = platform::parse_json(*text, kMaxStateBytes);
  if (!scan || !scan->is_object() || !scan->contains("findings") || !(*scan)["findings"].is_array()) return nullptr;
  platform::Time when{};
  if (scan->contains("scanned_at") && platform::read_form((*scan)["scanned_at"], when, platform::Place{}))
    day = compliance::render_day(when, session.language, compliance::Reader{});
  for (const auto& finding : (*scan)["findings"])
    if (finding.is_object() && finding.contains("check") && finding["check"] == check) return finding;
  return nullptr;
}

void write_result(Sheet& sheet, const Session& session, const Json& finding, const std::string& day) {
  compliance::Verdict verdict{};
  if (!finding.contains("verdict") || !platform::read_form(finding["verdict"], verdict, platform::Place{})) return;
  sheet.heading("このPCの前の結果", "Last result on this PC");
  sheet.text("[" + std::string(compliance::verdict_name(verdict, session.language)) + "] " + text_in(finding, "text", session) +
             session.say("（", " (") + day + session.say("）", ")"));
  // One item that the sentence already holds whole is not said again.
  if (const auto items = finding.find("items"); items != finding.end() && items->is_array() && !items->empty())
    if (items->size() > 1 || text_in(finding, "text", session).find(text_in((*items)[0], "text", session)) == std::string::npos)
      for (const auto& item : *items) sheet.text(text_in(item, "text", session), "   - ");
  if (const auto why = text_in(finding, "why", session); !why.empty()) {
    sheet.heading("なぜ大事か", "Why it matters");
    sheet.text(why);
  }
  const Json::json_pointer steps(std::string("/fix/") + session.say("ja", "en"));
  if (!finding.contains(steps) || !finding.at(steps).is_array() || finding.at(steps).empty()) return;
  sheet.heading("直し方", "How to fix it");
  std::size_t number = 0;
  for (const auto& step : finding.at(steps))
    if (step.is_string()) sheet.text(step.get<std::string>(), "   " + std::to_string(++number) + ". ");
}

// Why and how to fix in general, where this PC has no result of its own.
void write_possible_faults(Sheet& sheet, const Session& session, const compliance::CheckWording& wording) {
  for (const auto& [id, situation] : wording.situations) {
    if (situation.verdict != compliance::Verdict::fail) continue;
    sheet.heading("要対応になるとき", "When it needs action");
    sheet.text(situation.saw.in(session.language));
    if (situation.why) sheet.text(situation.why->in(session.language));
    if (!situation.fix) continue;
    for (std::size_t i = 0; i < situation.fix->size(); ++i)
      sheet.text((*situation.fix)[i].in(session.language), "   " + std::to_string(i + 1) + ". ");
  }
}

void write_pack(Sheet& sheet, const Session& session, const compliance::Check& check, const compliance::Pack& pack) {
  const auto use = use_of(pack, check.id);
  sheet.heading("決まり", "Rule and settings");
  if (!use) {
    sheet.text(pack.id + session.say("では使いません。", " does not use it."));
    return;
  }
  const bool required = use->entry.role == compliance::Role::required;
  sheet.text(pack.name.in(session.language) + session.say("：", ": ") + use->rule_name.in(session.language) + session.say("、", ", ") +
             (required ? session.say("必須（規則の結果を決めます）", "required (decides the rule)")
                       : session.say("参考（規則の結果は決めません）", "advice (decides nothing)")));
  for (const auto& [name, value] : effective_settings(check, &*use)) sheet.text(setting_line(name, value), "   - ");
  sheet.text(use->entry.reason.in(session.language));
}

int run(Session& session, const Options& options) {
  const auto pack = load_pack(session, options.pack);
  if (!pack) return session.exit_code;
  const auto* check = compliance::find_check(options.check);
  const auto wording = compliance::built_in_wording().find(options.check);
  if (!check || wording == compliance::built_in_wording().end())
    return complain(session, options.check,
                    {platform::ErrorKind::not_found, session.say("一覧は gokajo checks で見られます", "gokajo checks lists what there is")},
                    kUsage);
  const auto state = open_state(session, options);
  if (!state) return session.exit_code;
  Sheet sheet(session, platform::is_terminal(platform::Stream::out) ? std::clamp(platform::terminal_columns(), 40, 80) : 80);
  sheet.title(wording->second.name.in(session.language) + session.say("　", "  ") + check->id);
  std::string day;
  const Json finding = last_finding(*state, check->id, day, session);
  if (finding.is_object())
    write_result(sheet, session, finding, day);
  else
    write_possible_faults(sheet, session, wording->second);
  sheet.heading("見ていること", "What is looked at");
  sheet.text(wording->second.looks_at.in(session.language));
  if (wording->second.limits) {
    sheet.heading("見えないこと", "What it does not see");
    sheet.text(wording->second.limits->in(session.language));
  }
  write_pack(sheet, session, *check, *pack);
  std::fputs(sheet.written().c_str(), stdout);
  return 0;
}

}  // namespace

void add_explain_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("explain", session.say("項目の意味と直し方を表示します", "Explain a check and how to fix what it found"));
  command->add_option("CHECK", options->check, session.say("項目の名前", "id of the check"))->required()->type_name("");
  command->add_option("--pack", options->pack, session.say("規則の組の名前かファイル", "rule pack, by name or file"))->type_name("PACK");
  add_language_option(*command, session);
  add_state_option(*command, session, *options);
  command->callback([options, &session] { session.exit_code = run(session, *options); });
}

}  // namespace gokajo::agent
