// ルール集を比べる: what each rule pack asks, side by side, and what of the company's PCs would be judged otherwise.
#include <algorithm>

#include "compliance/setting_range.h"
#include "hub/pack_comparison.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using compliance::PackCheck, compliance::Settings, compliance::Verdict, platform::Result;

namespace {

constexpr Verdict kOrder[] = {Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::pass, Verdict::not_applicable};
constexpr std::size_t kMostNamed = 5;

std::string number(std::size_t n) { return std::to_string(n); }

std::string list_text(const Visit& visit, const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text += (text.empty() ? ""
             : visit.ja() ? "・"
                          : ", ") +
            page_word(name == "office"    ? "packs.kind_office"
                      : name == "browser" ? "packs.kind_browser"
                      : name == "runtime" ? "packs.kind_runtime"
                      : name == "server"  ? "packs.kind_server"
                                          : "packs.kind_client",
                      visit.language);
  return text;
}

// "14日": where a setting is told in words, with what it is.
std::string setting_text(const Visit& visit, const std::string& check, const std::string& name, const compliance::Setting& value) {
  if (const auto* figure = std::get_if<std::int64_t>(&value)) {
    const auto* range = compliance::range_of(check, name);
    if (!range) return {};
    return range->text.in(visit.language) + (visit.ja() ? "：" : ": ") + std::to_string(*figure) + (visit.ja() ? "" : " ") +
           range->unit.in(visit.language);
  }
  if (const auto* is_on = std::get_if<bool>(&value))
    return *is_on && name == "eight_with_lockout" ? page_word("packs.eight", visit.language) : "";
  const auto* names = std::get_if<std::vector<std::string>>(&value);
  return names && !names->empty() && name.starts_with("required_")
             ? sentence(visit, "packs.decided_by", {{"names", list_text(visit, *names)}})
             : "";
}

std::vector<std::string> settings_texts(const Visit& visit, const std::string& check, const Settings& settings) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : settings)
    if (auto text = setting_text(visit, check, name, value); !text.empty()) texts.push_back(std::move(text));
  return texts;
}

const std::string& role_text(const Visit& visit, const PlacedCheck& one) {
  if (!one.entry) return page_word("packs.not_looked_at", visit.language);
  return page_word(one.entry->role == compliance::Role::required ? "packs.required" : "packs.advice", visit.language);
}

std::map<Verdict, std::size_t> counts_of(const std::map<std::string, Verdict>& by_pc) {
  std::map<Verdict, std::size_t> counts;
  for (const auto& [pc, verdict] : by_pc) ++counts[verdict];
  return counts;
}

std::string counts_text(const Visit& visit, const std::map<Verdict, std::size_t>& counts) {
  std::string text;
  for (const auto verdict : kOrder)
    if (const auto found = counts.find(verdict); found != counts.end())
      text += (text.empty() ? ""
               : visit.ja() ? "・"
                            : ", ") +
              sentence(visit, "packs.count", {{"verdict", verdict_text(visit, verdict)}, {"n", number(found->second)}});
  return text;
}

const std::map<std::string, Verdict>& verdicts_of(const PackOutcome& outcome, const std::string& check) {
  static const std::map<std::string, Verdict> kNone;
  const auto found = outcome.checks.find(check);
  return found == outcome.checks.end() ? kNone : found->second;
}

// Whether the two packs ask another thing of a check.
bool asks_otherwise(const std::string& check, const PlacedCheck& one, const PlacedCheck& other) {
  if (!one.entry || !other.entry) return one.entry != other.entry;
  return one.entry->role != other.entry->role || settings_of(*one.entry, check) != settings_of(*other.entry, check);
}

// Every check of any of the packs, in their order.
std::vector<std::string> all_checks_of(const PackComparison& comparison) {
  std::vector<std::string> all;
  const auto add = [&](const std::vector<PackCheck>& entries) {
    for (const auto& entry : entries)
      for (const auto& check : entry.checks())
        if (std::find(all.begin(), all.end(), check) == all.end()) all.push_back(check);
  };
  for (const auto& column : comparison.columns)
    for (const auto& rule : column.pack.rules) add(rule.checks);
  for (const auto& column : comparison.columns) add(column.pack.extras);
  return all;
}

PageData summary_data(const Visit& visit, const PackComparison& comparison) {
  PageData rows = new_list();
  for (std::size_t i = 0; i < comparison.columns.size(); ++i) {
    const auto& column = comparison.columns[i];
    PageData row;
    row.set("name", column.pack.name.in(visit.language));
    if (column.current) row.set("in_force", yes());
    if (!column.fits) row.set("unfit", yes());
    std::size_t required = 0;
    for (const auto& rule : column.pack.rules)
      required += static_cast<std::size_t>(std::count_if(rule.checks.begin(), rule.checks.end(),
                                                         [](const PackCheck& one) { return one.role == compliance::Role::required; }));
    row.set("rules", number(column.pack.rules.size()));
    row.set("required", number(required));
    row.set("questions", number(column.pack.questions.size()));
    if (comparison.has_numbers()) row.set("pcs", counts_text(visit, counts_of(comparison.outcomes[i].pcs)));
    rows << row;
  }
  return rows;
}

// PCs of which the check says another thing than by the pack in force, by what it says then.
PageData changed_pcs(const Visit& visit, const PackComparison& comparison, std::size_t at, std::size_t current, const std::string& check) {
  PageData lines = new_list();
  const auto &now = verdicts_of(comparison.outcomes[current], check), &then = verdicts_of(comparison.outcomes[at], check);
  for (const auto verdict : kOrder) {
    PageData line, pcs = new_list();
    std::size_t count = 0;
    for (const auto& [pc, found] : then) {
      const auto before = now.find(pc);
      if (found != verdict || (before != now.end() && before->second == verdict)) continue;
      if (count++ < kMostNamed) pcs << pc_link(visit, pc, comparison.judged.at(pc));
    }
    if (count == 0) continue;
    line.set("text", sentence(visit, "packs.becomes", {{"verdict", verdict_text(visit, verdict)}, {"n", number(count)}}));
    line.set("class", verdict_class(verdict));
    line.set("pcs", pcs);
    if (count > kMostNamed) line.set("more", sentence(visit, "company.pcs_more", {{"n", number(count - kMostNamed)}}));
    lines << line;
  }
  return lines;
}

// One line for each check of which the pack asks another thing than the one in force.
PageData differences_data(const Visit& visit, const PackComparison& comparison, std::size_t at, std::size_t current,
                          const std::vector<std::string>& checks) {
  PageData lines = new_list();
  const auto& pack = comparison.columns[at].pack;
  for (const auto& check : checks) {
    const auto here = placed(comparison.columns[current].pack, check), there = placed(pack, check);
    if (!asks_otherwise(check, here, there)) continue;
    PageData line;
    line.set("name", check_name(visit, check));
    const auto &before = role_text(visit, here), &after = role_text(visit, there);
    line.set("role", before == after ? after : sentence(visit, "packs.from_to", {{"before", before}, {"after", after}}));
    PageData texts = new_list();
    if (there.entry) {
      const auto old = here.entry ? settings_texts(visit, check, settings_of(*here.entry, check)) : std::vector<std::string>();
      for (const auto& text : settings_texts(visit, check, settings_of(*there.entry, check)))
        if (std::find(old.begin(), old.end(), text) == old.end()) texts << PageData{"text", text};
      line.set("reason", there.entry->reason.in(visit.language));
    }
    line.set("settings", texts);
    if (comparison.has_numbers()) {
      if (there.entry) line.set("counts", counts_text(visit, counts_of(verdicts_of(comparison.outcomes[at], check))));
      line.set("changed", changed_pcs(visit, comparison, at, current, check));
    }
    lines << line;
  }
  return lines;
}

PageData others_data(const Visit& visit, const PackComparison& comparison, std::size_t current, const std::vector<std::string>& checks) {
  PageData others = new_list();
  for (std::size_t i = 0; i < comparison.columns.size(); ++i) {
    if (i == current) continue;
    const auto& column = comparison.columns[i];
    PageData one;
    one.set("name", column.pack.name.in(visit.language));
    if (!column.fits) one.set("unfit", yes());
    if (comparison.has_numbers()) {
      const auto failing = [&](std::size_t at) {
        const auto counts = counts_of(comparison.outcomes[at].pcs);
        const auto found = counts.find(Verdict::fail);
        return found == counts.end() ? 0 : found->second;
      };
      one.set("first", sentence(visit, "packs.pcs_failing", {{"n", number(failing(i))}, {"now", number(failing(current))}}));
    }
    auto lines = differences_data(visit, comparison, i, current, checks);
    const auto asked = column.pack.questions.size(), asks = comparison.columns[current].pack.questions.size();
    if (asked != asks) one.set("questions", sentence(visit, "packs.questions", {{"n", number(asked)}, {"now", number(asks)}}));
    if (lines.list_value().empty()) one.set("same", yes());
    one.set("lines", lines);
    others << one;
  }
  return others;
}

PageData table_data(const Visit& visit, const PackComparison& comparison, const std::vector<std::string>& checks) {
  PageData rows = new_list();
  for (const auto& check : checks) {
    PageData row, cells = new_list();
    row.set("name", check_name(visit, check));
    for (std::size_t i = 0; i < comparison.columns.size(); ++i) {
      const auto one = placed(comparison.columns[i].pack, check);
      PageData cell, texts = new_list();
      cell.set("pack", comparison.columns[i].pack.name.in(visit.language));
      cell.set("role", role_text(visit, one));
      if (one.entry)
        for (const auto& text : settings_texts(visit, check, settings_of(*one.entry, check))) texts << PageData{"text", text};
      cell.set("settings", texts);
      if (comparison.has_numbers() && one.entry)
        cell.set("counts", counts_text(visit, counts_of(verdicts_of(comparison.outcomes[i], check))));
      cells << cell;
    }
    row.set("cells", cells);
    rows << row;
  }
  return rows;
}

}  // namespace

Result<HttpReply> show_packs(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto page = book.of(visit.company->id, visit.now);
  if (!page) return page.error();
  const auto comparison = compare_packs(visit.store(), **page, visit.now);
  if (!comparison) return comparison.error();
  const auto& columns = comparison->columns;
  const auto current = static_cast<std::size_t>(
      std::find_if(columns.begin(), columns.end(), [](const PackColumn& one) { return one.current; }) - columns.begin());
  const auto checks = all_checks_of(*comparison);
  PageData data, headings = new_list();
  for (const auto& column : columns) headings << PageData{"text", column.pack.name.in(visit.language)};
  data.set("headings", headings);
  data.set("summary", summary_data(visit, *comparison));
  if (current < columns.size()) {
    data.set("current", columns[current].pack.name.in(visit.language));
    data.set("others", others_data(visit, *comparison, current, checks));
  }
  data.set("table", table_data(visit, *comparison, checks));
  if (comparison->has_numbers()) {
    data.set("numbers", sentence(visit, "packs.numbers", {{"n", number(comparison->judged.size())}}));
    if (const auto left = comparison->quiet + comparison->without; left > 0)
      data.set("left_out", sentence(visit, "packs.left_out", {{"n", std::to_string(left)}}));
  } else {
    data.set("no_numbers", comparison->registered > kMostCompared
                               ? sentence(visit, "packs.too_many",
                                          {{"n", std::to_string(comparison->registered)}, {"most", std::to_string(kMostCompared)}})
                               : page_word("packs.no_pcs", visit.language));
  }
  return show(visit, "packs.html", "packs.title", data);
}

}  // namespace gokajo::hub
