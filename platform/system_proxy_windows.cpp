#include "platform/places.h"
#include "platform/system_proxy.h"
#include "platform/windows/probe.h"

namespace gokajo::platform {
namespace {

constexpr std::chrono::seconds kDeadline{20};

std::string text_in(const Row& row, const char* column) {
  const auto found = row.find(column);
  const auto* text = found == row.end() ? nullptr : std::get_if<std::string>(&found->second.value);
  return text ? *text : std::string();
}

std::string host_of(std::string_view address) {
  auto rest = address.substr(address.find("//") == std::string_view::npos ? 0 : address.find("//") + 2);
  if (rest.starts_with('[')) return std::string(rest.substr(1, rest.find(']') - 1));
  return std::string(rest.substr(0, rest.find_first_of(":/")));
}

}  // namespace

Result<SystemProxy> system_proxy(const std::string& address) {
  for (const char* name : {"https_proxy", "all_proxy"})
    if (environment(name)) return SystemProxy{"", "environment"};
  const auto reply = ask_probe(AskApi{"proxy_for", {address}}, kDeadline);
  if (!reply) return reply.error();
  const auto* rows = std::get_if<Rows>(&*reply);
  if (!rows || rows->rows.empty()) return Error{ErrorKind::malformed, "proxy: no answer"};
  const auto& row = rows->rows.front();
  const auto list = text_in(row, "proxy"), origin = text_in(row, "origin");
  if (list.empty() || is_bypassed(host_of(address), text_in(row, "bypass"))) return SystemProxy{"", "none"};
  auto proxy = first_proxy(list);
  if (!proxy) return Error{ErrorKind::malformed, "proxy of Windows (" + origin + "): of no form that can be used"};
  return SystemProxy{std::move(*proxy), origin};
}

}  // namespace gokajo::platform
