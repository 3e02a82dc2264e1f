/// \file
/// gokajo-setup.json, which lets PCs enrol without anything being typed: written by the hub, carried on a USB stick or put into an image.
/// docs/operations.md shows one.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

namespace gokajo::protocol {

inline constexpr const char* kSetupFormat = "gokajo-setup/1";
inline constexpr const char* kSetupFile = "gokajo-setup.json";
inline constexpr std::size_t kMaxSetupBytes = 512U << 10U;

/// `hub`: "https://name:port". `ca`: the authority's certificate itself (PEM), not a path. `code`: a secret for as long as it is valid.
/// `label`: of the one PC the file was left on; the hub writes none.
struct Setup {
  std::string format = kSetupFormat;
  std::string hub;
  std::optional<std::string> pin;
  std::optional<std::string> ca;
  std::optional<std::string> proxy;
  std::optional<std::string> code;
  std::optional<std::string> label;
};
BOOST_DESCRIBE_STRUCT(Setup, (), (format, hub, pin, ca, proxy, code, label))

std::string write_setup(const Setup& setup);

}  // namespace gokajo::protocol
