// The PCs of a story: what each would send to its hub, signed by a key of its own, made by the demo's agents (hub/demo/agents.h) of a
// described Windows PC or a recorded Linux one. It sends nothing: office_reports PLAN reads one JSON object a line, {"pc": n, "code": "…"}
// for an enrolment or {"pc": n} for a report of now, and answers each with one line {"target", "headers", "body" (base 64)}.
//
// PLAN: a list of {label, host_name, account, linux, read, troubles: [{trouble, item}]}. `read`: its person read a briefing yesterday.
// Troubles are those of hub/demo/pc.h, since four weeks.
#include <iostream>
#include <memory>
#include <stdexcept>

#include "hub/demo/agents.h"
#include "hub/demo/levels.h"
#include "hub/library.h"
#include "platform/bytes.h"

using namespace gokajo;
using platform::Days, platform::Json;

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;

hub::demo::PcPlan plan_of(const Json& wanted, hub::Day today) {
  hub::demo::PcPlan plan;
  plan.label = wanted.at("label").get<std::string>();
  plan.host_name = wanted.at("host_name").get<std::string>();
  plan.account = wanted.at("account").get<std::string>();
  plan.linux_pc = wanted.at("linux").get<bool>();
  plan.first = today - Days{28};
  if (wanted.at("read").get<bool>()) plan.read_on = today - Days{1};
  for (const auto& one : wanted.at("troubles")) {
    hub::demo::Spell spell{{}, plan.first, std::nullopt, one.at("item").get<std::string>()};
    const auto name = one.at("trouble").get<std::string>();
    if (!boost::describe::enum_from_string(name.c_str(), spell.trouble)) throw std::runtime_error("no trouble: " + name);
    plan.spells.push_back(std::move(spell));
  }
  return plan;
}

Json line_of(const hub::HttpRequest& request) {
  return {{"target", request.target}, {"headers", request.headers}, {"body", platform::base64_encode(request.body)}};
}

}  // namespace

int main(int, char** arguments) try {
  const auto now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  const auto levels = hub::demo::levels_until(now());
  auto wanted = platform::parse_json(arguments[1], kMaxBytes);
  if (!wanted) throw std::runtime_error("the plan: " + wanted.error().detail);
  const auto today = platform::local_day(now(), platform::kJapanOffset);
  std::vector<std::unique_ptr<hub::demo::Agent>> pcs;
  for (const auto& one : *wanted) pcs.push_back(std::make_unique<hub::demo::Agent>(plan_of(one, today), levels));
  const auto pack = hub::shelf_of(nullptr)->pack("5kajo");
  if (!pack) throw std::runtime_error("no pack: " + pack.error().detail);
  for (std::string line; std::getline(std::cin, line);) {
    const auto asked = platform::parse_json(line, kMaxBytes);
    if (!asked) throw std::runtime_error("a line: " + asked.error().detail);
    auto& pc = pcs.at(asked->at("pc").get<std::size_t>());
    const auto request = asked->contains("code") ? pc->enrolment(asked->at("code").get<std::string>()) : pc->report(*pack, now());
    std::cout << line_of(request).dump() << std::endl;
  }
  return 0;
} catch (const std::exception& problem) {
  std::cerr << "office_reports: " << problem.what() << "\n";
  return 1;
}
