#include "agent/files.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "platform/durable_file.h"

namespace gokajo::agent {

using platform::Done, platform::Error, platform::ErrorKind;

platform::Result<std::string> read_whole_file(const std::string& path, std::size_t max_bytes) {
  std::ifstream file;
  if (path != "-") {
    std::error_code problem;
    const auto status = std::filesystem::status(path, problem);
    if (!std::filesystem::exists(status)) return Error{ErrorKind::not_found, path + ": no such file"};
    if (std::filesystem::is_directory(status)) return Error{ErrorKind::failed, path + ": is a directory"};
    file.open(std::filesystem::path(path), std::ios::binary);  // not by its text: Windows would take it in its code page
    if (!file) return Error{ErrorKind::denied, path + ": cannot be opened"};
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  char buffer[65536];
  while (in.read(buffer, sizeof(buffer)) || in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > max_bytes) return Error{ErrorKind::too_large, path + ": more than " + std::to_string(max_bytes) + " bytes"};
  }
  return text;
}

platform::Status write_whole_file(const std::string& path, std::string_view bytes) {
  if (path == "-") {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
    return std::cout ? platform::Status(Done{}) : platform::Status(Error{ErrorKind::failed, "standard output: cannot be written"});
  }
  return platform::write_file_durably(path, bytes);
}

}  // namespace gokajo::agent
