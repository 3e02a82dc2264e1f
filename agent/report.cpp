#include "agent/report.h"

#include <algorithm>
#include <array>

#include "agent/for_everybody.h"

namespace gokajo::agent {

using namespace compliance;

namespace {

struct Writer {
  const ScanResult& scan;
  const Wording& wording;
  const Reader& reader;
  Language language;
  Audience audience;
  bool everybody() const { return audience == Audience::everybody; }
  bool ja() const { return language == Language::ja; }
  std::string say(const Text& text) const { return text.in(language); }
};

// Month and day, with the year where it is not the scan's own.
std::string short_day(const Writer& w, Time time) {
  std::string whole = render_day(time, w.language, w.reader);
  const auto year = [&](Time t) { return std::chrono::year_month_day{platform::local_day(t, w.reader.offset_minutes)}.year(); };
  if (year(time) != year(w.scan.scanned_at)) return whole;
  return w.ja() ? whole.substr(whole.find("年") + std::string_view("年").size()) : whole.substr(0, whole.rfind(' '));
}

// A remark in brackets goes before the full stop of the last sentence.
std::string with_remark(const Writer& w, std::string sentence, const std::string& remark) {
  const std::string_view stop = w.ja() ? "。" : ".";
  const bool stopped = sentence.ends_with(stop);
  if (stopped) sentence.resize(sentence.size() - stop.size());
  sentence += w.ja() ? "（" + remark + "）" : " (" + remark + ")";
  if (stopped) sentence += stop;
  return sentence;
}

std::string saw_with_remarks(const Writer& w, const JudgedFinding& judged, std::string saw) {
  const Finding& finding = judged.finding;
  const auto day = [&](Time time) { return platform::local_day(time, w.reader.offset_minutes); };
  // What was first seen today says nothing about how long it has been so.
  if (finding.verdict == Verdict::fail && finding.first_seen && day(*finding.first_seen) < day(w.scan.scanned_at) &&
      saw.find(render_day(*finding.first_seen, w.language, w.reader)) == std::string::npos)
    saw = with_remark(w, std::move(saw), (w.ja() ? "初めて確認した日: " : "first seen on ") + short_day(w, *finding.first_seen));
  if (finding.declared) saw = with_remark(w, std::move(saw), w.ja() ? "自己申告" : "self-declared");
  if (judged.exception) {
    const auto until = render_day(judged.exception->until, w.language, Reader{0, {}});
    const auto reason = w.everybody() ? "" : ": " + judged.exception->reason;
    saw = with_remark(w, std::move(saw), (w.ja() ? "例外、" + until + "まで" : "exception until " + until) + reason);
  }
  return saw;
}

// A question of the pack that a person's answer to settles this check; else the check itself is what is asked.
std::string question_for(const Pack& pack, const std::string& check) {
  for (const auto& question : pack.questions)
    if (question.settles && std::find(question.settles->begin(), question.settles->end(), check) != question.settles->end())
      return question.id;
  return check;
}

void add_next_step(const Writer& w, ReportFinding& finding) {
  if (finding.verdict == Verdict::ask && finding.check.starts_with("threats.")) {
    finding.next = w.ja() ? "お知らせを読む" : "Read the briefing";
    finding.command = "gokajo learn";
  } else if (finding.verdict == Verdict::ask) {
    finding.next = w.ja() ? "質問に答える" : "Answer the question";
    finding.command = "gokajo answer " + platform::printable_utf8(question_for(w.scan.pack, finding.check));
  } else if (finding.verdict == Verdict::fail || (finding.verdict == Verdict::unknown && !finding.fix.empty())) {
    finding.next = w.ja() ? "直し方" : "How to fix it";
    finding.command = "gokajo explain " + platform::printable_utf8(finding.check);
  }
}

ReportFinding make_finding(const Writer& w, const JudgedFinding& judged) {
  const RenderedFinding rendered =
      w.everybody() ? for_everybody(judged.finding, w.wording, w.reader) : render(judged.finding, w.wording, w.reader);
  ReportFinding out;
  out.check = judged.finding.check;
  out.verdict = judged.finding.verdict;
  out.verdict_name = verdict_name(out.verdict, w.language);
  out.name = w.say(rendered.name);
  out.saw = saw_with_remarks(w, judged, w.say(rendered.saw));
  if (rendered.why) out.why = w.say(*rendered.why);
  for (const auto& step : rendered.fix) out.fix.push_back(w.say(step));
  for (const auto& entry : w.scan.pack.extras) {
    const auto checks = entry.checks();
    if (entry.label && std::find(checks.begin(), checks.end(), out.check) != checks.end()) out.label = w.say(*entry.label);
  }
  add_next_step(w, out);
  return out;
}

int urgency(Verdict verdict) {
  static constexpr std::array kOrder = {Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::pass, Verdict::not_applicable};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), verdict) - kOrder.begin());
}

ReportRule make_rule(const Writer& w, const JudgedRule& rule) {
  ReportRule out{rule.number, w.say(rule.name), rule.verdict, std::string(verdict_name(rule.verdict, w.language)), {}};
  for (const auto& judged : w.scan.judgement.findings)
    if (judged.rule == rule.id && judged.role == Role::required) out.findings.push_back(make_finding(w, judged));
  // Of alternatives that suffice one by one, a failed one does not decide a rule that passes: what decides stands first.
  std::stable_sort(out.findings.begin(), out.findings.end(), [&](const ReportFinding& a, const ReportFinding& b) {
    if ((a.verdict == rule.verdict) != (b.verdict == rule.verdict)) return a.verdict == rule.verdict;
    return urgency(a.verdict) < urgency(b.verdict);
  });
  return out;
}

std::vector<std::string> make_counts(const Writer& w) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(w.scan.judgement.rules.begin(), w.scan.judgement.rules.end(),
                         [&](const JudgedRule& rule) { return rule.verdict == verdict; });
  };
  const auto line = [&](const char* ja, const char* en, Verdict verdict) {
    return w.ja() ? ja + std::to_string(count(verdict)) : en + (": " + std::to_string(count(verdict)));
  };
  std::vector<std::string> out = {line("直すもの", "To fix", Verdict::fail), line("答えるもの", "To answer", Verdict::ask),
                                  line("測れなかったもの", "Not measured", Verdict::unknown), line("適合", "OK", Verdict::pass)};
  if (count(Verdict::not_applicable) > 0) out.push_back(line("対象外", "Does not apply", Verdict::not_applicable));
  return out;
}

std::vector<ReportQuestion> make_questions(const Writer& w) {
  std::vector<ReportQuestion> out;
  for (const auto& question : w.scan.pack.questions) {
    ReportQuestion entry{question.id, w.say(question.ask), {}, {}, {}, {}};
    if (const auto* answer = declared(w.scan.evidence, question.id, "", w.scan.scanned_at)) {
      entry.answer = answer->answer;
      for (const auto& choice : question.choices)
        if (choice.id == answer->answer) entry.answer = w.say(choice.text);
      entry.who = answer->who;
      entry.day = render_day(answer->answered_at, w.language, w.reader);
      entry.valid_until = render_day(answer->valid_until, w.language, w.reader);
    }
    out.push_back(std::move(entry));
  }
  return out;
}

std::string joined(const std::vector<std::string>& names, Language language) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : language == Language::ja ? "、" : ", ") + name;
  return out;
}

std::string make_looked_at(const Writer& w) {
  const auto& findings = w.scan.judgement.findings;
  const auto missed =
      std::count_if(findings.begin(), findings.end(), [](const JudgedFinding& f) { return f.finding.verdict == Verdict::unknown; });
  std::vector<std::string> names;
  names.reserve(w.scan.judgement.rules.size() + 1);
  for (const auto& rule : w.scan.judgement.rules) names.push_back(w.say(rule.name));
  if (!w.scan.pack.extras.empty()) names.emplace_back(w.ja() ? "参考" : "extras");
  const auto all = std::to_string(findings.size());
  std::string out = w.ja() ? "このPCの" + all + "項目（" + joined(names, w.language) + "）。"
                           : all + " items of this PC (" + joined(names, w.language) + ").";
  if (missed > 0)
    out += w.ja() ? "うち" + std::to_string(missed) + "項目は測れませんでした。"
                  : " " + std::to_string(missed) + " of them could not be measured.";
  const auto& system = w.scan.evidence.device.system;
  if (system && !system->elevated) out += w.ja() ? "管理者の権限なしで調べました。" : " Looked at without administrator rights.";
  return out;
}

std::string make_time(const Writer& w) {
  const auto local = w.scan.scanned_at + std::chrono::minutes(w.reader.offset_minutes);
  const std::chrono::hh_mm_ss clock{local - std::chrono::floor<std::chrono::days>(local)};
  const auto hours = std::to_string(clock.hours().count());
  auto minutes = std::to_string(clock.minutes().count());
  if (minutes.size() == 1) minutes.insert(0, 1, '0');
  return w.ja() ? hours + "時" + minutes + "分" : (hours.size() == 1 ? "0" : "") + hours + ":" + minutes;
}

}  // namespace

Report make_report(const ScanResult& scan, const Wording& wording, const Reader& reader, Language language, Audience audience) {
  const Writer w{scan, wording, reader, language, audience};
  Report out;
  out.language = language;
  const auto& device = scan.evidence.device;
  out.device = device.system ? platform::printable_utf8(device.system->host_name) : w.ja() ? "このPC" : "This PC";
  if (device.os) out.os = platform::printable_utf8(device.os->pretty_name);
  out.day = render_day(scan.scanned_at, language, reader);
  if (!w.everybody()) out.time = make_time(w);
  out.pack = w.say(scan.pack.name);
  out.counts = make_counts(w);
  for (const auto& rule : scan.judgement.rules) out.rules.push_back(make_rule(w, rule));
  for (const auto& judged : scan.judgement.findings)
    if (judged.role == Role::advice) out.advice.push_back(make_finding(w, judged));
  if (!w.everybody()) out.questions = make_questions(w);
  out.looked_at = make_looked_at(w);
  out.not_looked_at = joined(w.ja() ? scan.pack.not_looked_at.ja : scan.pack.not_looked_at.en, language);
  return out;
}

}  // namespace gokajo::agent
