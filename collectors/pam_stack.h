/// \file
/// The PAM stack of a service as Linux-PAM builds it from its files, and every way through it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/parse/pam.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// A line of the stack with the file it stands in. `level`: how many substacks deep; a substack's own line has the level it stands at.
struct PamEntry {
  parse::PamLine line;
  std::string file;
  int level = 0;
  std::string origin() const { return file + ":" + std::to_string(line.line) + " " + line.module; }
};
using PamStack = std::vector<PamEntry>;

/// Reads service files once each: /etc/pam.d, else /usr/lib/pam.d, else /usr/etc/pam.d, pam.conf(5). Keeps a reference to `host`; one
/// thread.
class PamReader {
 public:
  explicit PamReader(const platform::Host& host) : host_(host) {}

  /// Whether the service has a file; an Error when that could not be told.
  platform::Result<bool> has(const std::string& service);

  /// The lines of one type, includes in place. A service without any gets those of "other". Error{not_found}: there is no PAM here;
  /// Error{too_large} above 500 lines or 16 levels; else what kept a file from being read.
  platform::Result<PamStack> stack(const std::string& service, std::string_view type);

  platform::Time observed_at() const { return observed_at_; }

 private:
  struct File {
    std::string path;
    std::vector<parse::PamLine> lines;
  };
  const platform::Result<File>& file(const std::string& service);
  platform::Status expand(const std::string& service, std::string_view type, int level, int depth, PamStack& into);

  const platform::Host& host_;
  platform::Time observed_at_{};
  std::map<std::string, platform::Result<File>> files_;
};

/// What a module may return in one run; `returned` as in pam.d(5).
using PamReturns = std::function<std::vector<std::string_view>(const PamEntry& entry)>;

/// One way through: what each module reached returned, and whether the stack as a whole succeeded.
struct PamPath {
  struct Step {
    const PamEntry* entry;
    std::string_view returned;
  };
  std::vector<Step> steps;
  bool success = false;
};

/// Every way, when each module may return any of what `returns` says; nullopt above 4096 ways. After libpam's dispatch: ok, done, bad, die,
/// ignore, reset and jumps, substacks as units. The paths point into `stack`.
std::optional<std::vector<PamPath>> pam_paths(const PamStack& stack, const PamReturns& returns);

/// Services a person signs in through at this PC or from afar, as the distributions name them.
const std::vector<std::string>& sign_in_services();

}  // namespace gokajo::collectors
