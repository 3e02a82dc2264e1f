#include "platform/service_manager.h"

namespace gokajo::platform {
namespace {

Error by_package() { return {ErrorKind::unsupported, "the package brings the service (systemctl enable --now)"}; }

}  // namespace

Status install_service(const ServiceDescription&) { return by_package(); }
Status start_service(const std::string&) { return by_package(); }
Status remove_service(const std::string&) { return by_package(); }

Status wait_for_others_to_end() { return by_package(); }

std::string start_command(const std::string& program) { return "sudo systemctl enable --now " + program; }
std::string guards_of_system() { return "SELinux, AppArmor"; }
std::string automatic_time() { return "timedatectl set-ntp true"; }
std::string as_administrator(const std::string& command) { return "sudo " + command; }
std::string stop_command(const std::string& program) { return "sudo systemctl stop " + program; }

}  // namespace gokajo::platform
