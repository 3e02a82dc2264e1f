#include "agent/man_page.h"

namespace gokajo::agent {

using compliance::Language, compliance::Text;

namespace {

// When the texts below last changed.
constexpr const char* kRevised = "2026-11-23";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  // Japanese has no spaces: roff may break a line after a mark of punctuation.
  for (const std::string_view mark : {"、", "。", "・"})
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + mark.size())) out.insert(at + mark.size(), "\\:");
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

class Roff {
 public:
  explicit Roff(Language language) : language_(language) {}
  std::string written() && { return std::move(out_); }

  void heading(const char* title) { out_ += std::string(".SH ") + title + "\n"; }
  void line(const std::string& text) { out_ += text + "\n"; }
  void text(const Text& text) { out_ += escaped(text.in(language_)) + "\n"; }
  void entry(const std::string& term, const std::string& text) { out_ += ".TP\n" + term + "\n" + escaped(text) + "\n"; }
  void entry(const std::string& term, const Text& text) { entry(term, text.in(language_)); }

 private:
  Language language_;
  std::string out_;
};

std::string bold(const std::string& text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string term_of(const OptionShape& option) {
  std::string term;
  for (const auto& name : option.names) term += (term.empty() ? "" : ", ") + bold(name);
  return option.takes == Takes::nothing ? term : term + " " + italic(option.value_name);
}

void write_command(Roff& page, const CommandShape& command) {
  std::string usage = ".SS \"gokajo " + escaped(command.name) + " [" + "\\fIoption\\fR ...]";
  for (const auto& positional : command.positionals)
    usage += positional.required ? " " + italic(positional.name) : " [" + italic(positional.name) + "]";
  page.line(usage + "\"");
  page.line(escaped(command.description));
  for (const auto& positional : command.positionals) page.entry(italic(positional.name), positional.description);
  for (const auto& option : command.options) page.entry(term_of(option), option.description);
}

}  // namespace

std::string man_page(const std::vector<CommandShape>& commands, Language language, std::string_view version) {
  Roff page(language);
  page.line(".\\\" Written by \"gokajo man\" from the command tree.");
  page.line(".TH GOKAJO 1 " + std::string(kRevised) + " \"gokajo " + std::string(version) + "\"");
  page.line(".ad l");
  page.heading("NAME");
  page.line("gokajo \\- " +
            escaped(Text{"情報セキュリティ5か条の自己点検", "self-check against the five rules of information security"}.in(language)));
  page.heading("SYNOPSIS");
  page.line("\\fBgokajo\\fR \\fIcommand\\fR [\\fIoption\\fR ...]");
  page.heading("DESCRIPTION");
  page.text(
      {"このPCの設定を読み、情報セキュリティ5か条のそれぞれについて、適合・要対応・測定不能・要確認・対象外のどれかを表示します。PCの設定は"
       "変えません。",
       "Reads how this PC is set up and says for each of the five rules: OK, needs action, could not be measured, please answer, or does "
       "not apply. No setting of "
       "the PC is changed."});
  page.heading("COMMANDS");
  for (const auto& command : commands) write_command(page, command);
  page.heading("EXIT STATUS");
  page.entry("0", Text{"scan: すべて適合、または対象外です。", "scan: every rule passes or does not apply."});
  page.entry("1", Text{"scan: 直すものがあります。", "scan: something needs action."});
  page.entry("2", Text{"scan: 直すものはありませんが、測れないもの、または答えるものがあります。",
                       "scan: nothing needs action, but something could not be measured or must be answered."});
  page.entry(
      "64 \\- 78",
      Text{"sysexits.h のとおりの誤りです。64 使い方、65 ファイルの中身、66 ファイルがない、73 書けない、77 権限、78 フォルダーの状態。",
           "an error as in sysexits.h: 64 usage, 65 contents of a file, 66 no such file, 73 cannot write, 77 permission, 78 state of a "
           "directory."});
  page.heading("ENVIRONMENT");
  page.entry("\\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR",
             Text{"表示の言葉です。日本語か、言葉の名前がないときは日本語、ほかは英語です。",
                  "language of the output: Japanese, unless another language is named."});
  page.entry("\\fBNO_COLOR\\fR", Text{"空でなければ、色を付けません。", "when not empty, no colour is used."});
  page.entry("\\fBGOKAJO_STATE\\fR", Text{"前の結果を残すフォルダーです。", "directory for what earlier scans knew."});
  page.entry("\\fBXDG_STATE_HOME\\fR", Text{"人ごとの記録を置くフォルダーです。", "directory for what belongs to a person."});
  page.heading("FILES");
  page.entry("\\fI/var/lib/gokajo\\fR",
             Text{"管理者の点検の記録と回答です。管理者だけが書けないと、点検しません。",
                  "records and answers of scans by root; unless root alone may write to it, nothing is scanned."});
  page.entry("\\fI~/.local/state/gokajo\\fR", Text{"人ごとの記録です。読んだお知らせは briefings.json にあります。",
                                                   "records of a person; briefings.json holds the briefings read."});
  return std::move(page).written();
}

}  // namespace gokajo::agent
