#include "agent/effective_settings.h"

#include "platform/places.h"

namespace gokajo::agent {
namespace {

// The first of the three that says something. `policy`: its name there; empty: no policy speaks of it.
EffectiveSetting chosen(const SettingSources& sources, const char* name, const char* policy, const std::optional<std::string>& enrolled,
                        const std::optional<std::string>& prepared) {
  const auto ordered = *policy == '\0' ? sources.policy.end() : sources.policy.find(policy);
  if (ordered != sources.policy.end() && !ordered->second.empty())
    return {name, ordered->second, SettingOrigin::policy, std::string("HKLM\\SOFTWARE\\Policies\\Gokajo\\") + policy};
  if (enrolled && !enrolled->empty()) return {name, *enrolled, SettingOrigin::enrolment, sources.directory + "/enrolment.json"};
  if (prepared && !prepared->empty()) return {name, *prepared, SettingOrigin::prepared, sources.directory + "/" + protocol::kSetupFile};
  return {name, "", SettingOrigin::standard, ""};
}

EffectiveSetting state_of(const SettingSources& sources) {
  if (!sources.named.empty()) return {"state", sources.directory, SettingOrigin::option, "--state"};
  if (platform::environment("GOKAJO_STATE")) return {"state", sources.directory, SettingOrigin::environment, "GOKAJO_STATE"};
  return {"state", sources.directory, SettingOrigin::standard, ""};
}

}  // namespace

std::vector<EffectiveSetting> effective_settings(const SettingSources& sources) {
  const auto* enrolled = sources.enrolment;
  const auto* prepared = sources.prepared;
  const std::optional<std::string> none;
  std::vector<EffectiveSetting> all{
      state_of(sources),
      chosen(sources, "hub", "HubUrl", enrolled ? std::optional(enrolled->hub) : none, prepared ? std::optional(prepared->hub) : none),
      chosen(sources, "pin", "HubPin", enrolled ? enrolled->pin : none, prepared ? prepared->pin : none),
      chosen(sources, "proxy", "Proxy", enrolled ? enrolled->proxy : none, prepared ? prepared->proxy : none),
      chosen(sources, "label", "", enrolled ? std::optional(enrolled->label) : none, prepared ? prepared->label : none),
      chosen(sources, "code", "EnrollToken", none, prepared ? prepared->code : none)};
  if (!all.back().value.empty()) all.back().value = "set";
  return all;
}

}  // namespace gokajo::agent
