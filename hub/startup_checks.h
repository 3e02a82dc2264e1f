/// \file
/// What keeps PCs from reaching this hub although it runs: the machine sleeps, its address is another than the PCs were given, or no other
/// machine ever got through. Looked at when the hub starts; told on its output and on the page (issue 3, people.md 1.11).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compliance/text.h"
#include "hub/state.h"
#include "platform/own_names.h"
#include "platform/sleep_settings.h"

namespace gokajo::hub {

/// A hub that was started so long ago and never heard another machine is probably shut off.
inline constexpr std::chrono::hours kTimeToBeReached{24};

enum class StartupProblem { sleeps_when_idle, sleeps_with_desktop, sleeps_with_lid, address_gone, only_this_machine, never_reached };
BOOST_DESCRIBE_ENUM(StartupProblem, sleeps_when_idle, sleeps_with_desktop, sleeps_with_lid, address_gone, only_this_machine, never_reached)

/// `gone`: addresses that stand on sheets and are this machine's no more; `now`: those it has.
struct StartupFinding {
  StartupProblem problem{};
  std::vector<std::string> gone;
  std::vector<std::string> now;
  std::int64_t port = 0;
};

/// `before`: as the last start left it; none: this is the first. `listen`: the address it listens on.
struct StartupInput {
  platform::Sleep sleep{};
  platform::OwnNames own;
  std::optional<Serving> before;
  Serving serving;
  std::string listen;
  Time now{};
};

std::vector<StartupFinding> startup_findings(const StartupInput& input);

/// One or two sentences: what is so, what follows, what to do.
std::string startup_sentence(const StartupFinding& finding, compliance::Language language);

/// Whether a peer is another machine.
bool is_elsewhere(const std::string& address, const platform::OwnNames& own);

/// Tells once when the first other machine was heard.
class FirstContact {
 public:
  FirstContact() = default;
  FirstContact(platform::OwnNames own, std::function<void(Time)> tell) : own_(std::move(own)), tell_(std::move(tell)) {}
  /// A request from `address` was answered as it should be. True: it is the first from elsewhere, and was told.
  bool heard(const std::string& address, Time now);

 private:
  platform::OwnNames own_;
  std::function<void(Time)> tell_;
};

}  // namespace gokajo::hub
