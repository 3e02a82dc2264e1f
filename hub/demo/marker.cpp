#include "hub/demo/marker.h"

#include <filesystem>

#include "platform/durable_file.h"

namespace gokajo::hub::demo {

namespace {

std::string file_in(const std::string& directory) { return directory + "/demo.json"; }

}  // namespace

// Whatever stands there: a damaged mark is one.
bool is_demo(const std::string& directory) {
  std::error_code problem;
  const auto status = std::filesystem::symlink_status(file_in(directory), problem);
  return std::filesystem::exists(status) || (problem && status.type() != std::filesystem::file_type::not_found);
}

platform::Status mark_demo(const std::string& directory) {
  return platform::write_file_durably(file_in(directory), "{\"format\": \"gokajo-demo/1\"}\n");
}

}  // namespace gokajo::hub::demo
