#include "hub/web/parts.h"

#include <algorithm>
#include <charconv>

#include "compliance/wording.h"

namespace gokajo::hub {

using compliance::Verdict;

std::string sentence(const Visit& visit, std::string_view key, const std::map<std::string, std::string>& values) {
  const auto& pattern = page_word(key, visit.language);
  std::string text;
  // Values are put in as they are: none of theirs is a place for another.
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    const auto close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) return text + pattern.substr(at);
    const auto value = values.find(pattern.substr(open + 1, close - open - 1));
    text += pattern.substr(at, open - at) + (value == values.end() ? pattern.substr(open, close - open + 1) : value->second);
    at = close + 1;
  }
  return text;
}

std::string company_path(const Visit& visit) { return "/c/" + visit.company->id; }

std::string device_path(const Visit& visit, const std::string& device) { return company_path(visit) + "/devices/" + device; }

PageData pc_link(const Visit& visit, const std::string& device, const std::string& label) {
  PageData one;
  one.set("href", device_path(visit, device));
  one.set("label", shown(label));
  return one;
}

std::string plan_text(const Visit& visit, const Plan& plan) {
  if (plan.state == PlanState::doing || !plan.until) return page_word("company.plan_doing", visit.language);
  return sentence(visit, visit.now > *plan.until ? "company.plan_over" : "company.plan_planned", {{"day", day_of(visit, *plan.until)}});
}

std::string verdict_text(const Visit& visit, Verdict verdict) { return std::string(compliance::verdict_name(verdict, visit.language)); }

PageData verdict_meanings(const Visit& visit) {
  PageData list = new_list();
  for (const auto& [verdict, key] : {std::pair{Verdict::pass, "verdict.pass"},
                                     {Verdict::fail, "verdict.fail"},
                                     {Verdict::unknown, "verdict.unknown"},
                                     {Verdict::ask, "verdict.ask"},
                                     {Verdict::not_applicable, "verdict.not_applicable"}}) {
    PageData one;
    one.set("word", verdict_text(visit, verdict));
    one.set("means", page_word(key, visit.language));
    list << one;
  }
  return list;
}

std::string verdict_class(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
    case Verdict::not_applicable:
      return "good";
    case Verdict::fail:
      return "bad";
    case Verdict::unknown:
    case Verdict::ask:
      break;
  }
  return "open";
}

std::string check_name(const Visit& visit, const std::string& check) {
  const auto& wording = compliance::built_in_wording();
  const auto found = wording.find(check);
  return found == wording.end() ? check : found->second.name.in(visit.language);
}

std::string check_in_path(std::string check) {
  std::replace(check.begin(), check.end(), '.', '_');
  return check;
}

std::string check_of_path(std::string segment) {
  std::replace(segment.begin(), segment.end(), '_', '.');
  return segment;
}

std::int64_t page_number(const Visit& visit) {
  std::int64_t page = 1;
  const auto& text = visit.field("page");
  (void)std::from_chars(text.data(), text.data() + text.size(), page);
  return std::clamp<std::int64_t>(page, 1, 1000000);
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

compliance::Reader reader_of(const Visit& visit) {
  compliance::Reader reader;
  if (visit.company) reader.offset_minutes = static_cast<int>(visit.company->offset_minutes);
  return reader;
}

}  // namespace gokajo::hub
