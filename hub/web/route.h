/// \file
/// The table of all pages (hub/web/routes.inc). What is not in it does not exist.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "hub/web/permission.h"
#include "hub/web/visit.h"

namespace gokajo::hub {

/// Whether the request is for a page at all: PCs talk to /v1/.
bool is_for_web(const HttpRequest& request);

using Handler = platform::Result<HttpReply> (*)(Visit& visit);

/// `path`: segments in braces are parameters, "/c/{company}/people". GET changes nothing that anybody sees; whatever does is a POST.
/// `done`: of a form, its word for hub/web/done.h.
struct Route {
  std::string_view method;
  std::string_view path;
  Need need = Need::run_hub;
  Handler handler = nullptr;
  std::string_view done;
};

std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;  ///< none: another method only
  std::map<std::string, std::string> parameters;
};
/// nullopt: no such path. Parameters are of [A-Za-z0-9_-], 1 to 64 of them.
std::optional<Match> match_route(std::string_view method, std::string_view path);

}  // namespace gokajo::hub
