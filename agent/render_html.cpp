#include "agent/render_html.h"

#include <kainjow/mustache.hpp>

#include "agent/page_template.h"
#include "platform/bytes.h"
#include "platform/json_form.h"

namespace gokajo::agent {
namespace {

using kainjow::mustache::data, kainjow::mustache::mustache;

class View {
 public:
  explicit View(const Report& report) : report_(report) {}

  data make() const {
    data page;
    page.set("language", ja() ? "ja" : "en");
    page.set("title", text(report_.device + say(" の自己点検 ", ": self-check ") + report_.day));
    page.set("heading", text(report_.device + say(" の自己点検", ": self-check")));
    page.set("when", text(report_.day + " " + report_.time + say("　", " · ") + report_.os + say("　", " · ") + report_.pack));
    page.set("unchanged", say("設定は変えていません。", "No settings were changed."));
    data counts{data::type::list};
    for (const auto& count : report_.counts) counts << data{"text", text(count)};
    page.set("counts", counts);
    data rules{data::type::list};
    for (const auto& rule : report_.rules) rules << rule_data(rule);
    page.set("rules", rules);
    set_advice(page);
    set_questions(page);
    page.set("looked_heading", say("調べた範囲:", "Looked at:"));
    page.set("looked_at", text(report_.looked_at));
    page.set("not_looked_heading", say("調べていないもの:", "Not looked at:"));
    page.set("not_looked_at", text(report_.not_looked_at));
    page.set("remark", say("自己点検の結果です。", "This is the result of a self-check."));
    return page;
  }

 private:
  bool ja() const { return report_.language == Language::ja; }
  std::string say(const char* in_japanese, const char* in_english) const { return ja() ? in_japanese : in_english; }
  static std::string text(const std::string& raw) { return platform::printable_utf8(raw); }
  static std::string class_of(Verdict verdict) { return platform::to_form(verdict).get<std::string>(); }

  data rule_data(const ReportRule& rule) const {
    data out;
    out.set("number", std::to_string(rule.number));
    out.set("name", text(rule.name));
    out.set("verdict", rule.verdict_name);
    out.set("class", class_of(rule.verdict));
    data findings{data::type::list};
    for (std::size_t i = 0; i < rule.findings.size(); ++i) {
      const auto& finding = rule.findings[i];
      const bool settled = finding.verdict == Verdict::pass || finding.verdict == Verdict::not_applicable;
      const bool rule_settled = rule.verdict == Verdict::pass || rule.verdict == Verdict::not_applicable;
      if (settled == rule_settled)
        findings << finding_data(finding, rule.findings.size() > 1,
                                 i + 1 < rule.findings.size() && says_the_same(finding, rule.findings[i + 1]));
    }
    out.set("findings", findings);
    return out;
  }

  // What an unmeasured finding means and needs is said once where several have the same reason.
  static bool says_the_same(const ReportFinding& finding, const ReportFinding& next) {
    return finding.verdict == Verdict::unknown && next.verdict == Verdict::unknown && finding.why == next.why && finding.fix == next.fix;
  }

  data finding_data(const ReportFinding& finding, bool marked, bool said_below) const {
    data out;
    out.set("marked", data{marked});
    out.set("verdict", finding.verdict_name);
    out.set("class", class_of(finding.verdict));
    out.set("saw", text(finding.saw));
    const bool act = !said_below && (finding.verdict == Verdict::fail || finding.verdict == Verdict::unknown);
    if (act && !finding.why.empty()) out.set("why", text(finding.why));
    data fix{data::type::list};
    if (act)
      for (const auto& step : finding.fix) fix << data{"step", text(step)};
    out.set("has_fix", data{act && !finding.fix.empty()});
    out.set("fix_heading", say("直し方", "How to fix it"));
    out.set("fix", fix);
    if (finding.verdict == Verdict::ask && !finding.command.empty()) {
      out.set("command", text(finding.command));
      out.set("next", text(finding.next));
    }
    return out;
  }

  void set_advice(data& page) const {
    page.set("has_advice", data{!report_.advice.empty()});
    page.set("advice_heading", say("参考（判定には使いません）", "For reference (decides nothing)"));
    data advice{data::type::list};
    for (const auto& finding : report_.advice) {
      data entry;
      entry.set("name", text(finding.label.empty() ? finding.name : finding.label));
      entry.set("verdict", finding.verdict_name);
      entry.set("class", class_of(finding.verdict));
      entry.set("saw", text(finding.saw));
      advice << entry;
    }
    page.set("advice", advice);
  }

  void set_questions(data& page) const {
    page.set("has_questions", data{!report_.questions.empty()});
    page.set("questions_heading", say("会社への質問（自己申告）", "Questions to the company (self-declared)"));
    data questions{data::type::list};
    for (const auto& question : report_.questions) {
      data entry;
      entry.set("ask", text(question.ask));
      entry.set("answer",
                text(question.answer.empty() ? say("未回答", "not answered")
                     : ja() ? question.answer + "（" + question.who + "さん、" + question.day + "、" + question.valid_until + "まで）"
                            : question.answer + " (" + question.who + ", " + question.day + ", until " + question.valid_until + ")"));
      questions << entry;
    }
    page.set("questions", questions);
  }

  const Report& report_;
};

}  // namespace

std::string render_html(const Report& report) {
  mustache page{page_template("report.html")};
  return page.render(View(report).make());
}

}  // namespace gokajo::agent
