#include "collectors/parse/antivirus_tools.h"

#include "collectors/parse/lines.h"
#include "platform/json_form.h"

namespace gokajo::collectors::parse {

using platform::Error, platform::ErrorKind, platform::Json, platform::Result, platform::Time;

namespace {

constexpr std::size_t kMaxBytes = 256 << 10;

// A member, or its "value" where the product wraps it with who manages it.
const Json* member(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return nullptr;
  if (!found->is_object()) return &*found;
  const auto value = found->find("value");
  return value == found->end() ? nullptr : &*value;
}

std::optional<bool> boolean(const Json& object, const char* name) {
  const auto* value = member(object, name);
  if (!value || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

std::optional<Time> milliseconds(const Json& object, const char* name) {
  const auto* value = member(object, name);
  if (!value) return std::nullopt;
  const auto count = value->is_string() ? number(value->get_ref<const std::string&>()) : std::nullopt;
  if (!count || *count <= 0) return std::nullopt;
  return platform::time_from_unix(*count / 1000);
}

// The text behind "label", with the colon and blanks before it taken off.
std::optional<std::string_view> labelled(std::string_view text, std::string_view label) {
  for (auto line : lines(text)) {
    line = trimmed(line);
    if (line.starts_with("- ")) line = trimmed(line.substr(2));
    if (!line.starts_with(label)) continue;
    auto rest = line.substr(label.size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != ':' && rest.front() != '\t') continue;
    while (!rest.empty() && (rest.front() == ':' || rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
    return rest;
  }
  return std::nullopt;
}

}  // namespace

Result<MdatpHealth> parse_mdatp_health(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  if (!json->is_object()) return Error{ErrorKind::malformed, "mdatp health: not an object"};
  const auto missing = [](const char* name) {
    return Error{ErrorKind::malformed, std::string("mdatp health: no usable \"") + name + "\""};
  };
  const auto real_time = boolean(*json, "realTimeProtectionEnabled"), passive = boolean(*json, "passiveModeEnabled");
  const auto licensed = boolean(*json, "licensed");
  const auto updated = milliseconds(*json, "definitionsUpdated");
  if (!real_time) return missing("realTimeProtectionEnabled");
  if (!passive) return missing("passiveModeEnabled");
  if (!licensed) return missing("licensed");
  if (!updated) return missing("definitionsUpdated");
  const auto status = json->find("definitionsStatus");
  if (status == json->end() || !status->is_object() || !status->contains("$type") || !(*status)["$type"].is_string())
    return missing("definitionsStatus.$type");
  MdatpHealth health{
      *real_time, *passive, *licensed, (*status)["$type"] == "upToDate", *updated, "", milliseconds(*json, "productExpiration")};
  if (const auto* version = member(*json, "definitionsVersion"); version && version->is_string())
    health.definitions_version = version->get<std::string>();
  if (boolean(*json, "realTimeProtectionAvailable") == false) health.real_time = false;
  return health;
}

std::optional<bool> parse_falcon_rfm(std::string_view text) {
  const auto at = text.find("rfm-state=");
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = text.substr(at + 10);
  const auto value = rest.substr(0, std::min(rest.find_first_of(".,\r\n "), rest.size()));
  if (value == "true") return true;
  if (value == "false") return false;
  return std::nullopt;
}

std::optional<SentinelStatus> parse_sentinel_status(std::string_view text) {
  const auto state = labelled(text, "Agent state");
  if (state != "Enabled" && state != "Disabled") return std::nullopt;
  const auto agent = labelled(text, "agent");
  return SentinelStatus{state == "Enabled", agent && number(trimmed(*agent)).has_value()};
}

std::optional<EsetEngine> parse_eset_modules(std::string_view text) {
  for (const auto line : lines(text)) {
    const auto word = words(line);  // EM002 31832 (20250909) Detection engine
    if (word.size() < 3 || word[0] != "EM002" || word[2].size() != 10 || word[2].front() != '(' || word[2].back() != ')') continue;
    const std::string day = word[2].substr(1, 4) + "-" + word[2].substr(5, 2) + "-" + word[2].substr(7, 2);
    if (const auto built = platform::parse_time(day)) return EsetEngine{word[1], *built};
  }
  return std::nullopt;
}

std::optional<EsetLicence> parse_eset_licence(std::string_view text) {
  const auto status = labelled(text, "Status");
  if (status != "Activated" && status != "Not activated" && status != "Expired") return std::nullopt;
  EsetLicence licence{status == "Activated", std::nullopt};
  if (const auto until = labelled(text, "License Validity"))
    if (const auto day = platform::parse_time(trimmed(*until))) licence.until = *day + platform::Days{1};
  return licence;
}

std::optional<BitdefenderStatus> parse_bduitool(std::string_view text) {
  const auto status = labelled(text, "Antimalware status");
  if (status != "On" && status != "Off") return std::nullopt;
  BitdefenderStatus result{status == "On", std::nullopt};
  const auto update = labelled(text, "Last security content update");
  const auto word = update ? words(*update) : std::vector<std::string>{};  // 2023-08-24 at 11:44:37 GMT+2
  if (word.size() == 4 && word[1] == "at" && word[3].starts_with("GMT")) {
    const auto local = platform::parse_time(word[0] + "T" + word[2] + "Z");
    const std::string_view zone = std::string_view(word[3]).substr(3);
    const auto hours = zone.empty() ? std::optional<std::int64_t>(0) : number(zone.substr(1));
    if (local && hours && *hours <= 14 && (zone.empty() || zone[0] == '+' || zone[0] == '-'))
      result.content = *local - std::chrono::hours{zone.starts_with('-') ? -*hours : *hours};
  }
  return result;
}

}  // namespace gokajo::collectors::parse
