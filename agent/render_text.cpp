#include "agent/render_text.h"

#include <algorithm>

#include "compliance/layout.h"

namespace gokajo::agent {

using compliance::columns_of, compliance::padded, compliance::wrapped;
namespace {

constexpr int kMaxColumns = 80;
constexpr int kMinColumns = 40;
constexpr int kIndent = 3;

class Page {
 public:
  Page(const Report& report, const TextForm& form) : report_(report), form_(form) {
    form_.columns = std::clamp(form.columns, kMinColumns, kMaxColumns);
  }

  std::string write() {
    paragraph("", title());
    paragraph("", summary());
    for (const auto& rule : report_.rules) write_rule(rule);
    write_advice();
    write_questions();
    paragraph(say("調べた範囲: ", "Looked at: "), report_.looked_at);
    paragraph(say("調べていないもの: ", "Not looked at: "), report_.not_looked_at);
    return std::move(out_);
  }

 private:
  std::string say(const char* ja, const char* en) const { return report_.language == Language::ja ? ja : en; }

  std::string title() const {
    const std::string gap = say("　", "  ");
    std::string line = report_.device + say(" の自己点検", ": self-check") + gap + report_.day + " " + report_.time;
    if (!report_.os.empty()) line += gap + report_.os;
    return line;
  }

  std::string summary() const {
    std::string line;
    for (const auto& count : report_.counts) line += count + say("　", "  ");
    return line + say("（設定は変えていません）", "(no settings were changed)");
  }

  // `head` and then `text`, whose further lines stand under the indent.
  void paragraph(const std::string& head, const std::string& text) { lines(head, columns_of(head), text, head.empty() ? 0 : kIndent); }

  void lines(const std::string& head, int head_columns, const std::string& text, int indent) {
    const int room = form_.columns - indent;
    bool first = true;
    out_ += head;
    for (const auto& line : wrapped(text, room, std::max(0, head_columns - indent))) {
      if (!first) out_ += std::string(static_cast<std::size_t>(indent), ' ');
      out_ += line + "\n";
      first = false;
    }
    if (first) out_ += "\n";
  }

  void indented(const std::string& text) { lines(std::string(kIndent, ' '), kIndent, text, kIndent); }

  std::string coloured(Verdict verdict, const std::string& text) const {
    if (!form_.colour) return text;
    const char* code = verdict == Verdict::pass             ? "32"
                       : verdict == Verdict::fail           ? "1;31"
                       : verdict == Verdict::not_applicable ? "2"
                                                            : "33";
    return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
  }

  // A sentence after its verdict in brackets.
  void verdict_line(const std::string& before, Verdict verdict, const std::string& name, const std::string& text) {
    const std::string mark = "[" + name + "] ";
    lines(before + coloured(verdict, "[" + name + "]") + " ", columns_of(before + mark), text, kIndent);
  }

  void next_step(const ReportFinding& finding) {
    if (finding.command.empty()) return;
    const std::string head = std::string(kIndent, ' ') + "→ " + finding.next + ":";
    const bool fits = columns_of(head) + 1 + columns_of(finding.command) <= form_.columns;
    out_ += head + (fits ? " " : "\n" + std::string(kIndent + 2, ' ')) + finding.command + "\n";
  }

  void write_rule(const ReportRule& rule) {
    int widest = 0;
    for (const auto& other : report_.rules) widest = std::max(widest, columns_of(other.name));
    std::string before = std::to_string(rule.number) + " " + padded(rule.name, widest) + " ";
    if (rule.verdict == Verdict::pass || rule.verdict == Verdict::not_applicable) {
      std::string all;
      for (const auto& finding : rule.findings)
        if (finding.verdict == Verdict::pass || finding.verdict == rule.verdict) all += (all.empty() ? "" : say("", " ")) + finding.saw;
      verdict_line(before, rule.verdict, rule.verdict_name, all);
      return;
    }
    const auto& findings = rule.findings;
    if (findings.empty())
      verdict_line(before, rule.verdict, rule.verdict_name, say("調べる項目がありません。", "There is nothing to look at."));
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const auto& finding = findings[i];
      if (finding.verdict == Verdict::pass || finding.verdict == Verdict::not_applicable) continue;
      verdict_line(before, finding.verdict, finding.verdict_name, finding.saw);
      before = std::string(kIndent, ' ');
      if (says_the_same(findings, i)) continue;
      if (finding.verdict == Verdict::unknown && !finding.why.empty()) indented(finding.why);
      next_step(finding);
    }
  }

  // What an unmeasured finding means is said once where several have the same reason.
  static bool says_the_same(const std::vector<ReportFinding>& findings, std::size_t i) {
    if (i + 1 >= findings.size() || findings[i].verdict != Verdict::unknown || findings[i + 1].verdict != Verdict::unknown) return false;
    return findings[i + 1].why == findings[i].why && findings[i + 1].fix == findings[i].fix;
  }

  void write_advice() {
    if (report_.advice.empty()) return;
    out_ += say("参考（判定には使いません）", "For reference (decides nothing)") + "\n";
    for (const auto verdict : {Verdict::fail, Verdict::ask, Verdict::unknown, Verdict::pass, Verdict::not_applicable}) {
      std::string names;
      for (const auto& finding : report_.advice) {
        if (finding.verdict != verdict) continue;
        const std::string& name = finding.label.empty() ? finding.name : finding.label;
        if (verdict == Verdict::fail || verdict == Verdict::ask) {
          verdict_line(std::string(kIndent, ' '), verdict, finding.verdict_name, name + say("：", ": ") + finding.saw);
          next_step(finding);
        } else {
          names += (names.empty() ? "" : say("、", ", ")) + name;
        }
      }
      if (!names.empty())
        verdict_line(std::string(kIndent, ' '), verdict, std::string(compliance::verdict_name(verdict, report_.language)), names);
    }
  }

  void write_questions() {
    if (report_.questions.empty()) return;
    const auto all = report_.questions.size();
    const auto done = static_cast<std::size_t>(
        std::count_if(report_.questions.begin(), report_.questions.end(), [](const ReportQuestion& q) { return !q.answer.empty(); }));
    if (report_.language == Language::ja)
      paragraph("会社への質問: ", std::to_string(all) + "件のうち" + std::to_string(done) + "件に回答済み（自己申告）。" +
                                      (done < all ? "PCからは見えないことを答えます: gokajo answer" : "見直す: gokajo answer"));
    else
      paragraph("Questions to the company: ", std::to_string(done) + " of " + std::to_string(all) + " answered (self-declared). " +
                                                  (done < all ? "Tell what no PC can see: gokajo answer" : "Review: gokajo answer"));
  }

  const Report& report_;
  TextForm form_;
  std::string out_;
};

}  // namespace

std::string render_text(const Report& report, const TextForm& form) { return Page(report, form).write(); }

}  // namespace gokajo::agent
