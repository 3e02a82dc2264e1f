/// \file
/// Meeting a hub for the first time: with a code a person was given, or a file that was prepared for many PCs (設置キット).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/identity.h"
#include "protocol/problem.h"
#include "protocol/setup.h"

namespace gokajo::agent {

using protocol::kMaxSetupBytes, protocol::kSetupFile, protocol::kSetupFormat, protocol::Setup;

/// Error{malformed} names the place; it never repeats the code.
platform::Result<Setup> read_setup(std::string_view text);

/// Why the hub did not take it: refused (the code is not known, used up or too old), removed, number_used, busy and so on; nullopt: `error`
/// of the connection or of this PC.
struct EnrolFailure {
  std::optional<protocol::ProblemKind> problem;
  platform::Error error;
};

/// Asks `hub` with this PC's key, made where there is none, and writes the enrolment. Whoever calls holds the lock "enrol.lock".
/// `previous`: what stood in the directory before, for the caller to tell.
std::optional<EnrolFailure> enrol(const std::string& directory, const Setup& setup, const std::string& label, const std::string& host_name,
                                  HttpClient& http, platform::Time now, Enrolment& enrolled);

/// Tells the hub that this PC goes, where it can be reached, and forgets the enrolment in any case. The Status is the hub's part.
platform::Status unenrol(const std::string& directory, const Enrolment& enrolment, HttpClient& http, platform::Status& forgotten);

}  // namespace gokajo::agent
