#include "agent/effective_settings.h"

#include <map>

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace agent;

namespace {

std::map<std::string, EffectiveSetting> by_name(const SettingSources& sources) {
  std::map<std::string, EffectiveSetting> all;
  for (auto& one : effective_settings(sources)) all[one.name] = one;
  return all;
}

}  // namespace

TEST_CASE("a setting is the policy's before the enrolment's before what was prepared; a code is never shown") {
  Enrolment enrolment;
  enrolment.hub = "https://enrolled";
  enrolment.proxy = "http://proxy:1";
  enrolment.label = "経理";
  protocol::Setup prepared;
  prepared.hub = "https://prepared";
  prepared.pin = "sha256//prepared";
  prepared.code = "K7WMP2QX";
  SettingSources sources{{}, "", "/state", &enrolment, &prepared};
  auto all = by_name(sources);
  CHECK(all["hub"].value == "https://enrolled");
  CHECK(all["hub"].origin == SettingOrigin::enrolment);
  CHECK(all["hub"].place == "/state/enrolment.json");
  CHECK(all["pin"].origin == SettingOrigin::prepared);
  CHECK(all["label"].value == "経理");
  CHECK(all["code"].value == "set");
  sources.policy = {{"HubUrl", "https://ordered"}, {"Proxy", ""}, {"EnrollToken", "AAAABBBB"}, {"", "nothing"}};
  all = by_name(sources);
  CHECK(all["hub"].value == "https://ordered");
  CHECK(all["hub"].origin == SettingOrigin::policy);
  CHECK(all["proxy"].origin == SettingOrigin::enrolment);
  CHECK(all["code"].value == "set");
  CHECK(all["code"].origin == SettingOrigin::policy);
}

TEST_CASE("the state directory: named, or the default; nothing set is the default") {
  auto all = by_name({{}, "/named", "/named", nullptr, nullptr});
  CHECK(all["state"].origin == SettingOrigin::option);
  CHECK(all["state"].value == "/named");
  for (const char* name : {"hub", "pin", "proxy", "label", "code"}) {
    CAPTURE(std::string(name));
    CHECK(all[name].value.empty());
    CHECK(all[name].origin == SettingOrigin::standard);
  }
}

}  // namespace gokajo::tests
