/// \file
/// The one door to the PC. Everything Gokajo knows of a machine it asked through Host::ask; the typed functions below are the same door
/// with a handle. Bodies: the running system (native_host.h), a recorded snapshot (snapshot.h); wrappers: recorder, fault injector,
/// memory. Collectors see nothing else, so each of them runs and is tested on every system.
///
/// Failure: never an exception; an Error with a kind a collector can hand on (result.h). Deadlines: a file question is answered within
/// 2 s of work, a helper within its deadline in helpers.inc plus 2 s to kill what remains. Threads: bodies may be asked from several
/// threads at once; wrappers say so where they may not.
#pragma once

#include <string>
#include <string_view>

#include "platform/question.h"

namespace gokajo::platform {

class Host {
 public:
  virtual ~Host() = default;
  virtual Answer ask(const Question& question) const = 0;

 protected:
  Host() = default;
  Host(const Host&) = default;
  Host& operator=(const Host&) = default;
};

/// A value with the time it was observed at and where it came from ("/etc/os-release", "testparm -s"). `no_newer`: of an earlier scan, as
/// in Answer.
template <class T>
struct Seen {
  Result<T> result;
  std::string source;
  Time observed_at{};
  std::optional<Error> no_newer = std::nullopt;

  explicit operator bool() const { return result.has_value(); }
  const T& operator*() const { return *result; }
  const T* operator->() const { return &*result; }
  const Error& error() const { return result.error(); }
};

Seen<FileContents> ask(const Host& host, const ReadFile& question);
Seen<FileStatus> ask(const Host& host, const StatFile& question);
Seen<Directory> ask(const Host& host, const ListDirectory& question);
Seen<HelperOutput> ask(const Host& host, const RunHelper& question);
Seen<SocketReply> ask(const Host& host, const AskSocket& question);
Seen<Processes> ask(const Host& host, const ListProcesses& question);
Seen<Listeners> ask(const Host& host, const ListListeners& question);
Seen<FilterTables> ask(const Host& host, const ListFilterTables& question);
Seen<SystemDescription> ask(const Host& host, const DescribeSystem& question);
Seen<PackageOffers> ask(const Host& host, const ListPackageOffers& question);
Seen<Registry> ask(const Host& host, const ReadRegistry& question);
Seen<Rows> ask(const Host& host, const AskWmi& question);
Seen<Rows> ask(const Host& host, const AskApi& question);

/// How a question is named to a person: the path, or the helper with its arguments.
std::string source_of(const Question& question);

}  // namespace gokajo::platform
