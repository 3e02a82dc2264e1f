/// \file
/// A scan as a person reads it, in one language: what the text and the page are both made from. Pure; no layout here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "agent/scan.h"
#include "compliance/wording.h"

namespace gokajo::agent {

using compliance::Language, compliance::Verdict;

/// `saw`: with 初めて確認した日, 自己申告 and 例外 where they apply. `next`: what to do, "直し方", with the `command` that shows it; both
/// empty when nothing is to be done.
struct ReportFinding {
  std::string check;
  Verdict verdict = Verdict::unknown;
  std::string verdict_name;
  std::string name;
  std::string label;  ///< how a pack heads it where it stands outside the rules; empty when it does not
  std::string saw;
  std::string why;
  std::vector<std::string> fix;
  std::string next;
  std::string command;
};
BOOST_DESCRIBE_STRUCT(ReportFinding, (), (check, verdict, verdict_name, name, label, saw, why, fix, next, command))

/// `findings`: those that decide the verdict first, then other required ones that did not pass, then those that did.
struct ReportRule {
  std::int64_t number = 0;
  std::string name;
  Verdict verdict = Verdict::unknown;
  std::string verdict_name;
  std::vector<ReportFinding> findings;  ///< required
};
BOOST_DESCRIBE_STRUCT(ReportRule, (), (number, name, verdict, verdict_name, findings))

/// A pack's question to the company, with the answer that counts now (empty: unanswered).
struct ReportQuestion {
  std::string id;
  std::string ask;
  std::string answer;
  std::string who;
  std::string day;
  std::string valid_until;
};
BOOST_DESCRIBE_STRUCT(ReportQuestion, (), (id, ask, answer, who, day, valid_until))

/// Who reads it: whoever asked for the scan, or everybody who uses the PC. The latter is not told what names an account, a folder, an
/// address or a setting of a person (agent/for_everybody.h), when it was (`time` is empty), nor what the company answered.
enum class Audience { whoever_scanned, everybody };

struct Report {
  Language language = Language::ja;
  std::string device;
  std::string day;   ///< "2026年11月24日"
  std::string time;  ///< "9時02分"
  std::string os;    ///< empty when it could not be read
  std::string pack;
  std::vector<std::string> counts;  ///< "直すもの1", ...
  std::vector<ReportRule> rules;
  std::vector<ReportFinding> advice;  ///< of the rules and of the extras; decides nothing
  std::vector<ReportQuestion> questions;
  std::string looked_at;
  std::string not_looked_at;
};
BOOST_DESCRIBE_STRUCT(Report, (), (language, device, day, time, os, pack, counts, rules, advice, questions, looked_at, not_looked_at))

Report make_report(const ScanResult& scan, const compliance::Wording& wording, const compliance::Reader& reader, Language language,
                   Audience audience = Audience::whoever_scanned);

}  // namespace gokajo::agent
