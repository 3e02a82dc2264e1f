#include "hub/web/route.h"

#include <algorithm>

#include "hub/web/handlers.h"

namespace gokajo::hub {

namespace {

constexpr Route kRoutes[] = {
#define GOKAJO_PAGE(path, need, handler) {"GET", path, Need::need, &handler, ""},
#define GOKAJO_FORM(path, need, handler, done) {"POST", path, Need::need, &handler, done},
#include "hub/web/routes.inc"
#undef GOKAJO_PAGE
#undef GOKAJO_FORM
};

bool is_parameter(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// The first segment, taken off.
std::string_view take(std::string_view& path) {
  const auto end = std::min(path.find('/'), path.size());
  const auto segment = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return segment;
}

std::optional<std::map<std::string, std::string>> parameters_of(std::string_view pattern, std::string_view path) {
  if (std::count(pattern.begin(), pattern.end(), '/') != std::count(path.begin(), path.end(), '/')) return std::nullopt;
  std::map<std::string, std::string> parameters;
  for (int left = static_cast<int>(std::count(path.begin(), path.end(), '/')); left >= 0; --left) {
    const auto wanted = take(pattern);
    const auto given = take(path);
    if (wanted.starts_with('{')) {
      if (!is_parameter(given)) return std::nullopt;
      parameters.emplace(wanted.substr(1, wanted.size() - 2), given);
    } else if (wanted != given) {
      return std::nullopt;
    }
  }
  return parameters;
}

}  // namespace

bool is_for_web(const HttpRequest& request) { return !request.target.starts_with("/v1/") && request.target != "/v1"; }

std::span<const Route> routes() { return kRoutes; }

std::optional<Match> match_route(std::string_view method, std::string_view path) {
  std::optional<Match> found;
  for (const auto& route : kRoutes) {
    auto parameters = parameters_of(route.path, path);
    if (!parameters) continue;
    if (route.method == method) return Match{&route, std::move(*parameters)};
    found = Match{};
  }
  return found;
}

}  // namespace gokajo::hub
