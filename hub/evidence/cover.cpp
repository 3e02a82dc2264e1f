#include "hub/evidence/cover.h"

#include "compliance/wording.h"
#include "hub/chores.h"
#include "hub/counted.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using compliance::Language;

namespace {

std::string filled_word(const char* key, Language language, const std::string& name = {}, const std::string& value = {}) {
  auto text = page_word(key, language);
  const auto mark = "{" + name + "}";
  if (const auto at = text.find(mark); !name.empty() && at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}

std::string with_number(const char* key, Language language, std::int64_t number) {
  return filled_word(key, language, "n", std::to_string(number));
}

std::vector<TableRow> results_of(const std::vector<RuleResult>& rules, Language language) {
  using compliance::Verdict;
  TableRow head = {page_word("self_check.rule", language)};
  std::vector<std::string> counted;
  for (const auto verdict : {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable}) {
    head.emplace_back(compliance::verdict_name(verdict, language));
    counted.emplace_back(boost::describe::enum_to_string(verdict, ""));
  }
  head.push_back(page_word("export.silent", language));
  head.push_back(page_word("export.resting", language));
  counted.insert(counted.end(), {kSilentVerdict, kRestingVerdict});
  std::vector<TableRow> rows{std::move(head)};
  for (const auto& rule : rules) {
    TableRow row = {rule.name.in(language)};
    for (const auto& verdict : counted) {
      const auto found = rule.pcs.find(verdict);
      row.push_back(std::to_string(found == rule.pcs.end() ? 0 : found->second));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Cover cover_of(const CoverInput& input, Language language) {
  const auto& manifest = input.manifest;
  const bool internal = manifest.kind == PackKind::internal;
  const auto word = [&](const char* key) { return page_word(key, language); };
  const compliance::Reader reader{static_cast<int>(input.company.offset_minutes), {}};
  const auto day = [&](Time time) { return compliance::render_day(time, language, reader); };

  Cover cover;
  cover.title = word(internal ? "evidence.cover.title.internal" : "evidence.cover.title.submission");
  cover.company = shown(input.company.name);
  // The last day, not the moment after it.
  cover.period =
      word("evidence.cover.period") + day(manifest.from) + word("evidence.cover.to") + day(manifest.until - std::chrono::seconds{1});
  cover.results_title = filled_word("evidence.cover.results", language, "day", day(manifest.made_at));
  cover.results = results_of(input.counts.rules, language);
  const auto pieces = [&](std::int64_t number) { return with_number("evidence.cover.pieces", language, number); };
  const auto machines = [&](std::int64_t number) { return with_number("evidence.cover.machines", language, number); };
  cover.facts = {
      {word("evidence.cover.number"), with_number("evidence.numbered", language, manifest.number)},
      {word("evidence.cover.made"), day(manifest.made_at)},
      {word("evidence.cover.pcs"), machines(input.counts.devices)},
      {word("evidence.cover.stated"),
       input.company.stated_devices ? machines(*input.company.stated_devices) : word("self_check.not_stated")},
      {word("evidence.cover.reports"), pieces(input.counts.reports)},
      {word("evidence.cover.reports_from"), input.counts.reports_from ? day(*input.counts.reports_from) : word("evidence.cover.none")},
      {word("evidence.cover.changes"), pieces(input.counts.changes)},
      {word("evidence.cover.declarations"), pieces(input.counts.declarations)},
      {word("evidence.cover.deeds"), pieces(input.counts.deeds)},
      {word("evidence.cover.previous"), manifest.previous ? in_groups(head_of(*manifest.previous)) : word("evidence.cover.first")},
      {word("evidence.cover.key"), in_groups(input.key)}};
  Cover::Part proves{word("evidence.cover.proves"),
                     {word("evidence.cover.proves.unchanged"), word("evidence.cover.proves.key"), word("evidence.cover.proves.chain"),
                      word("evidence.cover.proves.date")}};
  Cover::Part not_proves{word("evidence.cover.not"),
                         {word("evidence.cover.not.self"), word("evidence.cover.not.unseen"), word("evidence.cover.not.before"),
                          word("evidence.cover.not.verdicts"),
                          filled_word("evidence.cover.not.reports", language, "days", std::to_string(kKeepReports.count()))}};
  if (!internal) not_proves.points.push_back(word("evidence.cover.not.names"));
  Cover::Part how{word("evidence.cover.how"),
                  {word("evidence.cover.how.run"), word("evidence.cover.how.compare"), word("evidence.cover.how.own")}};
  cover.parts = {std::move(proves), std::move(not_proves), std::move(how)};
  cover.remark = word("evidence.cover.remark");
  return cover;
}

std::string text_of(const Cover& cover) {
  std::string text = cover.title + "\n" + cover.company + "\n" + cover.period + "\n" + cover.remark + "\n\n" + cover.results_title + "\n";
  for (std::size_t i = 1; i < cover.results.size(); ++i) {
    text += cover.results[i].front().text + ":";
    for (std::size_t k = 1; k < cover.results[i].size(); ++k)
      text += (k > 1 ? " / " : " ") + cover.results.front()[k].text + " " + cover.results[i][k].text;
    text += "\n";
  }
  text += "\n";
  for (const auto& [what, value] : cover.facts) text += what + ": " + value + "\n";
  for (const auto& part : cover.parts) {
    text += "\n" + part.title + "\n";
    for (const auto& point : part.points) text += "- " + point + "\n";
  }
  return text;
}

}  // namespace gokajo::hub
