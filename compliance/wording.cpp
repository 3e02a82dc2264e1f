#include "compliance/wording.h"

#include <algorithm>
#include <array>

#include "compliance/earlier.h"
#include "platform/embedded.h"

namespace gokajo::compliance {
namespace {

constexpr std::size_t kMaxWordingBytes = 4U << 20U;
constexpr std::size_t kListShown = 5;

using Values = std::map<std::string, Parameter, std::less<>>;

// What stands for all items in one sentence.
struct Joined {
  std::string items;
  std::string names;
};

std::string substitute(std::string_view sentence, const Parameters& parameters, const Joined& joined, Language language,
                       const Reader& reader) {
  std::string out;
  while (!sentence.empty()) {
    const auto open = std::min(sentence.find('{'), sentence.size());
    out += sentence.substr(0, open);
    sentence.remove_prefix(open);
    if (sentence.empty()) break;
    const auto close = sentence.find('}');
    if (close == std::string_view::npos) return out.append(sentence);
    const auto name = sentence.substr(1, close - 1);
    const auto value = parameters.find(std::string(name));
    if (name == "items")
      out += joined.items;
    else if (name == "names")
      out += joined.names;
    else if (value != parameters.end())
      out += render_parameter(value->second, language, reader);
    else
      out += sentence.substr(0, close + 1);
    sentence.remove_prefix(close + 1);
  }
  return out;
}

std::string join(const std::vector<std::string>& names, Language language) {
  std::string out;
  const bool ja = language == Language::ja;
  for (std::size_t i = 0; i < std::min(names.size(), kListShown); ++i)
    out += (i == 0 ? "" : ja ? "、" : ", ") + platform::printable_utf8(names[i]);
  if (names.size() > kListShown) {
    const auto more = std::to_string(names.size() - kListShown);
    out += ja ? "、ほか" + more + "件" : " and " + more + " more";
  }
  return out;
}

struct RenderParameter {
  Language language;
  const Reader& reader;
  std::string operator()(const Count& v) const { return std::to_string(v.value); }
  std::string operator()(const DayCount& v) const {
    if (language == Language::ja) return std::to_string(v.value) + "日";
    return std::to_string(v.value) + (v.value == 1 ? " day" : " days");
  }
  std::string operator()(const Date& v) const { return render_day(v.value, language, reader); }
  std::string operator()(const Name& v) const { return platform::printable_utf8(v.value); }
  std::string operator()(const Version& v) const { return platform::printable_utf8(v.value); }
  std::string operator()(const List& v) const { return join(v.value, language); }
};

const std::vector<Text>* steps_for(const Situation& situation, const Reader& reader) {
  if (situation.fix_on)
    for (const auto& system : reader.systems)
      if (const auto found = situation.fix_on->find(system); found != situation.fix_on->end()) return &found->second;
  return situation.fix ? &*situation.fix : nullptr;
}

const Situation* find_situation(const Wording& wording, const std::string& check, const std::string& situation) {
  const auto entry = wording.find(check);
  if (entry == wording.end()) return nullptr;
  const auto found = entry->second.situations.find(situation);
  return found == entry->second.situations.end() ? nullptr : &found->second;
}

}  // namespace

const Wording& built_in_wording() {
  static const Wording wording = [] {
    Wording all;
    for (const auto& file : embedded::wording()) {
      auto read = read_wording(file.text);
      if (!read) continue;  // a test reads every file and fails on it
      for (auto& [id, entry] : *read) all.insert_or_assign(id, std::move(entry));
    }
    return all;
  }();
  return wording;
}

platform::Result<Wording> read_wording(std::string_view text) {
  auto json = platform::parse_json(text, kMaxWordingBytes);
  if (!json) return json.error();
  Wording wording;
  if (auto status = platform::read_form(*json, wording, platform::Place{}); !status) return status.error();
  return wording;
}

// A check may word an absence of its own ("unmeasured-denied"); otherwise the common sentence for the reason serves.
const Situation* situation_of(const Finding& finding, const Wording& wording) {
  if (finding.situation != "unmeasured") {
    const auto* own = find_situation(wording, finding.check, finding.situation);
    return own ? own : find_situation(wording, "common", finding.situation);
  }
  const std::string reason = platform::to_form(finding.absence ? finding.absence->reason : ErrorKind::not_asked).get<std::string>();
  const auto* own = find_situation(wording, finding.check, "unmeasured-" + reason);
  return own ? own : find_situation(wording, "common", "unmeasured-" + reason);
}

namespace {

const char* sentence_of(const EarlierAnswer& earlier) {
  if (earlier.counts) return earlier.days == 0 ? "earlier-counts-today" : "earlier-counts";
  return platform::Days{earlier.days} > kEarlierCounts ? "earlier-too-old" : "earlier-not-enough";
}

// Said behind what was seen: when the PC said what this rests on, or what it said last.
void add_earlier(const EarlierAnswer& earlier, const Wording& wording, const Reader& reader, Text& saw) {
  const Situation* situation = find_situation(wording, "common", sentence_of(earlier));
  if (!situation) return;
  Parameters said = {{"date", Date{earlier.observed_at}}, {"days", DayCount{earlier.days}}, {"limit", DayCount{kEarlierCounts.count()}}};
  const auto in = [&](const std::string& text, Language language) {
    said.insert_or_assign("verdict", Name{std::string(verdict_name(earlier.verdict, language))});
    return substitute(text, said, {}, language, reader);
  };
  saw.ja += in(situation->saw.ja, Language::ja);
  saw.en += " " + in(situation->saw.en, Language::en);
}

}  // namespace

RenderedFinding render(const Finding& finding, const Wording& wording, const Reader& reader) {
  RenderedFinding out;
  const auto entry = wording.find(finding.check);
  out.name = entry == wording.end() ? Text{finding.check, finding.check} : entry->second.name;
  const Situation* situation = situation_of(finding, wording);
  if (!situation) {
    out.saw = {finding.situation, finding.situation};
    return out;
  }
  Parameters parameters = finding.parameters;
  parameters.emplace("check", Name{});
  if (finding.first_seen) parameters.emplace("first_seen", Date{*finding.first_seen});
  const auto write = [&](const Text& text, const Joined& ja_joined, const Joined& en_joined) {
    auto ja = parameters, en = parameters;
    ja["check"] = Name{out.name.ja};
    en["check"] = Name{out.name.en};
    return Text{substitute(text.ja, ja, ja_joined, Language::ja, reader), substitute(text.en, en, en_joined, Language::en, reader)};
  };
  std::vector<std::string> ja_items, en_items, names;
  for (const auto& item : finding.items) {
    if (!situation->item) break;
    Text text{substitute(situation->item->ja, item, {}, Language::ja, reader),
              substitute(situation->item->en, item, {}, Language::en, reader)};
    ja_items.push_back(text.ja);
    en_items.push_back(text.en);
    if (const auto name = item.find("name"); name != item.end()) names.push_back(render_parameter(name->second, Language::ja, reader));
    out.items.push_back(std::move(text));
  }
  const Joined ja_joined{join(ja_items, Language::ja), join(names, Language::ja)},
      en_joined{join(en_items, Language::en), join(names, Language::en)};
  out.saw = write(situation->saw, ja_joined, en_joined);
  if (finding.earlier) add_earlier(*finding.earlier, wording, reader, out.saw);
  if (situation->why) out.why = write(*situation->why, ja_joined, en_joined);
  if (const auto* steps = steps_for(*situation, reader))
    for (const auto& step : *steps) out.fix.push_back(write(step, ja_joined, en_joined));
  return out;
}

std::string render_parameter(const Parameter& parameter, Language language, const Reader& reader) {
  return std::visit(RenderParameter{language, reader}, parameter);
}

std::vector<std::string> placeholders(std::string_view sentence) {
  std::vector<std::string> names;
  for (auto open = sentence.find('{'); open != std::string_view::npos; open = sentence.find('{', open + 1)) {
    const auto close = sentence.find('}', open);
    if (close == std::string_view::npos) break;
    std::string name(sentence.substr(open + 1, close - open - 1));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

std::string render_day(Time time, Language language, const Reader& reader) {
  static constexpr std::array<const char*, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                          "July",    "August",   "September", "October", "November", "December"};
  const std::chrono::year_month_day day{platform::local_day(time, reader.offset_minutes)};
  const auto year = std::to_string(static_cast<int>(day.year()));
  const auto month = static_cast<unsigned>(day.month());
  const auto date = std::to_string(static_cast<unsigned>(day.day()));
  if (language == Language::ja) return year + "年" + std::to_string(month) + "月" + date + "日";
  return date + " " + kMonths[month - 1] + " " + year;
}

std::string_view verdict_name(Verdict verdict, Language language) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> kNames = {{{"適合", "OK"},
                                                                             {"要対応", "Needs action"},
                                                                             {"測定不能", "Could not measure"},
                                                                             {"要確認", "Please answer"},
                                                                             {"対象外", "Does not apply"}}};
  return kNames[static_cast<std::size_t>(verdict)][language == Language::ja ? 0 : 1];
}

}  // namespace gokajo::compliance
