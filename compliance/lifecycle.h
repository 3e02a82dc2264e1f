/// \file
/// Until when makers give security fixes: the table compliance/data/lifecycle.json, form docs/schema/lifecycle.schema.json, read strictly.
/// Dates are last supported calendar days (midnight UTC of that day); they are judged to their end in the company's offset.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/device.h"
#include "platform/result.h"

namespace gokajo::compliance {

/// `condition`: id of a LifecycleCondition; what it needs is said there.
struct ExtendedSupport {
  std::string kind;
  Time until{};
  std::string condition;
};
BOOST_DESCRIBE_STRUCT(ExtendedSupport, (), (kind, until, condition))

/// What was seen where nobody publishes a date. `state`: "gets-fixes" (until `rely_until`) or "no-fixes".
struct SupportPractice {
  std::string state;
  Time seen{};
  std::optional<Time> rely_until;
};
BOOST_DESCRIBE_STRUCT(SupportPractice, (), (state, seen, rely_until))

/// A release of an operating system. Exactly one of `free_until` and `practice` is there.
struct SupportedRelease {
  std::string os;
  std::string release;
  std::optional<std::string> edition;
  std::optional<std::int64_t> build;
  std::optional<std::string> codename;
  std::string name;
  std::optional<Time> free_until;
  std::optional<SupportPractice> practice;
  std::optional<std::vector<ExtendedSupport>> extended;
  std::optional<std::string> note;
  std::string source;
  std::string confidence;
};
BOOST_DESCRIBE_STRUCT(SupportedRelease, (),
                      (os, release, edition, build, codename, name, free_until, practice, extended, note, source, confidence))

struct RollingSystem {
  std::string os;
  std::string name;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(RollingSystem, (), (os, name, source))

/// A release of a program as its vendor gives it out; `until` is empty while nobody knows its end.
struct SupportedSoftware {
  std::string product;
  std::string kind;
  std::string release;
  std::optional<Time> until;
  std::optional<std::vector<ExtendedSupport>> extended;
  std::optional<std::string> note;
  std::string source;
  std::string confidence;
};
BOOST_DESCRIBE_STRUCT(SupportedSoftware, (), (product, kind, release, until, extended, note, source, confidence))

/// `policy`: dated, newest-only, channel or distribution. `older_than_rows`: "ended" when what is below every row has ended too.
struct SoftwarePolicy {
  std::string product;
  std::string kind;
  std::string policy;
  std::optional<std::string> older_than_rows;
  std::optional<std::string> note;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(SoftwarePolicy, (), (product, kind, policy, older_than_rows, note, source))

struct LifecycleCondition {
  std::string id;
  std::string counts;
};
BOOST_DESCRIBE_STRUCT(LifecycleCondition, (), (id, counts))

struct LifecycleSource {
  std::string id;
  std::string url;
  std::string what;
  Time as_of{};
};
BOOST_DESCRIBE_STRUCT(LifecycleSource, (), (id, url, what, as_of))

struct Lifecycle {
  std::string format;
  std::string version;
  std::map<std::string, std::string> about;
  std::vector<LifecycleCondition> conditions;
  std::vector<LifecycleSource> sources;
  std::vector<SupportedRelease> releases;
  std::vector<RollingSystem> rolling;
  std::vector<SupportedSoftware> software;
  std::vector<SoftwarePolicy> policies;
};
BOOST_DESCRIBE_STRUCT(Lifecycle, (), (format, version, about, conditions, sources, releases, rolling, software, policies))

inline constexpr const char* kLifecycleFormat = "gokajo-lifecycle/1";
inline constexpr std::size_t kMaxLifecycleBytes = 1U << 20U;

/// Error{malformed} names the place and what was expected: another format, a source or condition that does not resolve, a release that
/// stands twice, an extended date before the free one, neither or both of free_until and practice.
platform::Result<Lifecycle> read_lifecycle(std::string_view text);

/// The table compiled in. Lives as long as the program; any thread.
const Lifecycle& built_in_lifecycle();

/// Where a release stands in the table: `row` when it has one; otherwise whether it lies above every row of its system.
struct FoundRelease {
  const SupportedRelease* row = nullptr;
  bool newer_than_table = false;
};

/// By ID and VERSION_ID: `release` equals it or is its leading part before a dot, the longest wins; where editions are told apart (CentOS
/// Linux and Stream, Linux Mint and LMDE) by NAME. Windows is not looked up here: it needs edition and build.
FoundRelease find_release(const Lifecycle& lifecycle, const OsRelease& os);

/// By kind of system, family of editions and build: builds are shared by clients, long-term releases and servers. `newer_than_table`: the
/// build lies above every row of clients, or of servers. An edition that no family names has no row. (lifecycle_windows.cpp)
FoundRelease find_windows(const Lifecycle& lifecycle, const WindowsRelease& windows);

const RollingSystem* find_rolling(const Lifecycle& lifecycle, std::string_view os);

/// The row of this version of a product: the same rule of leading parts.
const SupportedSoftware* find_software(const Lifecycle& lifecycle, std::string_view product, std::string_view version);
const SoftwarePolicy* find_policy(const Lifecycle& lifecycle, std::string_view product);

/// When the source of a row was read; the epoch for an id without a source.
Time as_of(const Lifecycle& lifecycle, std::string_view source);

/// Numbers part by part ("9.10" is above "9.9"); a part that is no number is compared as text, above every number.
std::strong_ordering compare_releases(std::string_view left, std::string_view right);

/// Whether `release` is `version` or its leading part before a dot.
bool release_covers(std::string_view release, std::string_view version);

}  // namespace gokajo::compliance
