#include "hub/mail/todo_from_store.h"

#include "hub/kept_content.h"
#include "hub/read_finding.h"

namespace gokajo::hub {

using platform::Result;

std::optional<Todo> todo_of(const Device& device, const KeptFinding& kept, const Result<KeptContent>& content) {
  const auto judged = read_finding(kept);
  if (judged && judged->exception) return std::nullopt;
  auto todo = todo_of(device.id, device.shown_name(), kept, judged);
  todo.systems = systems_of(content);
  return todo;
}

Todo todo_of(const std::string& device, const std::string& label, const KeptFinding& kept,
             const std::optional<compliance::JudgedFinding>& judged) {
  return {{label},
          kept.rule,
          kept.check,
          judged ? judged->finding.situation : "",
          judged ? judged->finding.parameters : compliance::Parameters{},
          {},
          std::nullopt,
          {device}};
}

std::vector<std::string> systems_of(const Result<KeptContent>& content) {
  std::vector<std::string> systems;
  const auto json = content ? content_of(*content) : Result<platform::Json>(content.error());
  if (!json) return systems;
  const auto value = [&](const char* fact, const char* member) {
    const platform::Json none;
    const auto evidence = json->value("evidence", none);
    const auto device = evidence.is_object() ? evidence.value("device", none) : none;
    const auto one = device.is_object() ? device.value(fact, none) : none;
    const auto inner = one.is_object() ? one.value("value", none) : none;
    const auto text = inner.is_object() ? inner.value(member, none) : none;
    return text.is_string() ? text.get<std::string>() : std::string();
  };
  if (const auto id = value("os", "id"); !id.empty()) systems.push_back(id);
  const auto family = value("system", "family");
  systems.emplace_back(family == "windows" ? "windows" : family == "macos" ? "macos" : "linux");
  return systems;
}

}  // namespace gokajo::hub
