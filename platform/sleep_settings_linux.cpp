#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/sleep_settings.h"

namespace gokajo::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLines = 10000;

bool is_masked(const std::string& root, const std::string& unit) {
  for (const char* folder : {"/etc/systemd/system/", "/run/systemd/system/"}) {
    std::error_code problem;
    if (fs::read_symlink(root + folder + unit, problem) == "/dev/null") return true;
  }
  return false;
}

bool kernel_can_sleep(const std::string& root) {
  std::ifstream states(root + "/sys/power/state");
  std::string word;
  return static_cast<bool>(states >> word);
}

bool has_lid(const std::string& root) {
  std::error_code problem;
  for (fs::directory_iterator device(root + "/sys/bus/acpi/devices", problem), end; !problem && device != end; device.increment(problem))
    if (device->path().filename().string().starts_with("PNP0C0D")) return true;
  return false;
}

// logind.conf(5): of files with one name the one in /etc stands before /run and /usr/lib; all drop-ins follow the main file, by name.
std::map<std::string, std::string> logind_settings(const std::string& root) {
  std::map<std::string, std::string> drop_ins;
  for (const char* folder : {"/usr/lib/systemd", "/run/systemd", "/etc/systemd"}) {
    std::error_code problem;
    for (fs::directory_iterator file(root + folder + "/logind.conf.d", problem), end; !problem && file != end; file.increment(problem))
      if (file->path().extension() == ".conf") drop_ins[file->path().filename()] = file->path();
  }
  std::vector<std::string> files;
  for (const char* folder : {"/etc/systemd", "/run/systemd", "/usr/lib/systemd"}) {
    const auto main_file = root + folder + "/logind.conf";
    std::error_code problem;
    if (!fs::exists(main_file, problem)) continue;
    files.push_back(main_file);
    break;
  }
  for (const auto& [name, path] : drop_ins) files.push_back(path);
  std::map<std::string, std::string> settings;
  for (const auto& path : files) {
    std::ifstream text(path);
    std::string line;
    for (std::size_t i = 0; i < kMaxLines && std::getline(text, line); ++i) {
      const auto equals = line.find('=');
      if (line.empty() || line[0] == '#' || line[0] == ';' || equals == std::string::npos) continue;
      const auto trimmed = [](std::string part) {
        const auto first = part.find_first_not_of(" \t\r");
        return first == std::string::npos ? std::string() : part.substr(first, part.find_last_not_of(" \t\r") - first + 1);
      };
      settings[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
    }
  }
  return settings;
}

bool puts_to_sleep(const std::string& action) {
  static const std::set<std::string> kSleeping = {"suspend", "hibernate", "hybrid-sleep", "suspend-then-hibernate", "sleep"};
  return kSleeping.contains(action);
}

}  // namespace

Sleep sleep_settings(const std::string& root) {
  if (!kernel_can_sleep(root) || is_masked(root, "sleep.target")) return Sleep::never;
  const auto settings = logind_settings(root);
  const auto setting = [&](const char* name, const char* otherwise) {
    const auto found = settings.find(name);
    return found == settings.end() || found->second.empty() ? std::string(otherwise) : found->second;
  };
  if (puts_to_sleep(setting("IdleAction", "ignore"))) return Sleep::when_idle;
  std::error_code problem;
  if (fs::is_symlink(root + "/etc/systemd/system/display-manager.service", problem)) return Sleep::desktop;
  if (has_lid(root) && puts_to_sleep(setting("HandleLidSwitch", "suspend"))) return Sleep::lid;
  return Sleep::never;
}

std::string stay_awake_command() { return "sudo systemctl mask sleep.target"; }

}  // namespace gokajo::platform
