/// \file
/// The running system as a Host, from one body per kind of question: what native_host_linux.cpp and native_host_windows.cpp share.
#pragma once

#include <exception>
#include <utility>

#include "platform/host.h"

namespace gokajo::platform {

inline Time time_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Result<Reply> as_reply(auto result) {
  if (!result) return result.error();
  return Reply{std::move(*result)};
}

/// `Answerer`: callable with every kind of question, giving a Result<Reply>. What it throws (out of memory, a library's own) is an Error.
template <class Answerer>
class AnsweringHost : public Host {
 public:
  Answer ask(const Question& question) const override {
    try {
      return {std::visit(Answerer{}, question), time_now()};
    } catch (const std::exception& problem) {
      return {Error{ErrorKind::failed, source_of(question) + ": " + problem.what()}, time_now()};
    }
  }
};

}  // namespace gokajo::platform
