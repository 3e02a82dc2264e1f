#include "collectors/package_manager.h"

#include <array>
#include <string_view>
#include <utility>

namespace gokajo::collectors {

using compliance::PackageManager;

namespace {

constexpr std::array<std::pair<std::string_view, PackageManager>, 12> kFamilies = {{{"debian", PackageManager::apt},
                                                                                    {"ubuntu", PackageManager::apt},
                                                                                    {"fedora", PackageManager::dnf},
                                                                                    {"rhel", PackageManager::dnf},
                                                                                    {"centos", PackageManager::dnf},
                                                                                    {"suse", PackageManager::zypper},
                                                                                    {"opensuse", PackageManager::zypper},
                                                                                    {"opensuse-leap", PackageManager::zypper},
                                                                                    {"opensuse-tumbleweed", PackageManager::zypper},
                                                                                    {"sles", PackageManager::zypper},
                                                                                    {"sled", PackageManager::zypper},
                                                                                    {"arch", PackageManager::pacman}}};

PackageManager of_family(std::string_view id) {
  for (const auto& [family, manager] : kFamilies)
    if (family == id) return manager;
  return PackageManager::none;
}

}  // namespace

PackageManager package_manager_of(const compliance::Device& device) {
  if (!device.os) return PackageManager::none;
  auto manager = of_family(device.os->id);
  for (const auto& like : device.os->id_like)
    if (manager == PackageManager::none) manager = of_family(like);
  if (manager == PackageManager::dnf && device.surroundings && device.surroundings->ostree) return PackageManager::rpm_ostree;
  return manager;
}

}  // namespace gokajo::collectors
