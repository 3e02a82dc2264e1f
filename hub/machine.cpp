#include "hub/machine.h"

namespace gokajo::hub {

namespace {

std::string system_of(const compliance::Device& device) {
  if (device.windows) {
    const auto& windows = *device.windows;
    std::string name = windows.kind != compliance::WindowsKind::workstation ? "Windows Server"
                       : windows.build >= 22000                             ? "Windows 11"
                                                                            : "Windows 10";
    name += " " + windows.edition + " " + windows.display_version + " (" + std::to_string(windows.build);
    return name + (windows.level ? "." + std::to_string(*windows.level) : "") + ")";
  }
  return device.os ? device.os->pretty_name : "";
}

}  // namespace

Machine machine_of(const compliance::Evidence& evidence) {
  Machine machine;
  machine.system = system_of(evidence.device);
  if (const auto& hardware = evidence.inventory.hardware) {
    machine.vendor = hardware->vendor;
    machine.model = hardware->model;
    machine.memory_mib = hardware->memory_mib;
  }
  return machine;
}

}  // namespace gokajo::hub
