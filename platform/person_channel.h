/// \file
/// The one local channel between the service and the people at this PC: a person's program asks, the service answers, one message each, and
/// the line is closed. The service owns it and takes what comes for hostile. Windows: a named pipe that no other machine reaches.
///
/// Whoever is at the other end is told by the system (the token of the program), never by the message. Each conversation has one deadline,
/// messages and answers a size, and the conversations at once a number, in all and for each session.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// `person`: S-1-…. `session`: where that program runs.
struct ChannelCaller {
  std::string person;
  std::int64_t session = 0;
};

struct ChannelLimits {
  std::size_t max_message = 1024;
  std::size_t max_answer = 4096;
  int conversations = 8;             ///< at once
  int conversations_of_session = 2;  ///< at once, of these
  std::chrono::milliseconds patience{3000};
};

/// Called in a thread of the channel, one at a time; the answer is sent as it is. An empty one closes the line.
using ChannelAnswer = std::function<std::string(const ChannelCaller& who, std::string_view message)>;

/// Open until it goes; going takes a moment and leaves nobody waiting.
class PersonChannel {
 public:
  PersonChannel() = default;
  virtual ~PersonChannel() = default;
  PersonChannel(const PersonChannel&) = delete;
  PersonChannel& operator=(const PersonChannel&) = delete;
};

/// Its name under Windows, and who may do what with it: SYSTEM and administrators everything; whoever is signed in at this PC reads and
/// writes data and attributes, and makes no instance of it (FILE_CREATE_PIPE_INSTANCE is the right to append, which FILE_GENERIC_WRITE
/// holds: Microsoft, "Named Pipe Security and Access Rights"); what came over the network nothing.
inline constexpr const char* kPersonChannelName = "gokajo-person";
inline constexpr const char* kPersonChannelSddl = "D:P(D;;FA;;;NU)(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x120183;;;IU)";

/// For the service. Error{denied}: another program holds the name, and nothing of it is used; unsupported: this system has none; failed.
Result<std::unique_ptr<PersonChannel>> open_person_channel(const std::string& name, ChannelLimits limits, ChannelAnswer answer);

/// For a person's program: what the service answered. The other end gets no rights of this one but to see who it is. Errors: not_found (no
/// service listens), denied (the other end is not the service's), timed_out, too_large, unsupported, failed. A line that is cut before the
/// answer is tried again within the time.
Result<std::string> ask_over_channel(const std::string& name, ChannelLimits limits, std::string_view message);

}  // namespace gokajo::platform
