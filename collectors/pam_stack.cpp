#include "collectors/pam_stack.h"

#include <array>

namespace gokajo::collectors {

using parse::PamLine;
using platform::ask, platform::Done, platform::Error, platform::ErrorKind, platform::ReadFile, platform::Result, platform::Status;

namespace {

constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxEntries = 500;
constexpr std::array<const char*, 3> kFolders = {"/etc/pam.d/", "/usr/lib/pam.d/", "/usr/etc/pam.d/"};

PamEntry must_fail(const PamLine& line, const std::string& file, int level) {
  PamEntry entry{line, file, level};
  entry.line.kind = PamLine::Kind::must_fail;
  entry.line.control = {};  // every return value is bad
  return entry;
}

}  // namespace

const Result<PamReader::File>& PamReader::file(const std::string& service) {
  const auto known = files_.find(service);
  if (known != files_.end()) return known->second;
  Result<File> found = Error{ErrorKind::not_found, "/etc/pam.d/" + service};
  // A name with a slash would be a path of its own; none of the distributions' files has one.
  if (service.find('/') == std::string::npos) {
    for (const auto* folder : kFolders) {
      const auto answer = ask(host_, ReadFile{.path = folder + service, .reducer = "pam_stack"});
      observed_at_ = std::max(observed_at_, answer.observed_at);
      if (answer)
        found = File{folder + service, parse::parse_pam(answer->bytes.data)};
      else if (answer.error().kind != ErrorKind::not_found)
        found = answer.error();
      else
        continue;
      break;
    }
  } else {
    found = Error{ErrorKind::unsupported, service + ": an include by path"};
  }
  return files_.emplace(service, std::move(found)).first->second;
}

Result<bool> PamReader::has(const std::string& service) {
  const auto& found = file(service);
  if (found) return true;
  if (found.error().kind == ErrorKind::not_found) return false;
  return found.error();
}

Status PamReader::expand(const std::string& service, std::string_view type, int level, int depth, PamStack& into) {
  if (depth > kMaxDepth || level > kMaxDepth) return Error{ErrorKind::too_large, service + ": includes without end"};
  const auto& found = file(service);
  if (!found) return found.error();
  const File source = *found;  // a copy: the map may grow below
  for (const auto& line : source.lines) {
    if (into.size() > kMaxEntries) return Error{ErrorKind::too_large, source.path};
    if (line.kind != PamLine::Kind::everything && line.type != type) continue;
    if (line.kind == PamLine::Kind::module || line.kind == PamLine::Kind::must_fail) {
      into.push_back(line.kind == PamLine::Kind::module ? PamEntry{line, source.path, level} : must_fail(line, source.path, level));
      continue;
    }
    const bool sub = line.kind == PamLine::Kind::substack;
    if (sub) into.push_back({line, source.path, level});
    if (auto done = expand(line.module, type, level + (sub ? 1 : 0), depth + 1, into); !done) {
      // A file that is not there makes the line fail; one that cannot be read hides what it says from us.
      if (done.error().kind != ErrorKind::not_found) return done;
      into.push_back(must_fail(line, source.path, level));
    }
  }
  return Done{};
}

Result<PamStack> PamReader::stack(const std::string& service, std::string_view type) {
  PamStack stack;
  if (auto done = expand(service, type, 0, 0, stack); !done && done.error().kind != ErrorKind::not_found) return done.error();
  if (!stack.empty()) return stack;
  if (auto done = expand("other", type, 0, 0, stack); !done) return done.error();
  if (stack.empty()) return Error{ErrorKind::not_found, service + ": no lines of type " + std::string(type)};
  return stack;
}

const std::vector<std::string>& sign_in_services() {
  static const std::vector<std::string> services = {
      "login",          "gdm-password",         "gdm",  "lightdm", "sddm", "plasmalogin", "greetd", "lxdm", "xdm", "slim", "kde",
      "cosmic-greeter", "cinnamon-screensaver", "sshd", "su",      "su-l"};
  return services;
}

}  // namespace gokajo::collectors
