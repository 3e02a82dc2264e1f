/// \file
/// Enrolment that was prepared for this PC, so that nobody has to sit at it: gokajo-setup.json in the state directory (left by an installer
/// or an administrator), and the administrator's policy, which wins over it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "agent/enrol.h"
#include "agent/reporting.h"
#include "platform/clock.h"
#include "platform/managed_settings.h"

namespace gokajo::agent {

/// The names of the policy: what packaging/windows/admx offers, and nothing else is read.
inline constexpr const char* kPolicyNames[] = {"HubUrl", "EnrollToken", "HubPin", "Proxy"};

/// What the policy says, checked like a setup file. nullopt each: it says nothing.
struct EnrolPolicy {
  std::optional<std::string> hub;
  std::optional<std::string> code;
  std::optional<std::string> pin;
  std::optional<std::string> proxy;
};

/// Error{malformed} names the value, and never repeats the code. Empty values say nothing.
platform::Result<EnrolPolicy> enrol_policy(const platform::ManagedSettings& settings);

/// The policy's word in place of the setup's. A hub of the policy's that is another than the setup's takes nothing else from it: the code,
/// the authority and the pin are of the hub they were made for.
Setup under_policy(Setup setup, const EnrolPolicy& policy);

/// The same for a connection that is made by an enrolment: the proxy, and the pin of the policy's own hub.
HubConnection under_policy(HubConnection hub, const EnrolPolicy& policy);

/// What an installer was given (names of packaging/windows/msi), as the file it leaves: HubUrl, EnrollToken, EnrollTokenFile, SetupFile,
/// Label, Proxy, HubPin, each after a "=" that keeps the installer from reading them otherwise. The hub may be the policy's alone. nullopt:
/// nothing was given that could be used. Errors: malformed (a code without a hub, too), and those of reading the files.
platform::Result<std::optional<Setup>> installed_setup(const platform::ManagedSettings& settings, const EnrolPolicy& policy = {});

/// Writes it into the state directory, for its owner alone.
platform::Status leave_setup(const std::string& directory, const Setup& setup);

/// Enrols when there is something prepared and this PC is not at that hub yet; tries again for as long as the network, the hub or a person
/// stands in the way. The file goes as soon as it is of no more use: enrolled, already there, or its code refused.
class PreparedEnrolment {
 public:
  PreparedEnrolment(std::string directory, Connect connect, std::function<double()> random)
      : directory_(std::move(directory)), connect_(std::move(connect)), random_(std::move(random)) {}

  /// Does what is due. `log`: one line where something changed.
  void look(const platform::ManagedSettings& settings, const platform::Moment& now, const std::function<void(const std::string&)>& log);

 private:
  void try_once(const Setup& setup, platform::Time now);
  void later(std::chrono::milliseconds at_least, std::chrono::milliseconds at_most);
  void say(const std::string& line);

  std::string directory_;
  Connect connect_;
  std::function<double()> random_;
  std::function<void(const std::string&)> log_;
  std::string seen_;  ///< what was prepared when it was last tried
  std::string said_;
  bool settled_ = false;  ///< of what was seen nothing is left to do
  int failures_ = 0;
  std::optional<platform::Moment> tried_;
  std::chrono::milliseconds pause_{0};
};

}  // namespace gokajo::agent
