#include "agent/check_pages.h"

#include <algorithm>

#include "compliance/layout.h"

namespace gokajo::agent {

using compliance::padded, compliance::wrapped;

using namespace compliance;

namespace {

const CheckWording* wording_of(const std::string& check) {
  const auto found = built_in_wording().find(check);
  return found == built_in_wording().end() ? nullptr : &found->second;
}

std::string name_of(const std::string& check, Language language) {
  const auto* wording = wording_of(check);
  return wording ? wording->name.in(language) : check;
}

std::vector<std::pair<std::string, CheckUse>> uses_in(const Pack& pack) {
  std::vector<std::pair<std::string, CheckUse>> uses;
  for (const auto& rule : pack.rules)
    for (const auto& entry : rule.checks)
      for (const auto& id : entry.checks()) uses.push_back({id, {rule.id, rule.name, entry}});
  for (const auto& entry : pack.extras)
    for (const auto& id : entry.checks()) uses.push_back({id, {"", {"参考", "Extras"}, entry}});
  return uses;
}

std::string settings_text(const Settings& settings) {
  std::string out;
  for (const auto& [name, value] : settings) out += (out.empty() ? "`" : ", `") + setting_line(name, value) + "`";
  return out;
}

void write_situations(std::string& out, const CheckWording& wording) {
  out += "\n| id | verdict | ja | en |\n|---|---|---|---|\n";
  const auto cell = [](std::string text) {
    for (auto at = text.find_first_of("|\n"); at != std::string::npos; at = text.find_first_of("|\n", at + 2))
      text.replace(at, 1, text[at] == '|' ? "\\|" : "  ");
    return text;
  };
  for (const auto& [id, situation] : wording.situations)
    out += "| `" + id + "` | " + std::string(verdict_name(situation.verdict, Language::ja)) + " " +
           std::string(verdict_name(situation.verdict, Language::en)) + " | " + cell(situation.saw.ja) + " | " + cell(situation.saw.en) +
           " |\n";
}

void write_check(std::string& out, const Check& check, const std::vector<Pack>& packs) {
  const auto* wording = wording_of(check.id);
  out += "\n### " + std::string(check.id) + "\n\n";
  if (wording) {
    out += "**" + wording->name.ja + " / " + wording->name.en + "**\n\n" + wording->looks_at.ja + "\n" + wording->looks_at.en + "\n";
    if (wording->limits) out += "\n限界: " + wording->limits->ja + "\nLimits: " + wording->limits->en + "\n";
  }
  out += "\n";
  for (const auto& pack : packs) {
    const auto use = use_of(pack, check.id);
    if (!use) {
      out += "- `" + pack.id + "`: not used\n";
      continue;
    }
    const auto settings = settings_text(effective_settings(check, &*use));
    out += "- `" + pack.id + "`: " + (use->rule.empty() ? "extra" : "rule `" + use->rule + "`") + ", " +
           (use->entry.role == Role::required ? "**required**" : "advice") + (settings.empty() ? "" : ", " + settings) + ". " +
           use->entry.reason.ja + " " + use->entry.reason.en + "\n";
  }
  if (wording) write_situations(out, *wording);
}

}  // namespace

std::optional<CheckUse> use_of(const Pack& pack, const std::string& check) {
  for (auto& [id, use] : uses_in(pack))
    if (id == check) return use;
  return std::nullopt;
}

std::string setting_line(const std::string& name, const Setting& setting) {
  if (const auto* value = std::get_if<std::int64_t>(&setting)) return name + " = " + std::to_string(*value);
  if (const auto* value = std::get_if<bool>(&setting)) return name + " = " + (*value ? "true" : "false");
  std::string list;
  for (const auto& entry : std::get<std::vector<std::string>>(setting)) list += (list.empty() ? "" : ", ") + entry;
  return name + " = " + (list.empty() ? "-" : list);
}

Settings effective_settings(const Check& check, const CheckUse* use) {
  Settings settings = check.settings;
  if (use && use->entry.settings)
    for (const auto& [name, value] : *use->entry.settings) settings.insert_or_assign(name, value);
  return settings;
}

std::string list_checks(const Pack& pack, Language language, int columns) {
  std::string out;
  std::vector<std::string> listed;
  const auto line = [&](const std::string& id, const std::string& remark) {
    listed.push_back(id);
    const std::string head = "  " + padded(id, 32) + " ";
    bool first = true;
    for (const auto& text : wrapped(name_of(id, language) + remark, columns - 35)) {
      out += (first ? head : std::string(35, ' ')) + text + "\n";
      first = false;
    }
  };
  const bool ja = language == Language::ja;
  std::string rule = "-";
  for (const auto& [id, use] : uses_in(pack)) {
    if (rule != use.rule) out += use.rule_name.in(language) + "\n";
    rule = use.rule;
    line(id, use.entry.role == Role::required ? (ja ? "（必須）" : " (required)") : "");
  }
  bool headed = false;
  for (const auto* check : all_checks()) {
    if (std::find(listed.begin(), listed.end(), check->id) != listed.end()) continue;
    if (!headed) out += ja ? "この規則の組では使わないもの\n" : "Not used by this pack\n";
    headed = true;
    line(check->id, "");
  }
  return out;
}

std::string checks_markdown() {
  std::vector<Pack> packs;
  for (const auto& id : built_in_pack_ids())
    if (auto pack = built_in_pack(id)) packs.push_back(std::move(*pack));
  std::string out =
      "# Checks\n\n"
      "Printed by `gokajo checks --format markdown` from the catalogue, the wording and the rule packs; a test fails when this file is "
      "stale.\n"
      "Required checks decide a rule, advice never does. Settings are shown as each pack sets them.\n";
  std::string topic;
  for (const auto* check : all_checks()) {
    const std::string id = check->id;
    if (const auto now = id.substr(0, id.find('.')); now != topic) out += "\n## " + (topic = now) + "\n";
    write_check(out, *check, packs);
  }
  return out;
}

}  // namespace gokajo::agent
