#include "agent/prepared_setup.h"

#include <algorithm>

#include "agent/files.h"
#include "platform/durable_file.h"
#include "platform/file_lock.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "platform/own_names.h"

namespace gokajo::agent {

using platform::Error, platform::ErrorKind, platform::ManagedSettings, platform::Result, platform::Status;
using protocol::ProblemKind;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kFirstPause = std::chrono::minutes{1};
constexpr milliseconds kLongestPause = std::chrono::hours{1};
constexpr milliseconds kRefusedPause = std::chrono::hours{6};
constexpr std::size_t kMaxCodeFile = 4096;

std::string file_in(const std::string& directory) { return directory + "/" + kSetupFile; }

// nullptr: not given.
const std::string* given(const ManagedSettings& settings, const char* name) {
  const auto found = settings.find(name);
  return found == settings.end() || found->second.empty() ? nullptr : &found->second;
}

Error wrong(const char* name, const Error& why) { return {why.kind, std::string(name) + ": " + why.detail}; }

// Reads one value by `read` into `to`; the code's own text never comes into an error.
template <class Read>
Status take(const ManagedSettings& settings, const char* name, Read read, std::optional<std::string>& to) {
  const auto* text = given(settings, name);
  if (!text) return platform::Done{};
  auto value = read(*text);
  if (!value) return wrong(name, value.error());
  to = std::move(*value);
  return platform::Done{};
}

// Without the "=" before each; what lacks it was not written by the installer.
ManagedSettings unmarked(const ManagedSettings& settings) {
  ManagedSettings plain;
  for (const auto& [name, value] : settings)
    if (value.size() > 1 && value.front() == '=') plain[name] = value.substr(1);
  return plain;
}

Result<std::optional<Setup>> setup_left(const std::string& directory) {
  const auto text = platform::read_secret_file(file_in(directory), kMaxSetupBytes);
  if (!text && text.error().kind == ErrorKind::not_found) return std::optional<Setup>();
  if (!text) return text.error();
  auto setup = read_setup(*text);
  if (!setup) return setup.error();
  return std::optional(std::move(*setup));
}

bool stays_refused(const EnrolFailure& failure) { return failure.problem == ProblemKind::refused; }

}  // namespace

Result<EnrolPolicy> enrol_policy(const ManagedSettings& settings) {
  EnrolPolicy policy;
  if (auto status = take(settings, "HubUrl", read_hub_address, policy.hub); !status) return status.error();
  if (auto status = take(settings, "EnrollToken", protocol::read_code, policy.code); !status) return status.error();
  if (auto status = take(settings, "HubPin", read_pin, policy.pin); !status) return status.error();
  if (auto status = take(settings, "Proxy", read_proxy, policy.proxy); !status) return status.error();
  return policy;
}

Setup under_policy(Setup setup, const EnrolPolicy& policy) {
  if (policy.hub && *policy.hub != setup.hub) {
    auto label = std::move(setup.label);
    auto proxy = std::move(setup.proxy);
    setup = {};
    setup.label = std::move(label);
    setup.proxy = std::move(proxy);
    setup.hub = *policy.hub;
  }
  if (policy.code) setup.code = policy.code;
  if (policy.pin) setup.pin = policy.pin;
  if (policy.proxy) setup.proxy = policy.proxy;
  return setup;
}

HubConnection under_policy(HubConnection hub, const EnrolPolicy& policy) {
  if (policy.proxy) hub.proxy = policy.proxy;
  if (policy.pin && (!policy.hub || *policy.hub == hub.address)) hub.pin = policy.pin;
  return hub;
}

Result<std::optional<Setup>> installed_setup(const ManagedSettings& settings, const EnrolPolicy& ordered) {
  const auto plain = unmarked(settings);
  if (plain.empty()) return std::optional<Setup>();
  Setup setup;
  if (const auto* file = given(plain, "SetupFile")) {
    const auto text = read_whole_file(*file, kMaxSetupBytes);
    if (!text) return text.error();
    auto read = read_setup(*text);
    if (!read) return read.error();
    setup = std::move(*read);
  }
  const auto given_values = enrol_policy(plain);
  if (!given_values) return given_values.error();
  setup = under_policy(std::move(setup), *given_values);
  if (const auto* file = given(plain, "EnrollTokenFile"); file && !given_values->code) {
    const auto text = read_whole_file(*file, kMaxCodeFile);
    if (!text) return text.error();
    auto code = protocol::read_code(*text);
    if (!code) return wrong("EnrollTokenFile", code.error());
    setup.code = std::move(*code);
  }
  if (const auto* label = given(plain, "Label")) setup.label = *label;
  if (setup.hub.empty()) setup.hub = ordered.hub.value_or("");
  if (setup.hub.empty() && setup.code) return Error{ErrorKind::malformed, "HubUrl: missing, and there is no SetupFile"};
  if (setup.hub.empty()) return std::optional<Setup>();
  return std::optional(std::move(setup));
}

Status leave_setup(const std::string& directory, const Setup& setup) {
  if (auto status = platform::own_private_directory(directory); !status) return status;
  auto text = protocol::write_setup(setup);
  auto written = platform::write_file_durably(file_in(directory), text);
  protocol::wipe(text);
  return written;
}

void PreparedEnrolment::say(const std::string& line) {
  if (line == said_) return;
  said_ = line;
  if (!line.empty()) log_(line);
}

void PreparedEnrolment::later(milliseconds at_least, milliseconds at_most) {
  const auto doubled = at_least * (1 << std::min(failures_, 10));
  ++failures_;
  // From half to the whole: an office whose power comes back does not knock all at once.
  pause_ = std::chrono::duration_cast<milliseconds>(std::min(doubled, at_most) * (0.5 + 0.5 * random_()));
}

void PreparedEnrolment::try_once(const Setup& setup, platform::Time now) {
  const auto lock = platform::FileLock::take(directory_ + "/enrol.lock");
  if (!lock || !*lock) return later(kFirstPause, kFirstPause);  // a person enrols it just now
  const auto http = connect_({setup.hub, setup.pin, setup.ca.value_or(""), setup.proxy});
  Enrolment enrolled;
  const auto failure = enrol(directory_, setup, setup.label.value_or(""), platform::own_names().host_name, *http, now, enrolled);
  if (!failure) {
    settled_ = true;
    say("enrolled at " + setup.hub + ", as was prepared");
  } else if (stays_refused(*failure)) {
    settled_ = true;
    say("the hub refuses the code that was prepared (unknown, used up or run out): make a new one");
  } else {
    const bool person = failure->problem == ProblemKind::number_used || failure->problem == ProblemKind::removed;
    later(person ? kLongestPause : kFirstPause, person ? kRefusedPause : kLongestPause);
    say("not enrolled yet, tried again later: " + failure->error.detail);
  }
}

void PreparedEnrolment::look(const ManagedSettings& settings, const platform::Moment& now,
                             const std::function<void(const std::string&)>& log) {
  log_ = log;
  const auto policy = enrol_policy(settings);
  if (!policy) return say("the policy is not followed: " + policy.error().detail);
  auto left = setup_left(directory_);
  if (!left) return say(std::string(kSetupFile) + " is not used: " + left.error().detail);
  if (!*left && (!policy->hub || !policy->code)) return;
  auto setup = under_policy(left->value_or(Setup{}), *policy);
  const auto wish = protocol::sha256_hex(protocol::write_setup(setup));
  if (wish != seen_) {
    seen_ = wish;
    settled_ = false;
    failures_ = 0;
    tried_.reset();
  }
  if (!settled_) {
    if (const auto enrolment = read_enrolment(directory_); enrolment && enrolment->hub == setup.hub) {
      settled_ = true;
    } else if (!setup.code) {
      // One of the policy may come yet. A code that is in the file is another hub's, and is of no use here.
      settled_ = left->value_or(Setup{}).code.has_value();
      say("nothing is enrolled: no code was prepared for " + setup.hub);
    } else if (!tried_ || platform::elapsed(*tried_, now) >= pause_) {
      tried_ = now;
      try_once(setup, now.wall);
    }
  }
  if (setup.code) protocol::wipe(*setup.code);
  // The code is a secret for as long as it is valid; what is done with is not kept.
  if (settled_ && *left)
    if (auto gone = platform::remove_file_durably(file_in(directory_)); !gone)
      say(std::string(kSetupFile) + " stays: " + gone.error().detail);
}

}  // namespace gokajo::agent
