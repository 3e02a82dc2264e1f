/// \file
/// A PC made of given answers, for collectors' tests. What is not given is not_found, as on a PC without it.
#pragma once

#include <map>
#include <string>

#include "platform/snapshot.h"

namespace gokajo::tests {

class FakeHost : public platform::Host {
 public:
  /// Time of every answer.
  platform::Time now = *platform::parse_time("2026-11-22T00:00:00Z");

  /// A regular file, root's, 0644. `reducer` as the collector asks for it.
  FakeHost& file(const std::string& path, std::string contents, const std::string& reducer = "verbatim");
  /// The same from tests/data/<name>.
  FakeHost& file_from(const std::string& path, const std::string& name, const std::string& reducer = "verbatim");
  FakeHost& unreadable(const std::string& path, platform::ErrorKind kind, const std::string& reducer = "verbatim");
  FakeHost& prints(const std::string& helper, std::vector<std::string> arguments, std::string out, int exit_code = 0, std::string err = "");
  FakeHost& fails(const std::string& helper, std::vector<std::string> arguments, platform::ErrorKind kind);
  /// Any question with any answer.
  FakeHost& answers(const platform::Question& question, platform::Result<platform::Reply> reply);
  /// A directory made of names, all regular files of root.
  FakeHost& directory(const std::string& path, const std::vector<std::string>& names);

  platform::Answer ask(const platform::Question& question) const override;

 private:
  std::map<std::string, platform::Result<platform::Reply>> replies_;
};

/// The contents of tests/data/<name>; fails the test when it is missing.
std::string test_data(const std::string& name);

}  // namespace gokajo::tests
