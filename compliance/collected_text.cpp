#include "compliance/collected_text.h"

#include "compliance/wording.h"

namespace gokajo::compliance {

std::string purpose_of(const CollectedGroup& group, Language language) {
  const bool ja = language == Language::ja;
  std::string out;
  for (const auto& id : group.checks.value_or(std::vector<std::string>{})) {
    const auto wording = built_in_wording().find(id);
    const std::string name = wording == built_in_wording().end() ? id : wording->second.name.in(language);
    out += (out.empty() ? "" : ja ? "、" : ", ") + (ja ? "「" + name + "」" : name);
  }
  if (group.checks && !group.checks->empty()) out += ja ? "の点検" : "";
  if (group.purpose) out += (out.empty() ? "" : ja ? "。" : ". ") + group.purpose->in(language);
  return out;
}

std::string kept_for(const CollectedGroup& group, Language language) {
  std::string out;
  for (const auto& id : group.kept)
    for (const auto& retention : built_in_collected().retention)
      if (retention.id == id) out += (out.empty() ? "" : language == Language::ja ? "／" : "; ") + retention.text.in(language);
  return out;
}

std::string concerns_of(const CollectedGroup& group, Language language) {
  const bool ja = language == Language::ja;
  switch (group.person) {
    case Concerns::no:
      return ja ? "関わりません" : "no";
    case Concerns::may:
      return ja ? "関わることがあります" : "it may";
    case Concerns::yes:
      break;
  }
  return ja ? "関わります（ユーザー名など）" : "yes (an account's name or the like)";
}

}  // namespace gokajo::compliance
