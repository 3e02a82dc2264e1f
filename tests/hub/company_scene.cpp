#include "tests/hub/company_scene.h"

#include "compliance/pack.h"
#include "hub/kept_finding.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

compliance::JudgedFinding found(const std::string& check, const std::string& rule, const std::string& situation, Verdict verdict,
                                compliance::Parameters parameters) {
  compliance::JudgedFinding judged;
  judged.finding.check = check;
  judged.finding.situation = situation;
  judged.finding.verdict = verdict;
  judged.finding.parameters = std::move(parameters);
  judged.rule = rule;
  judged.role = compliance::Role::required;
  return judged;
}

void Scene::state(std::int64_t pcs) {
  auto company = *store.company(tenant);
  company.stated_devices = pcs;
  company.owner_mail = "owner@example.jp";
  company.confirmed = day(-30);
  company.person_in_charge = "田中";
  write([&] { REQUIRE(store.put_company(company)); });
  for (const char* question : {"passwords", "mfa", "nas", "copier", "cloud"}) answer(question);
}

void Scene::answer(const std::string& question, const std::string& verdict) {
  const auto pack = compliance::built_in_pack("5kajo");
  for (const auto& one : pack->questions)
    for (const auto& choice : one.choices)
      if (one.id == question && choice.verdict == verdict) {
        write([&] { REQUIRE(store.put_declaration(tenant, {"", {question, "", choice.id, "田中", day(-60), day(300)}, std::nullopt})); });
        return;
      }
  FAIL(question, " has no answer that means ", verdict);
}

Device Scene::add(const std::string& label, platform::Time last, Standing standing) {
  Device device;
  device.tenant = tenant;
  device.id = protocol::sha256_hex(tenant + label);
  for (std::size_t i = 0; i < device.key.size() && i < device.id.size(); ++i) device.key[i] = static_cast<std::uint8_t>(device.id[i]);
  device.label = label;
  device.host_name = "host";
  device.standing = standing;
  device.enrolled = day(-200);
  device.last_receipt = last;
  put(device);
  return device;
}

void Scene::put(const Device& device) {
  write([&] { REQUIRE(store.put_device(device)); });
}

void Scene::judge(const Device& device, platform::Time at, std::vector<compliance::JudgedFinding> findings) {
  std::vector<KeptFinding> kept;
  std::map<std::string, Verdict> rules;
  for (const auto& one : findings) {
    kept.push_back(kept_finding(one, at));
    if (one.role != compliance::Role::required) continue;
    // As combine_required() has it.
    auto& rule = rules.emplace(one.rule, one.finding.verdict).first->second;
    rule = compliance::combine_required({rule, one.finding.verdict});
  }
  for (const char* rule : {"updates", "antivirus", "passwords", "sharing", "threats"}) rules.emplace(rule, Verdict::pass);
  note_same_deeds(kept);
  write([&] { REQUIRE(store.set_verdicts(device, kept, rules, at, at)); });
}

}  // namespace gokajo::tests
