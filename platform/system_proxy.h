/// \file
/// The proxy by which this system says a server is to be reached. On Windows WinHTTP knows it, and only for programs that ask it; elsewhere
/// it stands in the environment, which libcurl reads by itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// `proxy`: "http://host:port"; empty: none, connect directly. `origin`: "automatic" (found in the network or by a script), "machine"
/// (netsh winhttp), "none", "environment" (libcurl's own business: nothing was asked).
struct SystemProxy {
  std::string proxy;
  std::string origin;
};

/// For "https://host[:port]". Asked in a child that is killed after 20 s (windows/probe.h); two time-outs in a row, and it is left alone
/// for a day. Errors: timed_out, failed, malformed (what was found is no proxy). Thread-safe.
Result<SystemProxy> system_proxy(const std::string& address);

/// The first proxy for https of a list as WinHTTP has it (WINHTTP_PROXY_INFO): "[scheme=][scheme://]server[:port]", separated by semicolons
/// or blanks; without a port 80. One that names a user is passed over: nobody's password goes through here. nullopt where there is none.
std::optional<std::string> first_proxy(std::string_view list);

/// Whether `host` is to be reached without: one of a list of names and addresses with "*", separated by semicolons or blanks; "<local>" is
/// every name without a dot. Upper and lower case are the same.
bool is_bypassed(std::string_view host, std::string_view list);

/// Where a proxy was asked for a sign-in (407): what the error of a request then begins with.
inline constexpr const char* kProxyWantsSignIn = "the proxy wants a sign-in, which Gokajo does not give";

}  // namespace gokajo::platform
