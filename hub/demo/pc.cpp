#include "hub/demo/pc.h"

#include <algorithm>
#include <cassert>

#include "compliance/briefing.h"
#include "compliance/each_fact.h"
#include "platform/embedded.h"
#include "protocol/content.h"
#include "protocol/device_key.h"

namespace gokajo::embedded {
std::span<const File> hub_demo_data();
}

namespace gokajo::hub::demo {

using compliance::Evidence, compliance::Fact;
using platform::Days, platform::Json;

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr std::string_view kKnownSid = "3623811015-3361044348-30300820";

void replace(std::string& text, std::string_view from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

std::string text_of(std::string_view name) {
  for (const auto& file : embedded::hub_demo_data())
    if (file.name == name) return std::string(file.text);
  return {};
}

// Each PC has numbers of its own.
std::string sid_of(const std::string& host_name) {
  const auto hash = protocol::sha256_hex(host_name);
  const auto number = [&](std::size_t from) {
    return std::to_string(1000000000U + std::stoul(hash.substr(from, 8), nullptr, 16) % 3000000000U);
  };
  return number(0) + "-" + number(8) + "-" + number(16);
}

// The administrator's account was never signed in with on this PC, so that it has one reader.
void without_other_profiles(Evidence& evidence) {
  auto& windows = evidence.passwords.windows;
  if (!windows.profiles) return;
  auto& profiles = *windows.profiles;
  for (std::size_t i = 1; i < profiles.size(); ++i) {
    if (evidence.threats.people) evidence.threats.people->erase(profiles[i].sid);
    if (evidence.extras.windows_macros) evidence.extras.windows_macros->erase(profiles[i].sid);
    for (auto* text : {&evidence.extras.backup.homes_seen.source, &evidence.extras.backup.homes_seen.detail})
      replace(*text, profiles[i].sid, profiles.front().sid);
  }
  profiles.resize(std::min<std::size_t>(profiles.size(), 1));
}

// A PC that nobody has signed in to yet, but for whoever set it up.
void without_person(Evidence& evidence) {
  auto& windows = evidence.passwords.windows;
  if (evidence.threats.people) evidence.threats.people->clear();
  if (windows.profiles) windows.profiles->clear();
  if (windows.signed_in) windows.signed_in->clear();
  windows.screen_savers.clear();
}

// Every time in it that is not a calendar's, by as much as the scan is later.
void move_to(Evidence& evidence, Time from, Time at) {
  const auto by = at - from;
  const auto look_now = [&](auto& topic) {
    compliance::each_fact(topic, [&](auto& fact) {
      if (fact.observed_at != Time{}) fact.observed_at = at;
    });
  };
  look_now(evidence.device);
  look_now(evidence.updates);
  look_now(evidence.antivirus);
  look_now(evidence.passwords);
  look_now(evidence.sharing);
  look_now(evidence.threats);
  look_now(evidence.extras);
  look_now(evidence.inventory);
  if (evidence.device.system && evidence.device.system->booted) *evidence.device.system->booted += by;
  if (evidence.updates.sources)
    for (auto& source : evidence.updates.sources->sources)
      for (auto* time : {&source.fetched_at, &source.content_date})
        if (*time) **time = std::min(**time + by, at);
  if (!evidence.antivirus.products) return;
  for (auto& product : *evidence.antivirus.products) {
    if (product.definitions && product.definitions->published) *product.definitions->published += by;
    if (product.scanned) *product.scanned += by;
    if (product.quick_scanned) *product.quick_scanned = std::chrono::floor<Days>(at) - Days{1};
  }
}

// Vendors bring browsers up weekly at least, here on Tuesdays and Fridays; the agent sees the day their updater wrote it.
void bring_browsers_up(Evidence& evidence, Time at) {
  if (!evidence.updates.software) return;
  auto day = std::chrono::floor<Days>(at - std::chrono::hours{3});
  while (std::chrono::weekday{day} != std::chrono::Tuesday && std::chrono::weekday{day} != std::chrono::Friday) day -= Days{1};
  for (auto& copy : evidence.updates.software->copies)
    if (copy.kind == compliance::SoftwareKind::browser) copy.brought_up = day + std::chrono::hours{2};
}

void offer_briefings(Evidence& evidence, const PcOnDay& pc) {
  std::vector<compliance::BriefingOffered> offered;
  for (const auto& one : compliance::built_in_briefings())
    if (one.published <= pc.at) offered.push_back({one.id, one.published});
  if (!evidence.threats.offered || !evidence.threats.people) return;
  *evidence.threats.offered = offered;
  for (auto& [id, reader] : *evidence.threats.people) {
    if (!reader.read || !pc.read_at || *pc.read_at > pc.at) continue;
    const auto* then = compliance::current_briefing(compliance::built_in_briefings(), *pc.read_at);
    if (then) reader.read->push_back({then->id, *pc.read_at, 3});
    if (const auto* drill = compliance::current_drill(compliance::built_in_briefings(), *pc.read_at))
      reader.read->push_back({drill->id, *pc.read_at + std::chrono::minutes{5}, 3});
  }
}

}  // namespace

Evidence known_pc(bool linux_pc, const std::string& host_name, const std::string& account) {
  auto text = text_of(linux_pc ? "linux-pc.json" : "windows-pc.json");
  replace(text, "office-pc", host_name);
  replace(text, linux_pc ? "yamada" : "tanaka", account.empty() ? "setup" : account);
  replace(text, kKnownSid, sid_of(host_name));
  auto json = platform::parse_json(text, kMaxBytes);
  assert(json);
  const auto at = platform::parse_time(json->at("scanned_at").get<std::string>()).value();
  auto content = protocol::read_content(
      {{"evidence", json->at("evidence")}, {"memory", compliance::write_memory({})}, {"findings", Json::array()}}, at);
  assert(content);
  move_to(content->evidence, at, at);
  return std::move(content->evidence);
}

Evidence evidence_of(const PcOnDay& pc, Evidence evidence, const compliance::WindowsLevels& levels) {
  move_to(evidence, evidence.device.system.observed_at, pc.at);
  if (!pc.linux_pc) {
    without_other_profiles(evidence);
    evidence.passwords.windows.rules->min_length = 10;
    auto& windows = *evidence.device.windows;
    if (const auto* build = compliance::find_levels(levels, windows))
      if (const auto* level = compliance::last_until(*build, pc.updated_until)) windows.level = level->level;
  }
  bring_browsers_up(evidence, pc.at);
  offer_briefings(evidence, pc);
  if (pc.account.empty()) without_person(evidence);
  if (evidence.device.powered_on && !pc.on.empty()) *evidence.device.powered_on = {pc.on.front(), pc.on, {}};
  for (const auto& ailment : pc.ailments) afflict(evidence, ailment, pc.at);
  return evidence;
}

}  // namespace gokajo::hub::demo
