/// \file
/// Runs every seed and every regression of a room's targets once, each also cut short and with a byte changed at a few places, without
/// libFuzzer: replay_<room> <top of the tree>. What an input breaks ends the program, naming the input.
#include <fnmatch.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fuzz/target.h"

namespace {

namespace fs = std::filesystem;
using gokajo::fuzz::Target;

char current[600] = "";  // what a signal handler can print

void name_current(int signal) {
  (void)!write(STDERR_FILENO, current, std::strlen(current));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::string contents(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// Files of the tree that fit a pattern, sorted: only the folders a pattern can reach are looked into.
std::vector<fs::path> matching(const fs::path& tree, const std::string& pattern) {
  const auto star = pattern.find_first_of("*?[");
  const auto folder = tree / pattern.substr(0, star == std::string::npos ? pattern.rfind('/') : pattern.rfind('/', star));
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder, none)) {
    const auto name = fs::relative(entry.path(), tree).string();
    if (entry.is_regular_file() && fnmatch(pattern.c_str(), name.c_str(), FNM_PATHNAME) == 0) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::size_t run(const Target& target, const std::string& from, const std::string& bytes) {
  std::snprintf(current, sizeof current, "broken by %s (target %s)\n", from.c_str(), target.name);
  target.run(bytes);
  std::size_t runs = 1;
  // A dozen prefixes and a dozen changed bytes, always the same ones; large inputs get fewer.
  const std::size_t places = bytes.size() > 65536 ? 2 : 12;
  for (std::size_t place = 1; place <= places && !bytes.empty(); ++place, runs += 2) {
    const auto at = bytes.size() * place / (places + 1);
    target.run(std::string_view(bytes).substr(0, at));
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1U << (place % 8)));
    target.run(changed);
  }
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s <top of the tree> <room>\n", argv[0]);
    return 64;
  }
  std::signal(SIGABRT, name_current);
  std::signal(SIGSEGV, name_current);
  const fs::path tree = argv[1], regressions = tree / "tests/fuzz/regressions";
  const std::string room = std::string(argv[2]) + ".";
  int missing = 0;
  std::vector<std::string> known;
  for (const auto& target : gokajo::fuzz::targets()) {
    std::size_t runs = run(target, "nothing", ""), inputs = 0;
    for (const auto* pattern : target.seeds)
      for (const auto& path : matching(tree, pattern)) runs += run(target, path.string(), contents(path)), ++inputs;
    for (std::size_t i = 0; i < target.written.size(); ++i, ++inputs)
      runs += run(target, "written seed " + std::to_string(i), target.written[i]);
    known.push_back(room + target.name);
    const auto kept = matching(tree, "tests/fuzz/regressions/" + known.back() + "/*");
    for (const auto& path : kept) runs += run(target, path.string(), contents(path));
    std::printf("%-34s %4zu seeds %3zu regressions %6zu runs\n", known.back().c_str(), inputs, kept.size(), runs);
    if (inputs == 0) ++missing, std::printf("  has no seed\n");
  }
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(regressions, none)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(room) && std::find(known.begin(), known.end(), name) == known.end())
      ++missing, std::printf("%s: regressions of no target\n", name.c_str());
  }
  return missing == 0 ? 0 : 1;
}
